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
 * @param retention how long the topic of calls has what there is to compare
 */
public record AuditTimes(Duration every, Duration settle, Duration retention) {

    private static final Duration HOUR = Duration.ofHours(1);

    /**
     * An hour is compared again for so long, where not all is equal: the log can change, and records come late on both sides,
     * such as after completion.max-idle.
     */
    private static final Duration AGAIN = Duration.ofHours(6);

    /** So much is read at once: it needs memory. */
    private static final Duration MOST = Duration.ofDays(1);

    /**
     * The hours that are compared now, as one period: all since the last one, and those that are not final. After more than a
     * day without comparisons it is the first day of them.
     *
     * @param done the hours that were compared, in milliseconds since the epoch, and whether each is final
     * @return null if there are none
     */
    Auditor.@Nullable Period due(Map<Long, Boolean> done, Instant now) {
        long end = end(now);
        // What is before all that was compared is for the command.
        long first = done.keySet().stream().mapToLong(Long::longValue).min().orElse(end - HOUR.toMillis());
        long next = done.keySet().stream().mapToLong(Long::longValue).max().orElse(first) + HOUR.toMillis();
        first = Math.max(first, Math.min(next, end - AGAIN.toMillis()));
        first = Math.max(first, end - retention.truncatedTo(ChronoUnit.HOURS).toMillis());
        while (first < end && Boolean.TRUE.equals(done.get(first))) {
            first += HOUR.toMillis();
        }
        return first < end ? new Auditor.Period(first, Math.min(end, first + MOST.toMillis())) : null;
    }

    /** Whether more is due after a period. */
    boolean isBehind(Auditor.Period compared, Instant now) {
        return compared.to() < end(now);
    }

    private long end(Instant now) {
        return now.minus(settle).truncatedTo(ChronoUnit.HOURS).toEpochMilli();
    }
}
