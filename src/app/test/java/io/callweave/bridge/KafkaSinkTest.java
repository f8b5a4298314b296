package io.callweave.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.bridge.DurableSink.Kept;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaSinkTest {

    private static final RawRecord RECORD = new RawRecord(
            "acme.notifications",
            "s-1".getBytes(UTF_8),
            "value".getBytes(UTF_8),
            List.of(new RecordHeader("source", "kinds.ndjson:17".getBytes(UTF_8))),
            42L);

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final KafkaSink sink = new KafkaSink(new KafkaSinkSettings(1_000, Map.of()), producer);

    @Test
    void shouldSendTheRecordAsItIs() {
        var unused = sink.keep(RECORD);

        ProducerRecord<byte[], byte[]> sent = producer.history().get(0);
        assertThat(sent.topic()).isEqualTo("acme.notifications");
        assertThat(sent.key()).isSameAs(RECORD.key());
        assertThat(sent.value()).isSameAs(RECORD.value());
        assertThat(sent.timestamp()).isEqualTo(42);
        assertThat(sent.headers())
                .extracting(header -> new String(header.value(), UTF_8))
                .containsExactly("kinds.ndjson:17");
    }

    @Test
    void shouldKeepWhatIsConfirmedOnly() {
        var confirmed = sink.keep(RECORD);
        var pending = sink.keep(RECORD);
        producer.completeNext();

        assertThat(confirmed).isCompletedWithValue(Kept.KEPT);
        assertThat(pending).isNotCompleted();
    }

    @Test
    void shouldReportAFailureToTheCallerAndAtTheNextFlush() {
        CompletableFuture<Kept> kept = sink.keep(RECORD);
        producer.errorNext(new TimeoutException("no broker"));

        assertThat(kept).isCompletedWithValue(Kept.NO_ROOM);
        assertThat(sink.status().room()).isFalse();
        assertThatThrownBy(sink::flush)
                .isInstanceOf(IntakeException.class)
                .hasMessage("Kafka did not take the notification kinds.ndjson:17: no broker")
                .hasCauseInstanceOf(TimeoutException.class);
        assertThatCode(sink::flush).doesNotThrowAnyException();
    }

    @Test
    void shouldReportAProducerThatThrows() {
        producer.sendException = new KafkaException("broken");

        assertThat(sink.keep(RECORD)).isCompletedWithValue(Kept.NO_ROOM);
        assertThatThrownBy(sink::flush).hasMessageContaining("broken");
    }
}
