package io.callweave.console.store;

import io.callweave.access.AccountScope;
import io.callweave.files.PrivateFiles;
import io.callweave.runtime.http.Turns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The SQLite file: one connection that writes, and some that read beside it. The topics have everything, so it need not survive. */
final class Database implements AutoCloseable {

    /** Windows of accounts and queues are kept for longer than the rest, to be compared with today. */
    static final String COMPARED_SCOPES = "scope IN ('account', 'queue')";

    static final String OTHER_SCOPES = "scope = 'extension'";

    private static final int READERS = 4;

    private static final List<String> PRAGMAS = List.of(
            // Several packed records share a page.
            "PRAGMA page_size = 16384",
            // Has no effect once the file has a page.
            "PRAGMA auto_vacuum = INCREMENTAL",
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = OFF",
            "PRAGMA temp_store = MEMORY",
            "PRAGMA cache_size = -8192",
            // Read through the page cache of the system: a filter without a match reads all.
            "PRAGMA mmap_size = 1073741824");

    private static final List<String> TABLES = List.of(
            "CREATE TABLE calls (id INTEGER PRIMARY KEY, account TEXT NOT NULL, call TEXT NOT NULL, epoch INTEGER NOT NULL,"
                    + " revision INTEGER NOT NULL, start INTEGER NOT NULL, emitted INTEGER NOT NULL, status TEXT NOT NULL,"
                    + " direction TEXT NOT NULL, outcome TEXT NOT NULL, talk INTEGER NOT NULL, wait INTEGER,"
                    + " transfers INTEGER NOT NULL, artifacts TEXT NOT NULL, extensions TEXT NOT NULL, queues TEXT NOT NULL, text TEXT NOT NULL,"
                    + " caller TEXT, called TEXT, rang INTEGER NOT NULL, bytes INTEGER NOT NULL DEFAULT 0,"
                    + " UNIQUE (account, call))",
            "CREATE TABLE bodies (id INTEGER PRIMARY KEY, record BLOB NOT NULL)",
            "CREATE TABLE visits (id INTEGER NOT NULL, queue TEXT NOT NULL, wait INTEGER NOT NULL,"
                    + " PRIMARY KEY (id, queue)) WITHOUT ROWID",
            // Not without row ids: there, what exceeds a quarter of a page takes a page of its own.
            "CREATE TABLE revisions (id INTEGER NOT NULL, epoch INTEGER NOT NULL, revision INTEGER NOT NULL,"
                    + " emitted INTEGER NOT NULL, record BLOB, PRIMARY KEY (id, epoch, revision))",
            "CREATE TABLE windows (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, account TEXT NOT NULL, scope TEXT NOT NULL,"
                    + " scope_id TEXT NOT NULL, size TEXT NOT NULL,"
                    + " start INTEGER NOT NULL, until INTEGER NOT NULL, calls INTEGER NOT NULL, value BLOB NOT NULL)",
            "CREATE INDEX windows_by_time ON windows (account, size, scope, until)",
            // By their ids, which are as old as they are.
            "CREATE INDEX windows_of_account ON windows (account) WHERE " + OTHER_SCOPES,
            "CREATE INDEX compared_of_account ON windows (account) WHERE " + COMPARED_SCOPES,
            "CREATE TABLE notifications (session INTEGER NOT NULL, account INTEGER NOT NULL, part INTEGER NOT NULL, place INTEGER NOT NULL,"
                    + " received INTEGER NOT NULL, PRIMARY KEY (session, part, place)) WITHOUT ROWID",
            // How much is kept of each account: the oldest of the one with most makes room. Bytes, with those of
            // indexes, are of
            // calls and windows; of windows that are compared, they are apart.
            "CREATE TABLE accounts (hash INTEGER PRIMARY KEY, account TEXT NOT NULL UNIQUE,"
                    + " calls INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0, places INTEGER NOT NULL DEFAULT 0,"
                    + " windows INTEGER NOT NULL DEFAULT 0, compared INTEGER NOT NULL DEFAULT 0)",
            // How many windows of queues, or of extensions, an account has in an hour or a day.
            "CREATE TABLE periods (account TEXT NOT NULL, size TEXT NOT NULL, scope TEXT NOT NULL, start INTEGER NOT NULL,"
                    + " windows INTEGER NOT NULL, PRIMARY KEY (account, size, scope, start)) WITHOUT ROWID",
            "CREATE TRIGGER more AFTER INSERT ON windows BEGIN"
                    + " INSERT OR IGNORE INTO periods VALUES (new.account, new.size, new.scope, new.start, 0);"
                    + " UPDATE periods SET windows = windows + 1 WHERE " + period("new") + "; END",
            "CREATE TRIGGER fewer AFTER DELETE ON windows BEGIN"
                    + " UPDATE periods SET windows = windows - 1 WHERE " + period("old") + ";"
                    + " DELETE FROM periods WHERE " + period("old") + " AND windows = 0; END",
            tally("INSERT ON calls", "calls = calls + 1 WHERE account = new.account"),
            tally("UPDATE OF bytes ON calls", "bytes = bytes + new.bytes - old.bytes WHERE account = new.account"),
            tally("DELETE ON calls", "calls = calls - 1, bytes = bytes - old.bytes WHERE account = old.account"),
            tally("INSERT ON notifications", "places = places + 1 WHERE hash = new.account"),
            tally("DELETE ON notifications", "places = places - 1 WHERE hash = old.account"),
            tally(
                    "INSERT ON windows",
                    "windows = windows + (new.%1$s), bytes = bytes + (new.%1$s) * %3$s, compared = compared + (new.%2$s) * %3$s WHERE account = new.account"),
            tally(
                    "UPDATE OF value ON windows",
                    "bytes = bytes + (new.%1$s) * (%3$s - %4$s), compared = compared + (new.%2$s) * (%3$s - %4$s) WHERE"
                            + " account = new.account"),
            tally(
                    "DELETE ON windows",
                    "windows = windows - (old.%1$s), bytes = bytes - (old.%1$s) * %4$s, compared = compared - (old.%2$s) * %4$s WHERE account = old.account"));

