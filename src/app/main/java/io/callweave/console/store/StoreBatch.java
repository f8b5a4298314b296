package io.callweave.console.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What is written in one transaction. */
public final class StoreBatch implements AutoCloseable {

    private static final String PUT =
            "INSERT INTO calls (account, call, epoch, revision, start, emitted, status, direction, outcome, talk, wait,"
                    + " transfers, artifacts, extensions, queues, text, caller, called, rang)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    + " ON CONFLICT (account, call) DO UPDATE SET epoch = excluded.epoch, revision = excluded.revision,"
                    + " start = excluded.start, emitted = excluded.emitted, status = excluded.status, direction ="
                    + " excluded.direction, outcome = excluded.outcome, talk = excluded.talk, wait = excluded.wait,"
                    + " transfers = excluded.transfers, artifacts = excluded.artifacts, extensions = excluded.extensions, queues = excluded.queues,"
                    + " text = excluded.text, caller = excluded.caller, called = excluded.called, rang = excluded.rang WHERE (excluded.epoch, excluded.revision) > (calls.epoch, calls.revision)"
                    + " RETURNING id";

    /** Of so many revisions of a call the records are kept; of further ones only when they came. All are read at once. */
    static final int MOST_RECORDS = 10;

    /** Larger ones are not kept, packed. */
    private static final int MOST_BYTES = 32 << 10;

    /** The record that is about to be replaced goes to its revision: the newest of those that were put. */
    private static final String REPLACED = "UPDATE revisions SET record ="
            + " (SELECT record FROM bodies WHERE id = ?1 AND length(record) <= " + MOST_BYTES
            + ") WHERE id = ?1 AND (epoch, revision) = (SELECT epoch, revision FROM revisions WHERE id = ?1"
            + " ORDER BY epoch DESC, revision DESC LIMIT 1)"
            + " AND (SELECT count(record) FROM revisions WHERE id = ?1) < " + MOST_RECORDS;

    /** More than RingCentral's ids have. One that sends longer ones would fill the store with keys. */
    static final int LONGEST_COUNTED = 100;

    /** In an hour, or a day: more than the largest accounts have. All who may see the account read them. */
    static final int MOST_QUEUES = 10_000;

    private static final int MOST_EXTENSIONS = 10 * MOST_QUEUES;

    /** Of a window: some have 2 KB. */
    private static final int MOST_FIGURES = 4 << 10;

    /** An id is in the row and in indexes. There, what exceeds a quarter of a page takes a page of its own. */
    private static final String IDS = "(octet_length(account) + octet_length(call))";

    /** What the rows of a call take, with those of the indexes. */
    private static final String SIZED =
            "UPDATE calls SET bytes = 500 + octet_length(artifacts) + octet_length(extensions)"
                    + " + octet_length(queues) + octet_length(text) + ifnull(octet_length(caller), 0) + ifnull(octet_length(called), 0)"
                    + " + 4 * " + IDS + " + 32768 * (" + IDS + " > 4000)"
                    + " + (SELECT octet_length(record) FROM bodies WHERE id = ?1)"
                    + " + (SELECT sum(80 + ifnull(octet_length(record), 0)) FROM revisions WHERE id = ?1)"
                    + " + (SELECT ifnull(sum(30 + octet_length(queue)), 0) FROM visits WHERE id = ?1) WHERE id = ?1";

    private final Connection connection;
    private final KnownAgents agents;
    private final Set<String> accounts = new HashSet<>();
    private final PreparedStatement account;
    private final PreparedStatement put;
    private final PreparedStatement replaced;
    private final PreparedStatement body;
    private final PreparedStatement revision;
    private final PreparedStatement sized;
    private final PreparedStatement unvisited;
    private final PreparedStatement visit;
    private final PreparedStatement window;
    private final PreparedStatement notification;

    StoreBatch(Connection connection, KnownAgents agents) throws SQLException {
        this.connection = connection;
        this.agents = agents;
        account = connection.prepareStatement("INSERT OR IGNORE INTO accounts (hash, account) VALUES (?, ?)");
        put = connection.prepareStatement(PUT);
        replaced = connection.prepareStatement(REPLACED);
        body = connection.prepareStatement("INSERT OR REPLACE INTO bodies (id, record) VALUES (?, ?)");
        revision = connection.prepareStatement(
                "INSERT OR REPLACE INTO revisions (id, epoch, revision, emitted) VALUES (?, ?, ?, ?)");
        sized = connection.prepareStatement(SIZED);
        unvisited = connection.prepareStatement("DELETE FROM visits WHERE id = ?");
        visit = connection.prepareStatement("INSERT INTO visits (id, queue, wait) VALUES (?, ?, ?)");
        window = connection.prepareStatement(
                "INSERT INTO windows (key, account, scope, scope_id, size, start, until, calls, value)"
                        + " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 WHERE EXISTS (SELECT 1 FROM windows WHERE key = ?1)"
                        + " OR NOT EXISTS (SELECT 1 FROM periods WHERE account = ?2 AND size = ?5 AND scope = ?3"
                        + " AND start = ?6 AND windows >= ?10)"
                        // A replaced row would be counted again.
                        + " ON CONFLICT (key) DO UPDATE SET "
                        + " until = excluded.until, calls = excluded.calls, value = excluded.value");
        notification = connection.prepareStatement(
                "INSERT OR IGNORE INTO notifications (session, account, part, place, received) VALUES (?, ?, ?, ?, ?)");
    }

