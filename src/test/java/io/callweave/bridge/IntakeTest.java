package io.callweave.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private static final long RECEIVED =
            Instant.parse("2026-02-03T04:05:06.007Z").toEpochMilli();
    private static final Instant NOW = Instant.parse("2026-02-03T04:05:08Z");
    private static final Receipt RECEIPT = new Receipt("webhook", RECEIVED, "10.0.0.1");

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final Intake intake = new Intake(
            new IntakeSettings("acme.", 1_000, Map.of()),
            FakeKeying::key,
            Timestamps.RECEIVED,
            Clock.fixed(NOW, ZoneOffset.UTC),
            producer);

    @Test
    void shouldPublishTheBytesUnderTheirSession() {
        byte[] value = "session s-1 809646016".getBytes(UTF_8);

        CompletableFuture<Intake.Outcome> outcome = intake.accept(value, RECEIPT);
        producer.completeNext();

        assertThat(outcome).isCompletedWithValue(Intake.Outcome.PUBLISHED);
        assertThat(sent().topic()).isEqualTo("acme.notifications");
        assertThat(sent().key()).asString(UTF_8).isEqualTo("s-1");
        assertThat(sent().value()).isSameAs(value);
        assertThat(sent().timestamp()).isEqualTo(RECEIVED);
        assertThat(headers())
                .isEqualTo(Map.of(
                        "transport", "webhook",
                        "receivedAt", "2026-02-03T04:05:06.007Z",
                        "account", "809646016",
                        "source", "10.0.0.1"));
    }

    @Test
    void shouldLeaveTheAccountOutWhereItIsNotKnown() {
        var unused = intake.accept(bytes("session s-1"), RECEIPT);

        assertThat(headers()).doesNotContainKey("account");
    }

    @Test
    void shouldKeepWhatCannotBeKeyed() {
        CompletableFuture<Intake.Outcome> outcome = intake.accept(bytes("{torn"), RECEIPT);
        producer.completeNext();

        assertThat(outcome).isCompletedWithValue(Intake.Outcome.REFUSED);
        assertThat(sent().topic()).isEqualTo("acme.dead-letters");
        assertThat(sent().key()).isNull();
        assertThat(sent().value()).asString(UTF_8).isEqualTo("{torn");
        assertThat(headers())
                .isEqualTo(Map.of(
                        "reason", "notJson",
                        "detail", "It is made up.",
                        "source", "10.0.0.1",
                        "rejectedAt", "2026-02-03T04:05:08.000Z"));
    }

    @Test
    void shouldCountOtherEventTypesAndLeaveThemOut() {
        var outcome = intake.accept(bytes("skip"), RECEIPT);

        assertThat(outcome).isCompletedWithValue(Intake.Outcome.SKIPPED);
        assertThat(producer.history()).isEmpty();
        assertThat(intake.counts()).isEqualTo(new IntakeCounts(0, Map.of(), Map.of("presence", 1L), 0));
    }

    @Test
    void shouldCountWhatIsConfirmedOnly() {
        var confirmed = intake.accept(bytes("session s-1"), RECEIPT);
        var pending = intake.accept(bytes("session s-2"), RECEIPT);
        producer.completeNext();

        assertThat(confirmed).isCompleted();
        assertThat(pending).isNotCompleted();
        assertThat(intake.counts().published()).isEqualTo(1);
    }

    @Test
    void shouldReportAFailureToTheCallerAndAtTheNextFlush() {
        var outcome = intake.accept(bytes("session s-1"), RECEIPT);
        producer.errorNext(new TimeoutException("no broker"));

        assertThat(outcome).isCompletedExceptionally();
        assertThatThrownBy(intake::flush)
                .isInstanceOf(IntakeException.class)
                .hasMessage("Kafka did not take the notification 10.0.0.1: no broker")
                .hasCauseInstanceOf(TimeoutException.class);
        assertThatCode(intake::flush).doesNotThrowAnyException();
        assertThat(intake.counts()).isEqualTo(new IntakeCounts(0, Map.of(), Map.of(), 1));
    }

    @Test
    void shouldReportAProducerThatThrows() {
        producer.sendException = new KafkaException("broken");

        var outcome = intake.accept(bytes("session s-1"), RECEIPT);

        assertThat(outcome).isCompletedExceptionally();
        assertThatThrownBy(intake::flush).hasMessageContaining("broken");
    }

    private ProducerRecord<byte[], byte[]> sent() {
        return producer.history().get(0);
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : sent().headers()) {
            headers.put(header.key(), new String(header.value(), UTF_8));
        }
        return headers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
