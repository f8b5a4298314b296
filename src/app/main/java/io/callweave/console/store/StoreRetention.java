package io.callweave.console.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Deletes the oldest of what is kept, in small steps, and gives its room back. Part of a transaction. */
final class StoreRetention {

    /** So that one transaction does not hold up those that follow. */
    static final int MOST_AT_ONCE = 5_000;

    static final int MOST_PLACES_AT_ONCE = 10 * MOST_AT_ONCE;

    private static final int MOST_STEPS = 50;
    private static final int CALLS_A_STEP = 200;
    private static final int PLACES_A_STEP = 2_000;
    private static final int WINDOWS_A_STEP = 200;

    /** Windows of accounts and queues are kept for longer than the rest, to be compared with today. */
    private static final String COMPARED = "size IN ('PT1H', 'P1D') AND scope IN ('account', 'queue')";

    /** Of the file. */
    private static final int COMPARED_WINDOWS_SHARE = 8;

    private static final int WINDOW_BYTES = 2_048;

    /** A megabyte. */
    private static final int PAGES_A_STEP = 64;

    /** Less than this share is soon used again. */
    private static final int FREE_SHARE = 8;

    private final Connection connection;

    StoreRetention(Connection connection) {
        this.connection = connection;
    }

    /** See {@link StoreBatch#expire}. */
    boolean expire(long before, long beforeLastWeek, long mostCalls) throws SQLException {
        int old = deleteCalls("emitted < ? ORDER BY emitted LIMIT " + MOST_AT_ONCE, before);
        long tooMany = number("SELECT count(*) FROM calls") - mostCalls;
        if (tooMany > 0) {
            deleteCalls("1 ORDER BY emitted LIMIT ?", Math.min(tooMany, MOST_AT_ONCE));
        }
        int places = deletePlaces("received < ? ORDER BY received LIMIT " + MOST_PLACES_AT_ONCE, before);
        update("DELETE FROM windows WHERE " + Database.OTHER_SCOPES + " AND until < ?", before);
        deleteComparedWindows(Math.min(before, beforeLastWeek));
        return old == MOST_AT_ONCE || tooMany > MOST_AT_ONCE || places == MOST_PLACES_AT_ONCE;
    }

    /** See {@link StoreBatch#makeRoom}. */
    int makeRoom(long mostBytes) throws SQLException {
        if (usedBytes() <= mostBytes) {
            return 0;
        }
        try (Statement statement = connection.createStatement()) {
            for (String index : Database.INDEXES) {
                statement.execute(index);
            }
        }
        deleteSurplusComparedWindows(mostBytes);
        int steps = 0;
        while (steps < MOST_STEPS && usedBytes() > mostBytes && deleteOldest()) {
            steps++;
        }
        return steps;
    }

    /** Calls, places of notifications and windows of the same age go together, so that what is kept of a call is whole. */
    private boolean deleteOldest() throws SQLException {
        Long until = earliest(
                time("SELECT emitted FROM calls ORDER BY emitted LIMIT 1 OFFSET ", CALLS_A_STEP),
                time("SELECT received FROM notifications ORDER BY received LIMIT 1 OFFSET ", PLACES_A_STEP),
                time(
                        "SELECT until FROM windows WHERE " + Database.OTHER_SCOPES + " ORDER BY until LIMIT 1 OFFSET ",
                        WINDOWS_A_STEP));
        if (until == null) {
            // Figures of accounts and queues are few, and are compared with those of today.
            Long oldest = earliest(oldestComparedWindow("PT1H"), oldestComparedWindow("P1D"));
            return oldest != null && deleteComparedWindows(oldest + 1) > 0;
        }
        deleteCalls("emitted <= ? ORDER BY emitted LIMIT " + MOST_AT_ONCE, until);
        deletePlaces("received <= ? ORDER BY received LIMIT " + MOST_PLACES_AT_ONCE, until);
        update("DELETE FROM windows WHERE " + Database.OTHER_SCOPES + " AND until <= ?", until);
        return true;
    }

    /** They are kept for longer than the rest, to be compared with today, but not at the cost of it. */
    private void deleteSurplusComparedWindows(long mostBytes) throws SQLException {
        long most = mostBytes / COMPARED_WINDOWS_SHARE / WINDOW_BYTES;
        long surplus = number("SELECT count(*) FROM windows WHERE " + COMPARED) - most;
        if (surplus > 0) {
            int unused = update(
                    "DELETE FROM windows WHERE key IN (SELECT key FROM windows WHERE " + COMPARED
                            + " ORDER BY until LIMIT ?)",
                    Math.min(surplus, MOST_AT_ONCE));
        }
    }

    private @Nullable Long oldestComparedWindow(String size) throws SQLException {
        return first("SELECT min(until) FROM windows WHERE size = '" + size + "' AND scope IN ('account', 'queue')");
    }

    /** The time of the row at this place in the order of age; of the oldest one if there are fewer. */
    private @Nullable Long time(String sql, int step) throws SQLException {
        Long found = first(sql + (step - 1));
        return found == null ? first(sql + 0) : found;
    }

    private static @Nullable Long earliest(@Nullable Long... times) {
        Long earliest = null;
        for (Long each : times) {
            earliest = each == null || (earliest != null && earliest < each) ? earliest : each;
        }
        return earliest;
    }

    private int deleteCalls(String condition, long value) throws SQLException {
        int deleted = 0;
        String ids = "(SELECT id FROM calls WHERE " + condition + ")";
        // The calls last: the others are found by them.
        for (String table : new String[] {"revisions", "bodies", "visits", "calls"}) {
            deleted = update("DELETE FROM " + table + " WHERE id IN " + ids, value);
        }
        return deleted;
    }

    private int deletePlaces(String condition, long value) throws SQLException {
        return update(
                "DELETE FROM notifications WHERE (session, part, place) IN"
                        + " (SELECT session, part, place FROM notifications WHERE " + condition + ")",
                value);
    }

    private int deleteComparedWindows(long before) throws SQLException {
        return update("DELETE FROM windows WHERE " + COMPARED + " AND until < ?", before);
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

    private int update(String sql, long value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, value);
            return statement.executeUpdate();
        }
    }

    private long number(String sql) throws SQLException {
        Long found = first(sql);
        return found == null ? 0 : found;
    }

    private @Nullable Long first(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            if (!found.next()) {
                return null;
            }
            long value = found.getLong(1);
            return found.wasNull() ? null : value;
        }
    }
}
