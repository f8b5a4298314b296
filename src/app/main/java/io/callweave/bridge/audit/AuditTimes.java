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

    /**
     * An hour is compared again for so long, where calls go on, the log may change, or a call is missing: its record can come
     * late, after completion.max-idle.
     */
    private static final Duration AGAIN = Duration.ofHours(6);

    /**
     * The hours that are compared now, as one period: all since the last one, and those that are not final.
     *
     * @param done the hours that were compared, in milliseconds since the epoch, and whether each is final
     * @return null if there are none
     */
    Auditor.@Nullable Period due(Map<Long, Boolean> done, Instant now) {
        long end = now.minus(settle).truncatedTo(ChronoUnit.HOURS).toEpochMilli();
        // What is before all that was compared is for the command.
        long first = done.keySet().stream().mapToLong(Long::longValue).min().orElse(end - HOUR.toMillis());
        first = Math.max(first, end - AGAIN.toMillis());
        while (first < end && Boolean.TRUE.equals(done.get(first))) {
            first += HOUR.toMillis();
        }
        return first < end ? new Auditor.Period(first, end) : null;
    }
}
