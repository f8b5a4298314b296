package io.callweave.bridge.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When an account's hours are compared.
 *
 * @param every how often an account is looked at
 * @param settle how long after its end a call is compared
 */
public record AuditTimes(Duration every, Duration settle) {

    private static final Duration HOUR = Duration.ofHours(1);

    /** An hour with calls that go on, or with a log that may change, is compared again for so long. */
    private static final Duration AGAIN = Duration.ofHours(24);

    /**
     * The hours that are compared now, as one period: all since the last one, and those that are not final.
     *
     * @param done the hours that were compared, in milliseconds since the epoch, and whether each is final
     * @return null if there are none
     */
    Auditor.@Nullable Period due(Map<Long, Boolean> done, Instant now) {
        long end = now.minus(settle).truncatedTo(ChronoUnit.HOURS).toEpochMilli();
        long earliest = end - AGAIN.toMillis();
        long first = end - HOUR.toMillis();
        if (!done.isEmpty()) {
            first = earliest;
            while (first < end && Boolean.TRUE.equals(done.get(first))) {
                first += HOUR.toMillis();
            }
            // What is before all that was compared is for the command.
            long known = done.keySet().stream().mapToLong(Long::longValue).min().orElse(first);
            first = Math.max(first, known);
        }
        return first < end ? new Auditor.Period(first, end) : null;
    }
}
