package io.callweave.console.store;

import io.callweave.access.AccountScope;
import io.callweave.console.view.Json;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finished calls, as somebody may see them. Thread-safe; one thread writes. */
public final class CallStore implements AutoCloseable {

    /** They have a turn of their own. */
    private static final AccountScope METRICS = new AccountScope(Set.of("metrics"));

    private static final int EXPORTED_AT_ONCE = 20;

    /** Of records that are in memory, or read, for one answer: one can have some megabytes. */
    public static final int MOST_BYTES = 4 << 20;

    /** The same, of the older records of one call. */
    private static final int MOST_OLDER_BYTES = 1 << 20;

    private static final int MOST_FOLLOWED = 20;

    private final Database database;
    private final KnownAgents agents = new KnownAgents();

    /**
     * Makes an empty store.
     *
     * @param directory for its file; what an earlier start left there is deleted
     */
    public CallStore(Path directory) {
        this(new Database(directory));
    }

    /** @param longestRead how much of the processor one question may take at most */
    public CallStore(Path directory, Duration longestRead) {
        this(new Database(directory, longestRead, Database.LARGEST_LOG));
    }

    private CallStore(Database database) {
        this.database = database;
    }

    /**
     * The place of a row in the list.
     *
     * @param value by which the list is ordered first
     */
    public record Place(ListOrder order, long value, long startTime, String accountId, String callId) {

        /** What comes after it. */
        private void in(Where where) {
            String before = "(" + order.columns() + ") < ";
            if (order == ListOrder.START) {
                where.and(before + "(?, ?, ?)", startTime, accountId, callId);
            } else {
                where.and(before + "(?, ?, ?, ?)", value, startTime, accountId, callId);
            }
        }
    }

    /**
     * A page of the list.
     *
     * @param rows in the order that was asked for
     * @param next where to go on; null at the end
     */
    public record Page<T>(List<T> rows, @Nullable Place next) {}

    /**
     * One record of a call.
     *
     * @param record as on the topic; null for the newest, which the call itself has, if it is not kept, and behind large ones
     */
    public record Revision(long epoch, int revision, long emittedAt, byte @Nullable [] record) {}

    /** A call with all that is kept of it. */
    public record Found(byte[] record, List<Revision> revisions) {}

    /** Figures of the calls that a filter matches; averages are null without calls. */
    public record Statistics(
            long calls,
            long answered,
            long missed,
            long abandoned,
            long voicemail,
            long partial,
            @Nullable Long averageTalkMs,
            @Nullable Long averageWaitMs) {}

    /** Writes in one transaction. */
    public <T> T write(BatchWork<T> work) {
        return database.write(connection -> {
            try (StoreBatch batch = new StoreBatch(connection, agents)) {
                return work.in(batch);
            }
        });
    }

    /** What is known of agents from the calls that were written. */
    public KnownAgents agents() {
        return agents;
    }

    /**
     * Who must be called back.
     *
     * @param filter see {@link ListFilter#ofCallers}
     */
    public MissedCallers missed(AccountScope scope, ListFilter filter) {
        return MissedCallers.of(database, scope, filter);
    }

    /** Figures of finished calls. */
    public WindowQueries windows() {
        return new WindowQueries(database);
    }

    /** All that is asked for meanwhile is of one moment, and takes one turn. */
    public <T> T together(AccountScope scope, Supplier<T> questions) {
        return database.together(scope, questions);
    }

    /**
     * What belongs to a question and reads no store: as long as one may read, and in a turn.
     *
     * @param work runs often what it gets, which ends it when it takes too long
     */
    public <T> T beside(AccountScope scope, Function<Runnable, T> work) {
        return database.beside(scope, work);
    }

    /**
     * The same in a turn that who asks already has, of others: it keeps no reader.
     *
     * @param work runs what it gets at each of its steps
     */
    public <T> T counted(AccountScope scope, Function<Runnable, T> work) {
        return database.counted(scope, work);
    }

    /** What is written together. */
    @FunctionalInterface
    public interface BatchWork<T> {
        T in(StoreBatch batch) throws SQLException;
    }

    /** The size of the file without the pages that are free. */
    public long usedBytes() {
        return database.read(METRICS, connection -> new StoreRetention(connection).usedBytes());
    }

    /** Whether its file is damaged. The next start makes a new one. */
    public boolean isDamaged() {
        return database.isDamaged();
    }

    /** Why it cannot be written, such as a full disk; empty as soon as something could be written again. */
    public Optional<String> fault() {
        return database.fault();
    }

    /** Gives room back to the disk, in a small step that readers do not notice. */
    public void shrink() {
        boolean unused = database.write(connection -> new StoreRetention(connection).shrink());
        database.checkpoint();
    }

