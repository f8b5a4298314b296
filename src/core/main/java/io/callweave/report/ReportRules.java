package io.callweave.report;

import io.callweave.call.record.CallRecord;
import io.callweave.call.record.QueueVisit;
import io.callweave.metrics.Scope;
import io.callweave.metrics.ServiceGoals;
import io.callweave.metrics.ServiceLevels;
import io.callweave.metrics.WindowRules;
import io.callweave.metrics.WindowSize;
import io.callweave.record.ExcludedCalls;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which calls a report is of, and how it counts.
 *
 * @param zone of all hours and days
 * @param from start of the first calls, inclusive; null for no limit
 * @param to end of the period, exclusive; null for no limit
 * @param accountId null for all accounts
 * @param queueId null for all calls, else only those that were in this queue
 * @param goals that service levels are compared with
 * @param excluded calls that are left out
 */
public record ReportRules(
        ZoneId zone,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String accountId,
        @Nullable String queueId,
        ServiceLevels levels,
        ServiceGoals goals,
        ExcludedCalls excluded) {

    private static final Set<WindowSize> DAY = EnumSet.of(WindowSize.P1D);

    /** What the windows would count for each call. Agents are counted by their parties. */
    WindowRules windows() {
        return new WindowRules(Map.of(Scope.ACCOUNT, DAY, Scope.QUEUE, DAY, Scope.NUMBER, DAY), zone, Map.of(), levels);
    }

    boolean takes(CallRecord call) {
        long start = call.times().startTime();
        return (from == null || start >= from.toEpochMilli())
                && (to == null || start < to.toEpochMilli())
                && (accountId == null || accountId.equals(call.accountId()))
                && (queueId == null || call.queues().stream().anyMatch(this::takes));
    }

    boolean takes(QueueVisit visit) {
        return queueId == null || queueId.equals(visit.queueExtensionId());
    }

    /** The start of the hour that contains a time, in milliseconds. */
    long hour(long time) {
        return Instant.ofEpochMilli(time)
                .atZone(zone)
                .truncatedTo(ChronoUnit.HOURS)
                .toInstant()
                .toEpochMilli();
    }

    /** The start of the day that contains a time, in milliseconds. */
    long day(long time) {
        return WindowSize.P1D.start(time, zone);
    }
}
