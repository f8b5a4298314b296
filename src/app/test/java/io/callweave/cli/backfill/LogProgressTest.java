package io.callweave.cli.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.callweave.audit.LogEntry;
import io.callweave.feedgap.FeedGapJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How long a backfill says that it takes. */
class LogProgressTest {

    private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
    private static final int DAYS = 29;

    /** A request of 1,000 records for each day; seven requests a minute. */
    @Test
    void shouldTellHowLongTheRestTakes() {
        LogProgress progress = new LogProgress(new FeedGapJson.Span(
                "1", FROM.toEpochMilli(), FROM.plus(Duration.ofDays(DAYS)).toEpochMilli()));

        for (int i = 1_000; i >= 0; i--) {
            progress.take(entry(FROM.plus(Duration.ofDays(DAYS - 1))
                    .plus(Duration.ofDays(1).dividedBy(1_000).multipliedBy(i))));
        }

        assertThat(Duration.ofMillis(progress.left())).isBetween(Duration.ofSeconds(239), Duration.ofSeconds(241));
    }

    private static LogEntry entry(Instant start) {
        return Objects.requireNonNull(
                LogEntry.of(JsonNodeFactory.instance.objectNode().put("id", "9").put("startTime", start.toString())));
    }
}