    /** Must be called once the calls that were there at the start are written: indexes are quicker to make than to keep. */
    public void filled() {
        database.index();
    }

    /**
     * A page of the list. It ends early if its records are large.
     *
     * @param row makes a row of a record, one after the other
     */
    public <T> Page<T> search(
            AccountScope scope,
            ListFilter filter,
            ListOrder order,
            int limit,
            @Nullable Place after,
            Function<byte[], T> row) {
        Where where = Where.matching(scope, filter);
        if (after != null) {
            after.in(where);
        }
        return database.read(scope, connection -> {
            List<T> rows = new ArrayList<>();
            long bytes = 0;
            Place last = null;
            try (PreparedStatement asking = connection.prepareStatement("SELECT start, account, call, record, "
                    + order.value()
                    // Sorts without the records: most of them are not in the page.
                    + " FROM (SELECT id, start, account, call, wait, talk FROM calls" + where.sql() + " ORDER BY "
                    + order.sql() + " LIMIT " + (limit + 1) + ") JOIN bodies USING (id) ORDER BY "
                    + order.sql())) {
                where.bind(asking);
                try (ResultSet found = asking.executeQuery()) {
                    while (found.next()) {
                        if (rows.size() == limit || bytes > MOST_BYTES) {
                            return new Page<>(rows, last);
                        }
                        byte[] record = Packed.unpack(found.getBytes(4));
                        bytes += record.length;
                        rows.add(row.apply(record));
                        last = new Place(
                                order, found.getLong(5), found.getLong(1), found.getString(2), found.getString(3));
                    }
                }
            }
            return new Page<>(rows, null);
        });
    }

    /**
     * Some of the records that match, as on the topic, the newest start first. Between pages nothing is held: who writes them
     * can be slow.
     */
    public Page<byte[]> export(AccountScope scope, ListFilter filter, @Nullable Place after) {
        return search(scope, filter, ListOrder.START, EXPORTED_AT_ONCE, after, Function.identity());
    }

    /** Figures of all calls that match. */
    public Statistics statistics(AccountScope scope, ListFilter filter) {
        Where where = Where.matching(scope, filter);
        return database.read(scope, connection -> {
            try (PreparedStatement asking = connection.prepareStatement(
                    "SELECT count(*), total(outcome = 'answered'), total(outcome = 'missed'), total(outcome ="
                            + " 'abandoned'), total(outcome = 'voicemail'), total(status IN ('partial', 'backfilled')), avg(CASE WHEN outcome"
                            + " = 'answered' THEN talk END), avg(wait) FROM calls" + where.sql())) {
                where.bind(asking);
                try (ResultSet found = asking.executeQuery()) {
                    found.next();
                    return new Statistics(
                            found.getLong(1),
                            found.getLong(2),
                            found.getLong(3),
                            found.getLong(4),
                            found.getLong(5),
                            found.getLong(6),
                            average(found, 7),
                            average(found, 8));
                }
            }
        });
    }

    /** Who waited longest in these calls, and how many of them listened to others. */
    public DayWaits waits(AccountScope scope, ListFilter filter) {
        return DayWaits.of(database, scope, filter);
    }

    private static @Nullable Long average(ResultSet found, int column) throws SQLException {
        double value = found.getDouble(column);
        return found.wasNull() ? null : Long.valueOf(Math.round(value));
    }

    /** One call; empty if there is none, or if it may not be seen. */
    public Optional<Found> find(AccountScope scope, String accountId, String callId) {
        Where where = Where.one(scope, accountId, callId);
        return database.read(scope, connection -> {
            try (PreparedStatement asking =
                    connection.prepareStatement("SELECT id, record FROM calls JOIN bodies USING (id)" + where.sql())) {
                where.bind(asking);
                try (ResultSet found = asking.executeQuery()) {
                    if (!found.next()) {
                        return Optional.empty();
                    }
                    return Optional.of(
                            new Found(Packed.unpack(found.getBytes(2)), revisions(connection, found.getLong(1))));
                }
            }
        });
    }

    /** Whether the record of a call and the older ones have more than so many bytes. It needs memory for no more than these. */
    public boolean isLarger(AccountScope scope, String accountId, String callId, int most) {
        Where where = Where.one(scope, accountId, callId);
        return database.read(scope, connection -> {
            try (PreparedStatement asking =
                    connection.prepareStatement("WITH one AS (SELECT id FROM calls" + where.sql()
                            + ") SELECT record FROM bodies WHERE id IN one UNION ALL"
                            + " SELECT record FROM revisions WHERE id IN one AND record IS NOT NULL")) {
                where.bind(asking);
                try (ResultSet found = asking.executeQuery()) {
                    int left = most;
                    while (left >= 0 && found.next()) {
                        left -= Packed.unpack(found.getBytes(1), left).length;
                    }
                    return left < 0;
                }
            }
        });
    }

