package io.callweave.console.store;

import io.callweave.access.AccountScope;
import io.callweave.call.record.CallOutcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who must be called back: those whose calls were missed or abandoned, and what happened since.
 *
 * @param callers the latest missed call first; the {@link #MOST} latest
 * @param all how many there are
 * @param withheld how many of these calls have no number that could be called
 */
public record MissedCallers(List<Caller> callers, long all, long withheld) {

    /** More than a page has. What was found is kept for a while, for each that asks. */
    public static final int MOST = 500;

    /** While they are read, in the memory of all. Who called before so many others is counted, and not heard of again. */
    private static final int MOST_AT_ONCE = 20_000;

    /** The same, in bytes: with ids as long as those of RingCentral, no fewer. */
    static final long MOST_WEIGHT = 12L << 20;

    private static final Set<String> MISSED = Set.of(CallOutcome.MISSED.word(), CallOutcome.ABANDONED.word());

    /** Whether a caller is from outside, rang nobody, or is a colleague. */
    public enum Kind {
        OUTSIDE,
        MENU,
        INTERNAL
    }

    /**
     * A number.
     *
     * @param callId of the latest missed or abandoned call
     * @param times how many of its calls were missed or abandoned
     * @param again how often it called since the latest
     * @param back how often it was called since
     * @param answered whether one of those calls was answered
     */
    public record Caller(
            String accountId,
            String callId,
            long startTime,
            Kind kind,
            int times,
            int again,
            int back,
            boolean answered) {

        private Caller since(boolean called, boolean reached) {
            return new Caller(
                    accountId,
                    callId,
                    startTime,
                    kind,
                    times,
                    again + (called ? 1 : 0),
                    back + (called ? 0 : 1),
                    answered || reached);
        }
    }

    /** A number of an account. It has an order: callers choose numbers, and can choose equal hash codes. */
    private record Phone(String accountId, String digits) implements Comparable<Phone> {

        @Override
        public int compareTo(Phone other) {
            int order = accountId.compareTo(other.accountId);
            return order == 0 ? digits.compareTo(other.digits) : order;
        }
    }

    /**
     * Reads the calls in the order of their start.
     *
     * @param filter see {@link ListFilter#ofCallers}: the days are those from which on missed calls count, in this queue
     */
    static MissedCallers of(Database database, AccountScope scope, ListFilter filter) {
        Where where = Where.matching(scope, ListFilter.ALL.of(filter.account()).on(filter.days()));
        return database.read(scope, connection -> {
            try (PreparedStatement asking = connection.prepareStatement(sql(connection, where))) {
                String queue = filter.queue();
                asking.setString(1, queue == null ? " " : " " + queue + " ");
                where.bind(asking, 1);
                try (ResultSet found = asking.executeQuery()) {
                    return read(found);
                }
            }
        });
    }

    /** By an index, once there is one: SQLite would rather sort all of them, in memory that has no bound. */
    static String sql(Connection connection, Where where) throws SQLException {
        String index = where.isOfOne() ? Database.BY_ACCOUNT : Database.BY_START;
        return "SELECT account, call, start, direction, outcome, caller, called, rang, instr(queues, ?) > 0 FROM calls"
                + (has(connection, index) ? " INDEXED BY " + index : "") + where.sql()
                + (where.isOfOne() ? " ORDER BY start, id" : " ORDER BY start, account, call");
    }

    private static boolean has(Connection connection, String index) throws SQLException {
        try (PreparedStatement asking = connection.prepareStatement("SELECT 1 FROM sqlite_master WHERE name = ?")) {
            asking.setString(1, index);
            try (ResultSet found = asking.executeQuery()) {
                return found.next();
            }
        }
    }

    private static MissedCallers read(ResultSet found) throws SQLException {
        // By their latest missed calls.
        LinkedHashMap<Phone, Caller> callers = new LinkedHashMap<>();
        long forgotten = 0;
        long weight = 0;
        long withheld = 0;
        while (found.next()) {
            String account = found.getString(1);
            String direction = found.getString(4);
            String caller = found.getString(6);
            String called = found.getString(7);
            boolean answered = found.getString(5).equals(CallOutcome.ANSWERED.word());
            if (!direction.equals("Inbound") && called != null) {
                callers.computeIfPresent(new Phone(account, called), (number, known) -> known.since(false, answered));
            }
            if (direction.equals("Outbound")) {
                continue;
            }
            boolean missed = MISSED.contains(found.getString(5)) && found.getBoolean(9);
            if (caller == null) {
                withheld += missed ? 1 : 0;
            } else if (missed) {
                Kind kind =
                        direction.equals("Internal") ? Kind.INTERNAL : found.getBoolean(8) ? Kind.OUTSIDE : Kind.MENU;
                Phone number = new Phone(account, caller);
                Caller known = callers.remove(number);
                weight -= weight(number, known);
                Caller added = new Caller(
                        account,
                        found.getString(2),
                        found.getLong(3),
                        kind,
                        known == null ? 1 : known.times + 1,
                        0,
                        0,
                        false);
                callers.put(number, added);
                weight += weight(number, added);
                while (callers.size() > MOST_AT_ONCE || weight > MOST_WEIGHT) {
                    Phone eldest = callers.keySet().iterator().next();
                    weight -= weight(eldest, callers.remove(eldest));
                    forgotten++;
                }
            } else {
                callers.computeIfPresent(new Phone(account, caller), (number, known) -> known.since(true, answered));
            }
        }
        List<Caller> all = new ArrayList<>(callers.values());
        all.sort(Comparator.comparingLong(Caller::startTime)
                .thenComparing(Caller::callId)
                .reversed());
        return new MissedCallers(
                List.copyOf(all.subList(0, Math.min(MOST, all.size()))), all.size() + forgotten, withheld);
    }

    private static long weight(Phone number, @Nullable Caller caller) {
        return caller == null
                ? 0
                : RecentlyFound.weight(number.accountId)
                        + RecentlyFound.weight(number.digits)
                        + RecentlyFound.weight(caller.accountId)
                        + RecentlyFound.weight(caller.callId);
    }

    /** About as much memory as it needs, in bytes. */
    public long weight() {
        return callers.stream()
                .mapToLong(each -> RecentlyFound.weight(each.accountId) + RecentlyFound.weight(each.callId))
                .sum();
    }
}