    static final String BY_START = "calls_by_start";
    static final String BY_ACCOUNT = "calls_of_account";

    /** They are made when the store is filled, or full. */
    static final List<String> INDEXES = List.of(
            "CREATE INDEX IF NOT EXISTS " + BY_START + " ON calls (start, account, call)",
            "CREATE INDEX IF NOT EXISTS " + BY_ACCOUNT + " ON calls (account, start)",
            "CREATE INDEX IF NOT EXISTS calls_by_emission ON calls (account, emitted)",
            "CREATE INDEX IF NOT EXISTS notifications_by_receipt ON notifications (account, received)");

    /** The log of changes begins again when nobody reads the older part; if it has become as large, readers are waited for, for a second. */
    static final long LARGEST_LOG = 32L << 20;

    private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** It is then not waited for the next look, nor for those who read for long. */
    private static final int MUCH_TOO_LARGE = 4;

    private static final long READERS_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Those of an account, of 200 threads. */
    private static final int MOST_WAITING = 64;

    /** Longer than somebody may read. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** A common name is looked for in a million calls in three to seven seconds. */
    private static final Duration LONGEST_READ = Duration.ofSeconds(10);

    /** Of a thread that reads much at once. */
    private static final ThreadLocal<Reader> TOGETHER = new ThreadLocal<>();

    private static final Set<SQLiteErrorCode> DAMAGE =
            Set.of(SQLiteErrorCode.SQLITE_CORRUPT, SQLiteErrorCode.SQLITE_NOTADB);

    private final AtomicBoolean isDamaged = new AtomicBoolean();

    /** Why the last change could not be written; null if it was. */
    private volatile @Nullable String fault;

    private final Path log;
    private final Connection writer;

    private final Queue<Reader> readers = new ConcurrentLinkedQueue<>();
    private final Turns turns = new Turns(READERS, READERS - 1, MOST_WAITING, PATIENCE, StoreBusyException::new);
    private final List<Connection> opened = new ArrayList<>();

    /** The log begins again only when nobody reads. */
    private final ReadWriteLock reading = new ReentrantReadWriteLock(true);

    private final ReadingBudget budget;
    private final long largestLog;

