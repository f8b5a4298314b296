package io.callweave.console.store;

import io.callweave.access.AccountScope;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the windows of a day do not tell of its calls.
 *
 * @param longestMs how long the caller waited who waited longest; null if nobody did
 * @param longestInQueueMs the same by account, and by queue that such a call came to
 * @param monitored how many calls listened to others: no window counts them
 */
public record DayWaits(@Nullable Long longestMs, Map<String, Map<String, Long>> longestInQueueMs, long monitored) {

    /** @param database of the calls */
    static DayWaits of(Database database, AccountScope scope, ListFilter filter) {
        Where where = Where.matching(scope, filter);
        Map<String, Map<String, Long>> inQueue = new HashMap<>();
        return database.read(connection -> {
            Long longest = null;
            long monitored = 0;
            try (PreparedStatement asking = connection.prepareStatement(
                    "SELECT account, queues, max(wait), total(outcome = 'monitoring') FROM calls" + where.sql()
                            + " GROUP BY account, queues")) {
                where.bind(asking);
                try (ResultSet found = asking.executeQuery()) {
                    while (found.next()) {
                        monitored += found.getLong(4);
                        long wait = found.getLong(3);
                        if (found.wasNull()) {
                            continue;
                        }
                        longest = longest == null ? wait : Math.max(longest, wait);
                        Map<String, Long> ofAccount =
                                inQueue.computeIfAbsent(found.getString(1), account -> new HashMap<>());
                        for (String queue : found.getString(2).strip().split(" ", -1)) {
                            ofAccount.merge(queue, wait, Math::max);
                        }
                    }
                }
            }
            return new DayWaits(longest, inQueue, monitored);
        });
    }
}
