package io.callweave.bridge.backfill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.audit.LogEntry;
import io.callweave.bridge.audit.HeapShare;
import io.callweave.ringcentral.RingCentralException;
import io.callweave.topics.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which records of the Call Log go to the calls. */
class KnownCallsTest {

    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
    private static final BackfillTimes TIMES =
            new BackfillTimes(Duration.ofHours(24), Duration.ofDays(7), Duration.ofMinutes(15));

    private final KnownCalls known = new KnownCalls(TIMES, NOW.toEpochMilli(), new HeapShare("The calls", 4_000));

    @ParameterizedTest
    @CsvSource({
        "Phone Call, Accepted,    60, WRITTEN",
        "Phone Call, Accepted,    50, SETTLING",
        "VoIP Call,  Stopped,     60, RUNNING",
        "Phone Call, Stopped,     60, WRITTEN",
        "Phone Call, In Progress, 60, RUNNING",
    })
    void shouldWriteOnlyWhatHasSettled(String action, String result, long minutesAgo, Backfill.Fate fate) {
        LogEntry entry = entry("s-a", action, result, Duration.ofMinutes(minutesAgo));

        assertThat(known.fate(entry)).isEqualTo(fate);
    }

    @Test
    void shouldNotTakeLaterFactsForAChangeThatKeepsACallOpen() {
        take(record("s-a", 1, "partial", Duration.ofHours(25)));
        take(revised("s-a", 2, "partial"));
        take(record("s-b", 1, "backfilled", Duration.ofHours(25)));
        take(record("s-b", 2, "backfilled", Duration.ZERO));
        take(record("s-c", 1, "backfilled", Duration.ofHours(25)));
        take(record("s-c", 2, "partial", Duration.ZERO));

        known.index();

        assertThat(Stream.of("s-a", "s-b", "s-c").map(session -> known.fate(entry(session))))
                .containsExactly(Backfill.Fate.CLOSED, Backfill.Fate.CLOSED, Backfill.Fate.WRITTEN);
    }

    /** A sender chooses how long ids are, and how many sessions a call lacks. */
    @Test
    void shouldNotKeepMoreIdsThanThereIsMemoryFor() {
        for (int revision = 1; revision <= 100; revision++) {
            take(record("s-a", revision, "partial", Duration.ZERO)); // only the newest is kept
        }

        assertThatThrownBy(() -> take(record("s-" + "b".repeat(2_000), 1, "partial", Duration.ZERO)))
                .isInstanceOf(RingCentralException.class)
                .hasMessageStartingWith("The calls of the period need more than 4,000 bytes of memory");
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        known.take(record, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private static ConsumerRecord<byte[], byte[]> revised(String session, int revision, String status) {
        ConsumerRecord<byte[], byte[]> record = record(session, revision, status, Duration.ZERO);
        record.headers().add(Headers.artifactsChanged());
        return record;
    }

    /** @param ago when what caused it was received */
    private static ConsumerRecord<byte[], byte[]> record(String session, int revision, String status, Duration ago) {
        byte[] value = """
                {"accountId":"1","callId":"%s","epoch":1,"revision":%d,"status":"%s","startTime":"%s"}""".formatted(session, revision, status, NOW.minus(Duration.ofHours(26)))
                .getBytes(UTF_8);
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>("calls", 0, revision, ("1/" + session).getBytes(UTF_8), value);
        record.headers()
                .add(Headers.time(Headers.LAST_RECEIVED_AT, NOW.minus(ago).toEpochMilli()));
        return record;
    }

    private static LogEntry entry(String session) {
        return entry(session, "Phone Call", "Accepted", Duration.ofHours(26));
    }

    private static LogEntry entry(String session, String action, String result, Duration ago) {
        try {
            return Objects.requireNonNull(LogEntry.of(
                    new ObjectMapper().readTree("""
                    {"id":"9","telephonySessionId":"%s","action":"%s","result":"%s","startTime":"%s","durationMs":2400000,\
                    "lastModifiedTime":"%s"}""".formatted(session, action, result, NOW.minus(ago), NOW))));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
