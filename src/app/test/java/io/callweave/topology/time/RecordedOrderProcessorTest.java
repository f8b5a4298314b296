package io.callweave.topology.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.topology.message.RepartitionMessage;
import io.callweave.topology.message.RouterOutput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordedOrderProcessorTest {

    private static final int MOST_AT_ONCE = 3;

    private final RecordedOrderProcessor.Supplier processors =
            new RecordedOrderProcessor.Supplier(2, new StepLimits(MOST_AT_ONCE, Duration.ofSeconds(1), () -> 0));
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
                .extracting(
                        forward -> sources((RepartitionMessage) forward.record().value()))
                .containsOnly(Set.of(0));
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
    void shouldNotTakeTwiceWhatIsReadAgain() {
        mark(0, 100);
        notification(0, 150, "first");

        processor.close();
        init();
        offset--;
        notification(0, 150, "first");
        mark(1, 200);

        assertThat(forwarded()).containsExactly("mark 150", "first");
    }

    @Test
    void shouldGiveOnInPortionsWhatAPartitionHasLetGo() {
        mark(0, 100);
        for (int i = 1; i <= 7; i++) {
            notification(0, 100 + i, "n" + i);
        }

        mark(1, 200);
        assertThat(forwarded()).containsExactly("mark 101", "n1", "n2", "n3");

        later();
        assertThat(forwarded()).endsWith("n4", "n5", "n6").doesNotContain("mark 107");

        later();
        assertThat(forwarded()).endsWith("n7", "mark 107");
        assertThat(context.scheduledPunctuators()).allMatch(CapturedPunctuator::cancelled);
    }

    @Test
    void shouldKeepTheOrderWhenMoreComesBetweenPortions() {
        mark(0, 100);
        for (int i = 1; i <= 4; i++) {
            notification(0, 100 + i, "n" + i);
        }
        mark(1, 200);

        notification(0, 150, "n5");
        assertThat(forwarded()).containsExactly("mark 101", "n1", "n2", "n3", "n4", "n5", "mark 150");
    }

    @Test
    void shouldGoOnWithAPortionOnAnotherThread() {
        mark(0, 100);
        for (int i = 1; i <= 5; i++) {
            notification(0, 100 + i, "n" + i);
        }
        mark(1, 200);

        processor.close();
        init();
        later();

        assertThat(forwarded()).containsExactly("mark 104", "n4", "n5", "mark 105");
    }

    /** The wall clock goes on. */
    private void later() {
        for (CapturedPunctuator scheduled : List.copyOf(context.scheduledPunctuators())) {
            if (!scheduled.cancelled()) {
                scheduled.getPunctuator().punctuate(0);
            }
        }
    }

    private void mark(int partition, long time) {
        send(RepartitionMessage.Mark.of(partition, 2, time));
    }

    private void notification(int partition, long time, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        send(new RepartitionMessage.Routed(partition, 0, time, "1", false, null, null, null, bytes));
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
                        : "mark " + ((RepartitionMessage.Mark) value).clocks().get(0))
                .toList();
    }

    private static Set<Integer> sources(RepartitionMessage message) {
        return message instanceof RepartitionMessage.Mark mark
                ? mark.clocks().keySet()
                : Set.of(((RepartitionMessage.Routed) message).sourcePartition());
    }
}