    /** For those who read. */
    private volatile long patienceNanos = Long.MAX_VALUE;

    private long checkedAt = System.nanoTime();

    /** Something that asks the database. */
    @FunctionalInterface
    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    private record Reader(Connection connection, ReadingTime time, AtomicBoolean isDamaged) {

        <T> T in(Work<T> work) {
            try {
                return work.in(connection);
            } catch (SQLException e) {
                if (e.getErrorCode() == SQLiteErrorCode.SQLITE_INTERRUPT.code) {
                    throw time.over();
                }
                throw failed(e, isDamaged);
            }
        }
    }

    /** Makes an empty database; one that an earlier start left is deleted. */
    Database(Path directory) {
        this(directory, LONGEST_READ, LARGEST_LOG);
    }

    /** @param longestRead how much of the processor one read may take at most */
    Database(Path directory, Duration longestRead, long largestLog) {
        budget = new ReadingBudget(longestRead.toNanos(), System::nanoTime);
        this.largestLog = largestLog;
        try {
            PrivateFiles.folder(directory);
            Path file = directory.resolve("console.db");
            log = directory.resolve(file.getFileName() + "-wal");
            for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
                Files.deleteIfExists(directory.resolve(file.getFileName() + suffix));
            }
            PrivateFiles.file(file); // SQLite gives the mode of this file to those beside it
            writer = open(file);
            try (Statement statement = writer.createStatement()) {
                for (String table : TABLES) {
                    statement.execute(table);
                }
            }
            writer.setAutoCommit(false);
            for (int i = 0; i < READERS; i++) {
                Connection reader = open(file);
                try (Statement statement = reader.createStatement()) {
                    statement.execute("PRAGMA query_only = ON");
                }
                readers.add(new Reader(reader, ReadingTime.of(reader, () -> patienceNanos), isDamaged));
            }
        } catch (SQLException | IOException e) {
            close();
            throw new StoreException(
                    "The store of the console cannot be made in " + directory + ": " + e.getMessage(), e);
        }
    }

    private static String tally(String change, String set) {
        return "CREATE TRIGGER \"" + change + "\" AFTER " + change + " BEGIN UPDATE accounts SET "
                + set.formatted(OTHER_SCOPES, COMPARED_SCOPES, windowBytes("new"), windowBytes("old")) + "; END";
    }

    private static String windowBytes(String row) {
        return "(100 + octet_length(%1$s.value) + 2 * octet_length(%1$s.key) + octet_length(%1$s.scope_id) + 3 * octet_length(%1$s.account))"
                .formatted(row);
    }

    private static String period(String row) {
        return "account = %1$s.account AND size = %1$s.size AND scope = %1$s.scope AND start = %1$s.start"
                .formatted(row);
    }

    private Connection open(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file, properties());
        opened.add(connection);
        try (Statement statement = connection.createStatement()) {
            for (String pragma : PRAGMAS) {
                statement.execute(pragma);
            }
        }
        return connection;
    }

    /** After each statement, the driver would ask for the keys that it made. */
    private static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("jdbc.get_generated_keys", "false");
        return properties;
    }

    /** Makes the indexes that lists need, unless they are there. */
    void index() {
        Boolean unused = write(connection -> {
            try (Statement statement = connection.createStatement()) {
                for (String index : INDEXES) {
                    statement.execute(index);
                }
            }
            return true;
        });
    }

    /** One transaction, of the one thread that writes. */
    synchronized <T> T write(Work<T> work) {
        try {
            T result = work.in(writer);
            if (fault != null) {
                // What changes nothing needs no room on the disk.
                touch();
            }
            writer.commit();
            fault = null;
            return result;
        } catch (SQLException e) {
            rollback();
            fault = e.getMessage();
            throw failed(e, isDamaged);
        } catch (RuntimeException e) {
            rollback();
            throw e;
        }
    }

    /** Writes something, to see whether it can be. */
    private void touch() throws SQLException {
        try (Statement statement = writer.createStatement()) {
            statement.execute("PRAGMA user_version = 1");
        }
    }

    private void rollback() {
        try {
            writer.rollback();
        } catch (SQLException e) {
            // SQLite ends a transaction by itself when the disk is full, and the driver begins no other.
            beginAgain();
        }
    }

    private void beginAgain() {
        try {
            writer.setAutoCommit(true);
        } catch (SQLException nothingToCommit) {
            // The driver sets it before it fails.
        }
        try {
            writer.setAutoCommit(false);
        } catch (SQLException gone) {
            // The first fault says more.
        }
    }

    /** Writes the log of changes into the file, if it is large. */
    synchronized void checkpoint() {
        try {
            long now = System.nanoTime();
            long size = Files.size(log);
            if (size < largestLog || (size < MUCH_TOO_LARGE * largestLog && now - checkedAt < CHECK_NANOS)) {
                return;
            }
            checkedAt = now;
            // Those who read for long are ended, and may ask again; who asks now waits behind this.
            patienceNanos = READERS_NANOS;
            reading.writeLock().lock();
            try {
                patienceNanos = Long.MAX_VALUE;
                // Not within a transaction.
                writer.setAutoCommit(true);
                try (Statement statement = writer.createStatement()) {
                    statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
                } finally {
                    writer.setAutoCommit(false);
                }
            } finally {
                reading.writeLock().unlock();
            }
        } catch (SQLException e) {
            throw failed(e, isDamaged);
        } catch (IOException notThere) {
            // Nothing has been written.
        }
    }

    /**
     * Beside the writer, when it is the turn of who asks: a text that is searched is compared with every call, and keeps a reader
     * for long.
     *
     * @param scope of who asks
     * @throws StoreBusyException if it is not for long
     * @throws StoreSlowException if it takes too long
     */
    <T> T read(AccountScope scope, Work<T> work) {
        Reader mine = TOGETHER.get();
        return mine == null ? reading(scope, reader -> reader.in(work)) : mine.in(work);
    }

    /** All that is read meanwhile is of one moment, and in one turn. */
    <T> T together(AccountScope scope, Supplier<T> reads) {
        return reading(
                scope,
                reader -> reader.in(connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("BEGIN");
                        TOGETHER.set(reader);
                        try {
                            return reads.get();
                        } finally {
                            TOGETHER.remove();
                            statement.execute("ROLLBACK");
                        }
                    }
                }));
    }

    /**
     * What belongs to a question and reads no store: as long as one may read, and in a turn.
     *
     * @param work runs often what it gets, which ends it when it takes too long
     */
    <T> T beside(AccountScope scope, Function<Runnable, T> work) {
        return reading(scope, reader -> work.apply(reader.time::check));
    }

    /**
     * The same in a turn that who asks already has, of others: it keeps no reader.
     *
     * @param work runs what it gets at each of its steps
     */
    <T> T counted(AccountScope scope, Function<Runnable, T> work) {
        ReadingTime time = new ReadingTime(() -> Long.MAX_VALUE);
        return counted(scope, time, () -> work.apply(time::look));
    }

    private <T> T reading(AccountScope scope, Function<Reader, T> work) {
        return turns.take(scope.accounts(), () -> {
            reading.readLock().lock();
            Reader reader = readers.remove();
            try {
                return counted(scope, reader.time, () -> work.apply(reader));
            } finally {
                readers.add(reader);
                reading.readLock().unlock();
            }
        });
    }

    private <T> T counted(AccountScope scope, ReadingTime time, Supplier<T> work) {
        time.begin(budget.most(scope.accounts()));
        try {
            return work.get();
        } finally {
            budget.took(scope.accounts(), time.taken());
        }
    }

    /** Whether its file is damaged. The next start makes a new one. */
    boolean isDamaged() {
        return isDamaged.get();
    }

    /** Why it cannot be written, such as a full disk; empty as soon as something could be written again. */
    Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    private static StoreException failed(SQLException e, AtomicBoolean isDamaged) {
        if (e instanceof SQLiteException of && DAMAGE.contains(of.getResultCode())) {
            isDamaged.set(true);
        }
        return new StoreException("The store of the console failed: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        patienceNanos = 0;
        for (Connection each : opened) {
            try {
                each.close();
            } catch (SQLException alreadyUnusable) {
                // It is deleted at the next start.
            }
        }
    }
}
