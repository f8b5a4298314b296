package io.callweave.console.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the oldest of what is kept, in small steps, and gives its room back. Part of a transaction. What is too much is taken
 * from the accounts that have most, so that no account pushes out another's that has less.
 */
final class StoreRetention {

    /** So that one transaction does not hold up those that follow. */
    static final int MOST_AT_ONCE = 5_000;

    static final int MOST_PLACES_AT_ONCE = 10 * MOST_AT_ONCE;

    /** Of the time that a place needs. */
    private static final int CALL_EFFORT = 10;

    private static final int STEP_EFFORT = 100;
    private static final int MOST_EFFORT = 20 * MOST_AT_ONCE;

    private static final int CALLS_A_STEP = 200;
    private static final int PLACES_A_STEP = 2_000;
    private static final int WINDOWS_A_STEP = 200;

    /** Of what an account has, at most this part goes in a step: the next one may be another's. */
    private static final int STEP_SHARE = 8;

    /** Of the file: more than 5,000 queues need. */
    private static final int COMPARED_WINDOWS_SHARE = 4;

    /** Most have less. */
    private static final int WINDOW_BYTES = 2_048;

    /** With its indexes. */
    private static final int PLACE_BYTES = 100;

    private static final String LARGEST = "SELECT account, hash, calls, places, windows, compared,"
            + " bytes + places * " + PLACE_BYTES + " AS others FROM accounts"
            + " WHERE calls + places + windows + compared > 0 ORDER BY compared + others DESC LIMIT 1";

    /** Any: the indexes begin with it. */
    private static final String ACCOUNT = "account IN (SELECT account FROM accounts)";

    /** A megabyte. */
    private static final int PAGES_A_STEP = 64;

    /** Less than this share is soon used again. */
    private static final int FREE_SHARE = 8;

    private final Connection connection;

    /** The oldest of an account. */
    @FunctionalInterface
    private interface Deletion {
        void oldest(String account, long count) throws SQLException;
    }

    StoreRetention(Connection connection) {
        this.connection = connection;
    }

    /** See {@link StoreBatch#expire}. */
    boolean expire(long before, long beforeLastWeek, long mostCalls) throws SQLException {
        int old = deleteCalls(ACCOUNT + " AND emitted < ? LIMIT " + MOST_AT_ONCE, before);
        long tooMany = level(
                "calls",
                mostCalls,
                MOST_AT_ONCE,
                (account, count) -> deleteCalls("account = ? ORDER BY emitted LIMIT ?", account, count));
        int places = deletePlaces(
                "account IN (SELECT hash FROM accounts) AND received < ? LIMIT " + MOST_PLACES_AT_ONCE, before);
        expireWindows(Database.OTHER_SCOPES, before);
        expireWindows(Database.COMPARED_SCOPES, Math.min(before, beforeLastWeek));
        update("DELETE FROM accounts WHERE calls + places + windows + compared = 0");
        return old == MOST_AT_ONCE || tooMany > MOST_AT_ONCE || places == MOST_PLACES_AT_ONCE;
    }

    private void expireWindows(String scopes, long before) throws SQLException {
        update(
                "DELETE FROM windows WHERE " + ACCOUNT + " AND size IN ('PT1H', 'P1D') AND " + scopes
                        + " AND until < ?",
                before);
    }

    /** See {@link StoreBatch#makeRoom}. */
    int makeRoom(long mostBytes) throws SQLException {
        // They are kept for longer than the rest, to be compared with today, but not at the cost of it.
        level(
                "compared",
                mostBytes / COMPARED_WINDOWS_SHARE,
                (long) MOST_AT_ONCE * WINDOW_BYTES,
                (account, bytes) -> deleteWindows(Database.COMPARED_SCOPES, account, bytes / WINDOW_BYTES + 1));
        if (usedBytes() <= mostBytes) {
            return 0;
        }
        try (Statement statement = connection.createStatement()) {
            for (String index : Database.INDEXES) {
                statement.execute(index);
            }
        }
        int steps = 0;
        int effort = 0;
        while (effort < MOST_EFFORT && usedBytes() > mostBytes) {
            int deleted = deleteOldest();
            if (deleted == 0) {
                break;
            }
            effort += deleted + STEP_EFFORT;
            steps++;
        }
        return steps;
    }