    /**
     * Keeps a record.
     *
     * @return whether it is newer than what was there
     */
    public boolean put(StoredCall call) throws SQLException {
        know(call.accountId());
        int i = 0;
        put.setString(++i, call.accountId());
        put.setString(++i, call.callId());
        put.setLong(++i, call.epoch());
        put.setInt(++i, call.revision());
        put.setLong(++i, call.startTime());
        put.setLong(++i, call.emittedAt());
        put.setString(++i, call.status());
        put.setString(++i, call.direction());
        put.setString(++i, call.outcome());
        put.setLong(++i, call.talkMs());
        put.setObject(++i, call.waitMs());
        put.setInt(++i, call.transfers());
        put.setString(++i, call.artifacts());
        put.setString(++i, call.extensions());
        put.setString(++i, call.queues());
        put.setString(++i, call.text());
        put.setString(++i, call.caller());
        put.setString(++i, call.called());
        put.setBoolean(++i, call.rang());
        long id;
        try (ResultSet written = put.executeQuery()) {
            if (!written.next()) {
                return false;
            }
            id = written.getLong(1);
        }
        agents.learn(call.accountId(), call.agents(), call.emittedAt());
        replaced.setLong(1, id);
        replaced.executeUpdate();
        body.setLong(1, id);
        body.setBytes(2, call.packed());
        body.executeUpdate();
        unvisited.setLong(1, id);
        unvisited.executeUpdate();
        for (Map.Entry<String, Long> wait : call.queueWaits().entrySet()) {
            if (wait.getKey().length() > LONGEST_COUNTED) {
                continue;
            }
            visit.setLong(1, id);
            visit.setString(2, wait.getKey());
            visit.setLong(3, wait.getValue());
            visit.executeUpdate();
        }
        revision.setLong(1, id);
        revision.setLong(2, call.epoch());
        revision.setInt(3, call.revision());
        revision.setLong(4, call.emittedAt());
        revision.executeUpdate();
        sized.setLong(1, id);
        sized.executeUpdate();
        return true;
    }

    /** What is kept of an account is counted in its row. */
    private void know(String accountId) throws SQLException {
        if (accounts.add(accountId)) {
            account.setLong(1, StoredHash.of(accountId));
            account.setString(2, accountId);
            account.executeUpdate();
        }
    }

    /** Forgets a call; returns whether it was there. */
    public boolean remove(String accountId, String callId) throws SQLException {
        boolean gone = false;
        // The call last: the others are found by it.
        for (String table : new String[] {"revisions", "bodies", "visits", "calls"}) {
            try (PreparedStatement delete = connection.prepareStatement(
                    "DELETE FROM " + table + " WHERE id = (SELECT id FROM calls WHERE account = ? AND call = ?)")) {
                delete.setString(1, accountId);
                delete.setString(2, callId);
                gone = delete.executeUpdate() > 0;
            }
        }
        return gone;
    }

    /**
     * Forgets calls that have not changed for long, and of too many the oldest of the account that has most; windows,
     * notifications and agents as old, too. Of very many, only some.
     *
     * @param before in milliseconds since the epoch
     * @param beforeLastWeek windows of accounts and queues are kept since this time, to be compared with today
     * @return whether more may be left
     */
    public boolean expire(long before, long beforeLastWeek, long mostCalls) throws SQLException {
        boolean more = new StoreRetention(connection).expire(before, beforeLastWeek, mostCalls);
        Map<String, Long> kept = new HashMap<>();
        try (PreparedStatement oldest = connection.prepareStatement("SELECT account,"
                        + " (SELECT min(emitted) FROM calls WHERE calls.account = accounts.account) FROM accounts"
                        + " WHERE calls > 0");
                ResultSet found = oldest.executeQuery()) {
            while (found.next()) {
                kept.put(found.getString(1), found.getLong(2));
            }
        }
        agents.forget(kept);
        accounts.clear();
        return more;
    }

    /**
     * Forgets the oldest of the account that has most until the file needs no more than this; of very many, only some.
     *
     * @return in how many steps
     */
    public int makeRoom(long mostBytes) throws SQLException {
        return new StoreRetention(connection).makeRoom(mostBytes);
    }

    /** Keeps the figures of a window, unless it has a very long id, or its account very many others of the same time. */
    public void putWindow(StoredWindow value) throws SQLException {
        if (value.scopeId().length() > LONGEST_COUNTED) {
            return;
        }
        if (value.value().length > MOST_FIGURES) {
            removeWindow(value.key());
            return;
        }
        know(value.accountId());
        int i = 0;
        window.setString(++i, value.key());
        window.setString(++i, value.accountId());
        window.setString(++i, value.scope());
        window.setString(++i, value.scopeId());
        window.setString(++i, value.size());
        window.setLong(++i, value.start());
        window.setLong(++i, value.until());
        window.setLong(++i, value.calls());
        window.setBytes(++i, value.value());
        window.setLong(++i, value.scope().equals("queue") ? MOST_QUEUES : MOST_EXTENSIONS);
        window.executeUpdate();
    }

    /** Forgets a window that has no calls. */
    public void removeWindow(String key) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM windows WHERE key = ?")) {
            delete.setString(1, key);
            delete.executeUpdate();
        }
    }

    /** Remembers where a notification is. */
    public void putNotification(NotificationPlace place) throws SQLException {
        know(place.account());
        notification.setLong(1, StoredHash.of(place.session()));
        notification.setLong(2, StoredHash.of(place.account()));
        notification.setInt(3, place.partition());
        notification.setLong(4, place.offset());
        notification.setLong(5, place.writtenAt());
        notification.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement each : new PreparedStatement[] {
            account, put, replaced, body, revision, sized, unvisited, visit, window, notification
        }) {
            each.close();
        }
    }
}
