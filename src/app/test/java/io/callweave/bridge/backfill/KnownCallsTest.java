package io.callweave.bridge.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.audit.LogEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which records of the Call Log go to the calls. */
class KnownCallsTest {

    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
    private static final BackfillTimes TIMES =
            new BackfillTimes(Duration.ofHours(24), Duration.ofDays(7), Duration.ofMinutes(15));

    private final KnownCalls known = new KnownCalls("1", TIMES, NOW.toEpochMilli());

    @ParameterizedTest
    @CsvSource({
        "Phone Call, Accepted,    60, WRITTEN",
        "Phone Call, Accepted,    50, SETTLING",
        "VoIP Call,  Stopped,     60, RUNNING",
        "Phone Call, Stopped,     60, WRITTEN",
        "Phone Call, In Progress, 60, RUNNING",
    })
    void shouldWriteOnlyWhatHasSettled(String action, String result, long minutesAgo, Backfill.Fate fate) {
        LogEntry entry = entry(action, result, Duration.ofMinutes(minutesAgo));

        assertThat(known.fate(entry)).isEqualTo(fate);
    }

    private static LogEntry entry(String action, String result, Duration ago) {
        try {
            return Objects.requireNonNull(LogEntry.of(new ObjectMapper().readTree("""
                    {"id":"9","telephonySessionId":"s-a","action":"%s","result":"%s","startTime":"%s","durationMs":2400000,\
                    "lastModifiedTime":"%s"}""".formatted(action, result, NOW.minus(ago), NOW))));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
