package io.callweave.console.store;

import io.callweave.access.AccountScope;
import io.callweave.console.view.Json;
import io.callweave.record.RecordedWindow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The windows in the store, as somebody may see them. Thread-safe. */
public final class WindowQueries {

    private static final String ROW = "SELECT id, account, scope_id, start, until";

    private static final Comparator<Ranked> FEWEST_CALLS =
            Comparator.comparingLong(Ranked::calls).thenComparing(Ranked::id, Comparator.reverseOrder());

    /** In memory at once, for each that is shown. */
    private static final int MOST_RANKED = 4;

    private final Database database;

    WindowQueries(Database database) {
        this.database = database;
    }

    /**
     * Which windows are asked for; null means all.
     *
     * @param window such as PT1H
     * @param scope such as account or queue
     * @param scopeId of a queue or an extension
     * @param from windows that end after this time, in milliseconds since the epoch
     * @param to windows that begin before this time
     */
    public record Asked(
            @Nullable String account,
            @Nullable String window,
            @Nullable String scope,
            @Nullable String scopeId,
            @Nullable Long from,
            @Nullable Long to) {

        private Where by(AccountScope visible) {
            Where where = Where.visible(visible);
            if (visible.isOperator() && account == null) {
                // The index begins with it.
                where.and("account IN (SELECT account FROM accounts)");
            }
            return where.andIf("account = ?", account)
                    .andIf("size = ?", window)
                    .andIf("scope = ?", scope)
                    .andIf("scope_id = ?", scopeId)
                    .andIf("until > ?", from)
                    .andIf("start < ?", to);
        }
    }

    /** What is known of a window before it is read. */
    public record Row(String accountId, String scopeId, long start, long until) {

        private static Row of(ResultSet found) throws SQLException {
            return new Row(found.getString(2), found.getString(3), found.getLong(4), found.getLong(5));
        }
    }

    private record Ranked(String accountId, long calls, long id, int place) {}

    /** The place of a window in the list. */
    public record Place(long start, String key) {}

    /**
     * A page of windows.
     *
     * @param values JSON as on the topic, the newest start first
     * @param next where to go on; null at the end
     */
    public record Page(List<byte[]> values, @Nullable Place next) {}

    /**
     * How many are shown at once.
     *
     * @param ofAccount of each account
     * @param ofAll of all accounts together: from each the same part
     */
    public record Most(int ofAccount, int ofAll) {}

    /** Reads all, one after the other: a tenant can have very many. */
    public void each(AccountScope visible, Asked asked, Predicate<Row> wanted, Consumer<RecordedWindow> reader) {
        Where where = asked.by(visible);
        Boolean unused = database.read(visible, connection -> {
            try (PreparedStatement asking = connection.prepareStatement(ROW + ", value FROM windows" + where.sql())) {
                where.bind(asking);
                try (ResultSet found = asking.executeQuery()) {
                    while (found.next()) {
                        if (wanted.test(Row.of(found))) {
                            reader.accept(Json.window(found.getBytes(6)));
                        }
                    }
                }
            }
            return true;
        });
    }

    /**
     * Reads those with most calls, one after the other.
     *
     * @return whether there are others that are wanted
     */
    public boolean most(
            AccountScope visible, Asked asked, Most most, Predicate<Row> wanted, Consumer<RecordedWindow> reader) {
        Where where = asked.by(visible);
        return database.read(visible, connection -> {
            List<Ranked> ranked = ranked(connection, where, most, wanted);
            try (PreparedStatement asking = connection.prepareStatement("SELECT value FROM windows WHERE id = ?")) {
                for (Ranked each : ranked.subList(0, Math.min(ranked.size(), most.ofAll))) {
                    if (each.place == most.ofAccount) {
                        return true;
                    }
                    asking.setLong(1, each.id);
                    try (ResultSet found = asking.executeQuery()) {
                        reader.accept(Json.window(found.getBytes(1)));
                    }
                }
            }
            return ranked.size() > most.ofAll;
        });
    }

    /** Those with most calls of each account, then the next ones. Not by SQLite, which would sort all of them in memory. */
    private static List<Ranked> ranked(Connection connection, Where where, Most most, Predicate<Row> wanted)
            throws SQLException {
        Map<String, PriorityQueue<Ranked>> accounts = new HashMap<>();
        int ofAccount = most.ofAccount + 1;
        int all = 0;
        try (PreparedStatement asking = connection.prepareStatement(ROW + ", calls FROM windows" + where.sql())) {
            where.bind(asking);
            try (ResultSet found = asking.executeQuery()) {
                while (found.next()) {
                    Row row = Row.of(found);
                    if (!wanted.test(row)) {
                        continue;
                    }
                    PriorityQueue<Ranked> ofOne =
                            accounts.computeIfAbsent(row.accountId, account -> new PriorityQueue<>(FEWEST_CALLS));
                    ofOne.add(new Ranked(row.accountId, found.getLong(6), found.getLong(1), 0));
                    all++;
                    all -= cut(ofOne, ofAccount);
                    for (; all > MOST_RANKED * most.ofAll && ofAccount > 1; ofAccount /= 2) {
                        for (PriorityQueue<Ranked> each : accounts.values()) {
                            all -= cut(each, ofAccount / 2);
                        }
                    }
                }
            }
        }
        List<Ranked> ranked = new ArrayList<>(all);
        for (PriorityQueue<Ranked> each : accounts.values()) {
            while (!each.isEmpty()) {
                Ranked next = each.remove();
                ranked.add(new Ranked(next.accountId, next.calls, next.id, each.size()));
            }
        }
        ranked.sort(Comparator.comparingInt(Ranked::place).thenComparing(Ranked::accountId));
        return ranked;
    }

    private static int cut(PriorityQueue<Ranked> ranked, int most) {
        int before = ranked.size();
        while (ranked.size() > most) {
            ranked.remove();
        }
        return before - ranked.size();
    }

    /** A page of them. */
    public Page page(AccountScope visible, Asked asked, int limit, @Nullable Place after) {
        Where where = asked.by(visible);
        if (after != null) {
            where.and("(start, key) < (?, ?)", after.start, after.key);
        }
        return database.read(visible, connection -> {
            List<byte[]> values = new ArrayList<>();
            Place last = null;
            try (PreparedStatement asking = connection.prepareStatement("SELECT start, key, value FROM windows"
                    + where.sql() + " ORDER BY start DESC, key DESC LIMIT " + (limit + 1))) {
                where.bind(asking);
                try (ResultSet found = asking.executeQuery()) {
                    while (found.next()) {
                        if (values.size() == limit) {
                            return new Page(values, last);
                        }
                        values.add(found.getBytes(3));
                        last = new Place(found.getLong(1), found.getString(2));
                    }
                }
            }
            return new Page(values, null);
        });
    }
}
