package io.callweave.console.store;

import io.callweave.access.AccountScope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * What the windows of a day do not tell of its calls.
 *
 * @param inQueue the longest wait in each queue, by account and queue
 * @param monitored how many calls listened to others: no window counts them
 */
public record DayWaits(Map<String, Map<String, Wait>> inQueue, long monitored) {

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

    /** With max(), SQLite takes the other columns from the row that has it. */
    private static Map<String, Map<String, Wait>> inQueue(Connection connection, Where where) throws SQLException {
        Map<String, Map<String, Wait>> inQueue = new HashMap<>();
        try (PreparedStatement asking = connection.prepareStatement(
                "SELECT account, queue, max(visits.wait), call FROM calls JOIN visits USING (id)" + where.sql()
                        + " GROUP BY account, queue")) {
            where.bind(asking);
            try (ResultSet found = asking.executeQuery()) {
                while (found.next()) {
                    inQueue.computeIfAbsent(found.getString(1), account -> new HashMap<>())
                            .put(found.getString(2), new Wait(found.getLong(3), found.getString(4)));
                }
            }
        }
        return inQueue;
    }
}