    /** Takes what is over the limit from the highest counts until they are as low as the next ones; returns how much that is. */
    private long level(String column, long most, long mostAtOnce, Deletion deletion) throws SQLException {
        Map<String, Long> counts = new LinkedHashMap<>();
        long all = 0;
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT account, " + column + " FROM accounts WHERE " + column
                        + " > 0 ORDER BY " + column + " DESC")) {
            while (found.next()) {
                counts.put(found.getString(1), found.getLong(2));
                all += found.getLong(2);
            }
        }
        long tooMany = all - most;
        long left = Math.min(tooMany, mostAtOnce);
        long sum = 0;
        int highest = 0;
        for (long count : counts.values()) {
            if (sum - highest * count >= left) {
                break;
            }
            sum += count;
            highest++;
        }
        long level = highest == 0 ? all : (sum - left) / highest;
        for (Map.Entry<String, Long> each : counts.entrySet()) {
            long count = Math.min(each.getValue() - level, left);
            if (count <= 0) {
                break;
            }
            deletion.oldest(each.getKey(), count);
            left -= count;
        }
        return tooMany;
    }

    /** Calls, places of notifications and windows of the same age go together, so that what is kept of a call is whole. */
    private int deleteOldest() throws SQLException {
        String account;
        long hash;
        long windows;
        Long before;
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(LARGEST)) {
            if (!found.next()) {
                return 0;
            }
            account = found.getString(1);
            hash = found.getLong(2);
            windows = step(found.getLong(5), WINDOWS_A_STEP);
            if (found.getLong(6) > found.getLong(7)) {
                return deleteWindows(Database.COMPARED_SCOPES, account, WINDOWS_A_STEP) * CALL_EFFORT;
            }
            before = earliest(
                    time(
                            "SELECT emitted FROM calls WHERE account = ? ORDER BY emitted",
                            step(found.getLong(3), CALLS_A_STEP),
                            account),
                    time(
                            "SELECT received FROM notifications WHERE account = ? ORDER BY received",
                            step(found.getLong(4), PLACES_A_STEP),
                            hash),
                    time(
                            "SELECT start FROM windows WHERE " + Database.OTHER_SCOPES + " AND account = ? ORDER BY id",
                            windows,
                            account));
        }
        if (before == null) {
            return 0;
        }
        int calls = deleteCalls("account = ? AND emitted <= ? ORDER BY emitted LIMIT " + MOST_AT_ONCE, account, before);
        int places = deletePlaces(
                "account = ? AND received <= ? ORDER BY received LIMIT " + MOST_PLACES_AT_ONCE, hash, before);
        int others = deleteWindows(Database.OTHER_SCOPES + " AND start <= " + before, account, windows);
        return places + (calls + others) * CALL_EFFORT;
    }

    /** In the order in which they came: they are beside each other, so whole pages become free. */
    private int deleteWindows(String condition, String account, long most) throws SQLException {
        return update(
                "DELETE FROM windows WHERE id IN (SELECT id FROM windows WHERE " + condition
                        + " AND account = ? ORDER BY id LIMIT ?)",
                account,
                most);
    }

    private static long step(long rows, int most) {
        return Math.max(1, Math.min(rows / STEP_SHARE, most));
    }

    /** The time of the last row of a step, in the order of age. */
    private @Nullable Long time(String sql, long step, Object account) throws SQLException {
        return first(sql + " LIMIT 1 OFFSET " + (step - 1), account);
    }

    private static @Nullable Long earliest(@Nullable Long... times) {
        Long earliest = null;
        for (Long each : times) {
            earliest = each == null || (earliest != null && earliest < each) ? earliest : each;
        }
        return earliest;
    }

    private int deleteCalls(String condition, Object... values) throws SQLException {
        int deleted = 0;
        String ids = "(SELECT id FROM calls WHERE " + condition + ")";
        // The calls last: the others are found by them.
        for (String table : new String[] {"revisions", "bodies", "visits", "calls"}) {
            deleted = update("DELETE FROM " + table + " WHERE id IN " + ids, values);
        }
        return deleted;
    }

    private int deletePlaces(String condition, Object... values) throws SQLException {
        return update(
                "DELETE FROM notifications WHERE (session, part, place) IN"
                        + " (SELECT session, part, place FROM notifications WHERE " + condition + ")",
                values);
    }

    /** The size of the file without the pages that are free. */
    long usedBytes() throws SQLException {
        return (number("PRAGMA page_count") - number("PRAGMA freelist_count")) * number("PRAGMA page_size");
    }

    /** Gives some free pages back, if many are free; returns whether it did. */
    boolean shrink() throws SQLException {
        long free = number("PRAGMA freelist_count");
        if (free < PAGES_A_STEP || free * FREE_SHARE < number("PRAGMA page_count")) {
            return false;
        }
        try (Statement statement = connection.createStatement()) {
            // execute() would give back a single page.
            int unused = statement.executeUpdate("PRAGMA incremental_vacuum(" + PAGES_A_STEP + ")");
        }
        return true;
    }

    private int update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private long number(String sql) throws SQLException {
        Long found = first(sql);
        return found == null ? 0 : found;
    }

    private @Nullable Long first(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet found = statement.executeQuery()) {
                if (!found.next()) {
                    return null;
                }
                long value = found.getLong(1);
                return found.wasNull() ? null : value;
            }
        }
    }
}