    /** The record of a call, without the older ones; empty if there is none, or if it may not be seen. */
    public Optional<byte[]> record(AccountScope scope, String accountId, String callId) {
        return record(scope, Where.one(scope, accountId, callId));
    }

    /** The call that has what this one had; empty if it is no part of another one, or if it may not be seen. */
    public Optional<String> supersededBy(AccountScope scope, String accountId, String callId) {
        String id = callId;
        // That one can be part of a third one.
        for (int i = 0; i < MOST_FOLLOWED; i++) {
            Optional<String> next = record(scope, Where.part(scope, accountId, id))
                    .map(record -> Json.call(record).supersededBy());
            if (next.isEmpty()) {
                break;
            }
            id = next.get();
        }
        return Optional.of(id).filter(found -> !found.equals(callId));
    }

    /**
     * When a call was on the topics.
     *
     * @param id of a call of any account, or of a telephony session: only who may see all accounts may ask
     */
    public TimesOfCall times(String id) {
        return TimesOfCall.of(database, id);
    }

    private Optional<byte[]> record(AccountScope scope, Where where) {
        return database.read(scope, connection -> {
            try (PreparedStatement asking =
                    connection.prepareStatement("SELECT record FROM calls JOIN bodies USING (id)" + where.sql())) {
                where.bind(asking);
                try (ResultSet found = asking.executeQuery()) {
                    return found.next() ? Optional.of(Packed.unpack(found.getBytes(1))) : Optional.empty();
                }
            }
        });
    }

    private static List<Revision> revisions(Connection connection, long id) throws SQLException {
        List<Revision> revisions = new ArrayList<>();
        long bytes = 0;
        try (PreparedStatement asking = connection.prepareStatement(
                "SELECT epoch, revision, emitted, record FROM revisions WHERE id = ? ORDER BY epoch, revision")) {
            asking.setLong(1, id);
            try (ResultSet found = asking.executeQuery()) {
                while (found.next()) {
                    byte[] packed = found.getBytes(4);
                    byte[] record = packed == null || bytes > MOST_OLDER_BYTES ? null : Packed.unpack(packed);
                    bytes += record == null ? 0 : record.length;
                    revisions.add(new Revision(found.getLong(1), found.getInt(2), found.getLong(3), record));
                }
            }
        }
        return revisions;
    }

    /** The accounts that have calls or figures, and may be seen. */
    public Set<String> accounts(AccountScope scope) {
        Where where = Where.visible(scope).and("calls + windows + compared > 0");
        return database.read(scope, connection -> {
            Set<String> accounts = new TreeSet<>();
            try (PreparedStatement asking = connection.prepareStatement("SELECT account FROM accounts" + where.sql())) {
                where.bind(asking);
                try (ResultSet found = asking.executeQuery()) {
                    while (found.next()) {
                        accounts.add(found.getString(1));
                    }
                }
            }
            return accounts;
        });
    }

    /** How many calls are kept that may be seen. */
    public long size(AccountScope scope) {
        Where where = Where.visible(scope).and("status <> ?", StoredCall.SUPERSEDED);
        return database.read(scope, connection -> {
            try (PreparedStatement asking = connection.prepareStatement("SELECT count(*) FROM calls" + where.sql())) {
                where.bind(asking);
                try (ResultSet found = asking.executeQuery()) {
                    found.next();
                    return found.getLong(1);
                }
            }
        });
    }

    /**
     * Where the notifications of these telephony sessions are, in the order of the topic's partitions.
     *
     * @param account of the call: others may know its sessions
     * @param sessions those of a call that may be seen
     * @param most of the oldest
     */
    public List<NotificationPlace> notifications(String account, List<String> sessions, int most) {
        return database.read(new AccountScope(Set.of(account)), connection -> {
            List<NotificationPlace> places = new ArrayList<>();
            try (PreparedStatement asking = connection.prepareStatement(
                    "SELECT part, place, received FROM notifications WHERE session = ? AND account = ? ORDER BY received LIMIT ?")) {
                for (String session : sessions) {
                    asking.setLong(1, StoredHash.of(session));
                    asking.setLong(2, StoredHash.of(account));
                    asking.setInt(3, most);
                    try (ResultSet found = asking.executeQuery()) {
                        while (found.next() && places.size() < most) {
                            places.add(new NotificationPlace(
                                    account, session, found.getInt(1), found.getLong(2), found.getLong(3)));
                        }
                    }
                }
            }
            return places;
        });
    }

    @Override
    public void close() {
        database.close();
    }
}
