package io.callweave.console.store;

import io.callweave.access.AccountScope;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
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
            @Nullable Long to) {}

    /** The place of a window in the list. */
    public record Place(long start, String key) {}

    /**
     * A page of windows.
     *
     * @param values JSON as on the topic, the newest start first
     * @param next where to go on; null at the end
     */
    public record Page(List<byte[]> values, @Nullable Place next) {}

    /** All that are asked for. */
    public List<byte[]> all(AccountScope visible, Asked asked) {
        return page(visible, asked, Integer.MAX_VALUE - 1, null).values();
    }

    /** A page of them. */
    public Page page(AccountScope visible, Asked asked, int limit, @Nullable Place after) {
        Where where = Where.visible(visible)
                .andIf("account = ?", asked.account)
                .andIf("size = ?", asked.window)
                .andIf("scope = ?", asked.scope)
                .andIf("scope_id = ?", asked.scopeId)
                .andIf("until > ?", asked.from)
                .andIf("start < ?", asked.to);
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
