package io.callweave.console.store;

import io.callweave.access.AccountScope;
import io.callweave.console.view.Json;
import io.callweave.record.RecordedWindow;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The windows in the store, as somebody may see them. Thread-safe. */
public final class WindowQueries {

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
            return Where.visible(visible)
                    // The index begins with it.
                    .and("account IN (SELECT account FROM accounts)")
                    .andIf("account = ?", account)
                    .andIf("size = ?", window)
                    .andIf("scope = ?", scope)
                    .andIf("scope_id = ?", scopeId)
                    .andIf("until > ?", from)
                    .andIf("start < ?", to);
        }
    }

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

    /**
     * Reads all, one after the other: a tenant can have very many.
     *
     * @param wanted by account and scope id; others are not read
     */
    public void each(
            AccountScope visible, Asked asked, BiPredicate<String, String> wanted, Consumer<RecordedWindow> reader) {
        Where where = asked.by(visible);
        Boolean unused = database.read(visible, connection -> {
            try (PreparedStatement asking =
                    connection.prepareStatement("SELECT account, scope_id, value FROM windows" + where.sql())) {
                where.bind(asking);
                try (ResultSet found = asking.executeQuery()) {
                    while (found.next()) {
                        if (wanted.test(found.getString(1), found.getString(2))) {
                            reader.accept(Json.window(found.getBytes(3)));
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
     * @return whether there are others
     */
    public boolean most(AccountScope visible, Asked asked, Most most, Consumer<RecordedWindow> reader) {
        Where where = asked.by(visible);
        String ranked =
                "SELECT id, row_number() OVER (PARTITION BY account ORDER BY calls DESC, id) AS place FROM windows"
                        + where.sql();
        return database.read(visible, connection -> {
            try (PreparedStatement asking = connection.prepareStatement("SELECT value, place FROM (" + ranked
                    + " ORDER BY place LIMIT " + (most.ofAll + 1) + ") JOIN windows USING (id) WHERE place <= "
                    + (most.ofAccount + 1) + " ORDER BY place, account")) {
                where.bind(asking);
                try (ResultSet found = asking.executeQuery()) {
                    int read = 0;
                    while (found.next()) {
                        if (read++ == most.ofAll || found.getInt(2) > most.ofAccount) {
                            return true;
                        }
                        reader.accept(Json.window(found.getBytes(1)));
                    }
                }
            }
            return false;
        });
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
