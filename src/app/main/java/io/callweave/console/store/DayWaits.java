package io.callweave.console.store;

import io.callweave.access.AccountScope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * What the windows of a day do not tell of its calls.
 *
 * @param inQueue the longest wait in each queue, by account and queue; of an account with very many queues, those with the
 *     longest ones
 * @param monitored how many calls listened to others: no window counts them
 */
public record DayWaits(Map<String, Map<String, Wait>> inQueue, long monitored) {

    /** Of all accounts; from each the same part. */
    static final int MOST = 20_000;

    /** Of an account: as many as are shown of it. */
    public static final int MOST_OF_ACCOUNT = 2_000;

    /**
     * A wait.
     *
     * @param millis how long
     * @param callId who waited
     */
    public record Wait(long millis, String callId) {}

    /** @param database of the calls */
    static DayWaits of(Database database, AccountScope scope, ListFilter filter) {
        Where where = Where.matching(scope, filter);
        return database.read(scope, connection -> {
            Map<String, Map<String, Wait>> inQueue = inQueue(connection, where);
            try (PreparedStatement asking =
                    connection.prepareStatement("SELECT total(outcome = 'monitoring') FROM calls" + where.sql())) {
                where.bind(asking);
                try (ResultSet found = asking.executeQuery()) {
                    return new DayWaits(inQueue, found.getLong(1));
                }
            }
        });
    }

    /** Not with GROUP BY: SQLite would sort all visits in memory. */
    private static Map<String, Map<String, Wait>> inQueue(Connection connection, Where where) throws SQLException {
        Map<String, Map<String, Wait>> inQueue = new HashMap<>();
        int ofAccount = MOST_OF_ACCOUNT;
        int all = 0;
        try (PreparedStatement asking = connection.prepareStatement(
                "SELECT account, queue, visits.wait, call FROM calls JOIN visits USING (id)" + where.sql())) {
            where.bind(asking);
            try (ResultSet found = asking.executeQuery()) {
                while (found.next()) {
                    Map<String, Wait> waits = inQueue.computeIfAbsent(found.getString(1), account -> new HashMap<>());
                    String queue = found.getString(2);
                    long millis = found.getLong(3);
                    Wait longest = waits.get(queue);
                    if (longest != null && longest.millis >= millis) {
                        continue;
                    }
                    waits.put(queue, new Wait(millis, found.getString(4)));
                    all += longest == null ? 1 : 0;
                    // Some more, so that not each one that comes costs the time of all.
                    if (waits.size() > 2 * ofAccount) {
                        all -= cut(waits, ofAccount);
                    }
                    for (; all > 2 * MOST && ofAccount > 1; ofAccount /= 2) {
                        for (Map<String, Wait> each : inQueue.values()) {
                            all -= cut(each, ofAccount);
                        }
                    }
                }
            }
        }
        for (Map<String, Wait> waits : inQueue.values()) {
            all -= cut(waits, ofAccount);
        }
        return inQueue;
    }

    /** Leaves the longest; returns how many it takes away. */
    private static int cut(Map<String, Wait> waits, int most) {
        int before = waits.size();
        if (before > most) {
            long shortest = waits.values().stream()
                    .map(Wait::millis)
                    .sorted(Comparator.reverseOrder())
                    .skip(most - 1L)
                    .findFirst()
                    .orElse(0L);
            waits.values().removeIf(wait -> wait.millis < shortest);
            // Of several that waited as long, any.
            waits.keySet()
                    .removeAll(waits.entrySet().stream()
                            .filter(wait -> wait.getValue().millis == shortest)
                            .map(Map.Entry::getKey)
                            .limit(Math.max(0, waits.size() - most))
                            .toList());
        }
        return before - waits.size();
    }

    /** About as much memory as it needs, in bytes. */
    public long weight() {
        long weight = 0;
        for (Map<String, Wait> waits : inQueue.values()) {
            for (Map.Entry<String, Wait> wait : waits.entrySet()) {
                weight += RecentlyFound.weight(wait.getKey()) + RecentlyFound.weight(wait.getValue().callId);
            }
        }
        return weight;
    }
}
