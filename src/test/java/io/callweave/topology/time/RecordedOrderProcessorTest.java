package io.callweave.topology.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.callweave.topology.message.RepartitionMessage;
import io.callweave.topology.message.RouterOutput;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordedOrderProcessorTest {

    private final RecordedOrderProcessor.Supplier processors = new RecordedOrderProcessor.Supplier(2);
    private MockProcessorContext<byte[], RouterOutput> context;
    private Processor<byte[], RouterOutput, byte[], RouterOutput> processor;
    private long offset;

    @BeforeEach
    void init() {
        context = new MockProcessorContext<>();
        processor = processors.get();
        processor.init(context);
    }

    @Test
    void shouldGiveAMarkBeforeTheFirstNotification() {
        mark(0, 100);
        notification(0, 100, "first");
        assertThat(forwarded()).isEmpty();

        mark(1, 200);
        notification(0, 250, "second");

        assertThat(forwarded()).containsExactly("mark 100", "first");

        mark(1, 300);
        assertThat(forwarded()).containsExactly("mark 100", "first", "second", "mark 250");
    }

    @Test
    void shouldMakeAllComeFromOnePartition() {
        mark(0, 100);
        mark(1, 100);
        notification(1, 100, "first");

        assertThat(context.forwarded())
                .extracting(forward -> ((RepartitionMessage) forward.record().value()).sourcePartition())
                .containsOnly(0);
        assertThat(((RepartitionMessage.Mark)
                                context.forwarded().get(0).record().value())
                        .sourcePartitions())
                .isEqualTo(1);
    }

    @Test
    void shouldKeepWhatWaitsWhenTheTaskMovesToAnotherThread() {
        mark(0, 100);
        mark(1, 100);
        notification(0, 200, "first");

        processor.close();
        init();
        mark(1, 300);

        assertThat(forwarded()).containsExactly("mark 200", "first");
    }

    @Test
    void shouldFailRatherThanLoseWhatWasUndone() {
        mark(0, 100);
        mark(1, 100);

        processor.close();
        init();
        offset--;

        assertThatIllegalStateException()
                .isThrownBy(() -> mark(1, 100))
                .withMessage(
                        "Kafka Streams has undone work of this run, which cannot be taken up again. Run it again.");
    }

    private void mark(int partition, long time) {
        send(new RepartitionMessage.Mark(partition, 2, time, new BitSet()));
    }

    private void notification(int partition, long time, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        send(new RepartitionMessage.Routed(partition, 0, time, "1", null, null, null, bytes));
    }

    private void send(RepartitionMessage message) {
        context.setRecordMetadata("routed", 0, offset++);
        processor.process(new Record<>(new byte[0], message, 0));
    }

    private List<String> forwarded() {
        return context.forwarded().stream()
                .map(forward -> forward.record().value())
                .map(value -> value instanceof RepartitionMessage.Routed routed
                        ? new String(routed.value(), StandardCharsets.UTF_8)
                        : "mark " + ((RepartitionMessage.Mark) value).time())
                .toList();
    }
}
