package io.callweave.console.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.access.AccountScope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class DatabaseTest {

    private static final AccountScope CURIOUS = new AccountScope(Set.of("1", "2"));
    private static final AccountScope OTHER = new AccountScope(Set.of("3"));

    /** It reads the store first, as all that it has then. */
    private static final String ENDLESS =
            "WITH RECURSIVE n(x) AS (SELECT count(*) FROM calls UNION ALL SELECT x + 1 FROM n)"
                    + " SELECT count(*) FROM n";

    @TempDir
    private Path directory;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch done = new CountDownLatch(1);

    @AfterEach
    void stop() {
        done.countDown();
        threads.shutdown();
    }

    /** What changes nothing does not show it. */
    @Test
    void shouldHaveAFaultUntilSomethingCanBeWritten() {
        try (Database database = new Database(directory)) {
            Boolean readOnly = database.write(connection -> execute(connection, "PRAGMA query_only = ON"));
            assertThatThrownBy(() -> database.write(connection -> execute(connection, "CREATE TABLE kept (number)")))
                    .isInstanceOf(StoreException.class);

            assertThatThrownBy(() -> database.write(connection -> true)).isInstanceOf(StoreException.class);
            assertThat(database.fault()).isPresent();

            Boolean writable = database.write(connection -> execute(connection, "PRAGMA query_only = OFF"));
            assertThat(database.fault()).isEmpty();
        }
    }

    /** SQLite ends the transaction by itself then. */
    @Test
    void shouldWriteAgainAfterAFullDisk() {
        try (Database database = new Database(directory)) {
            assertThatThrownBy(() -> database.write(connection -> {
                        execute(connection, "ROLLBACK");
                        throw new SQLException("database or disk is full");
                    }))
                    .isInstanceOf(StoreException.class);

            Boolean unused = database.write(connection -> execute(connection, "CREATE TABLE kept (number)"));

            assertThatThrownBy(() -> database.write(connection -> {
                        execute(connection, "INSERT INTO kept VALUES (1)");
                        throw new SQLException("something else");
                    }))
                    .isInstanceOf(StoreException.class);
            Boolean isEmpty = database.read(
                    OTHER,
                    connection -> !connection
                            .createStatement()
                            .executeQuery("SELECT * FROM kept")
                            .next());
            assertThat(isEmpty).isTrue();
        }
    }

    @Test
    void shouldKnowThatItsFileIsDamaged() {
        try (Database database = new Database(directory)) {
            assertThatThrownBy(() -> database.read(OTHER, connection -> {
                        throw new SQLiteException("locked", SQLiteErrorCode.SQLITE_LOCKED);
                    }))
                    .isInstanceOf(StoreException.class);
            assertThat(database.isDamaged()).isFalse();

            assertThatThrownBy(() -> database.read(OTHER, connection -> {
                        throw new SQLiteException("malformed", SQLiteErrorCode.SQLITE_CORRUPT);
                    }))
                    .isInstanceOf(StoreException.class);
            assertThat(database.isDamaged()).isTrue();
        }
    }

    private static boolean execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
        }
    }

    /** Each reads all calls for a text that none has, as often as the console lets one ask. */
    @Test
    void shouldAnswerOneWhileAnotherAsksMuch() throws Exception {
        try (Database database = new Database(directory)) {
            for (int i = 0; i < 8; i++) {
                CompletableFuture.runAsync(
                        () -> database.read(CURIOUS, connection -> {
                            await();
                            return true;
                        }),
                        threads);
            }

            CompletableFuture<String> answer =
                    CompletableFuture.supplyAsync(() -> database.read(OTHER, connection -> "answered"), threads);

            assertThat(answer.get(1, TimeUnit.MINUTES)).isEqualTo("answered");
            done.countDown();
        }
    }

    @Test
    void shouldBeginItsLogAgainWhileSomebodyReadsWithoutABreak() throws Exception {
        long largest = 1 << 20;
        AtomicBoolean stop = new AtomicBoolean();
        try (Database database = new Database(directory, Duration.ofMinutes(1), largest)) {
            for (int i = 0; i < 4; i++) {
                threads.submit(() -> {
                    while (!stop.get()) {
                        assertThatThrownBy(() -> read(database)).isInstanceOf(StoreBusyException.class);
                    }
                });
            }
            try {
                for (int i = 0; i < 20; i++) {
                    write(database, largest);
                    assertThat(Files.size(directory.resolve("console.db-wal"))).isLessThan(6 * largest);
                }
            } finally {
                stop.set(true);
                threads.shutdown();
                // Ends those that read.
                while (!threads.awaitTermination(10, TimeUnit.MILLISECONDS)) {
                    write(database, largest);
                }
            }
        }
    }

    /** Only who keeps the log from beginning again is ended, not who came later. */
    @Test
    void shouldNotEndWhoReadsBrieflyWhileAnotherReadsForLong() throws Exception {
        long largest = 1 << 20;
        try (Database database = new Database(directory, Duration.ofMinutes(1), largest)) {
            CompletableFuture<Boolean> endless = CompletableFuture.supplyAsync(() -> read(database), threads);
            CompletableFuture<?> writing = CompletableFuture.runAsync(
                    () -> {
                        for (int i = 0; i < 20; i++) {
                            write(database, 5 * largest);
                        }
                    },
                    threads);
            do {
                assertThat(database.read(CURIOUS, DatabaseTest::briefly)).isEqualTo("answered");
            } while (!writing.isDone());

            writing.join();
            assertThat(endless).isCompletedExceptionally();
        }
    }

    /** Some ten milliseconds: on a busy machine it takes many times as long, and who reads for a second may be ended. */
    private static String briefly(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement
                    .executeQuery(
                            "WITH RECURSIVE n(x) AS (SELECT count(*) FROM calls UNION ALL SELECT x + 1 FROM n LIMIT 50000)"
                                    + " SELECT 'answered' FROM (SELECT count(*) FROM n)")
                    .getString(1);
        }
    }

    @Test
    void shouldReadAllThatBelongsTogetherOfOneMoment() {
        try (Database database = new Database(directory, Duration.ofMinutes(1), Long.MAX_VALUE)) {
            int changes = database.together(OTHER, () -> {
                int before = bodies(database);
                Integer unused = write(database, "INSERT INTO bodies VALUES (1, x'00')");
                return bodies(database) - before;
            });

            assertThat(changes).isZero();
            assertThat(bodies(database)).isOne();
            done.countDown();
        }
    }

    /** What SQLite sorts in its memory has no bound. */
    @ParameterizedTest
    @ValueSource(strings = {"*", "1", "1,2"})
    void shouldNotSortAllCallsToFindMissedCallers(String accounts) {
        AccountScope scope = new AccountScope(Set.of(accounts.split(",")));
        try (Database database = new Database(directory)) {
            database.index();
            Where where = Where.matching(scope, ListFilter.ALL);

            List<String> plan = database.read(scope, connection -> {
                try (PreparedStatement asking =
                        connection.prepareStatement("EXPLAIN QUERY PLAN " + MissedCallers.sql(connection, where))) {
                    asking.setString(1, " ");
                    where.bind(asking, 1);
                    List<String> steps = new ArrayList<>();
                    try (ResultSet found = asking.executeQuery()) {
                        while (found.next()) {
                            steps.add(found.getString(4));
                        }
                    }
                    return steps;
                }
            });

            assertThat(plan).singleElement().asString().contains("USING INDEX calls_");
        }
    }

    private static int bodies(Database database) {
        return database.read(OTHER, connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeQuery("SELECT count(*) FROM bodies").getInt(1);
            }
        });
    }

    private static void write(Database database, long bytes) {
        Integer unused = write(database, "INSERT OR REPLACE INTO bodies VALUES (1, randomblob(" + bytes + "))");
        database.checkpoint();
    }

    private static Integer write(Database database, String sql) {
        return database.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }

    private static boolean read(Database database) {
        return database.read(OTHER, connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeQuery(ENDLESS).next();
            }
        });
    }

    @Test
    void shouldEndWhatReadsForTooLongAndReadOn() {
        try (Database database = new Database(directory, Duration.ofMillis(50), Long.MAX_VALUE)) {
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> read(database)).isInstanceOf(StoreSlowException.class);
            }

            String answer = database.read(OTHER, connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.executeQuery("SELECT 'answered'").getString(1);
                }
            });
            assertThat(answer).isEqualTo("answered");
        }
    }

    /** Names of the directory are in no table, and may not be looked through for longer. */
    @Test
    void shouldEndWhatIsDoneBesideForTooLong() {
        try (Database database = new Database(directory, Duration.ofMillis(50), Long.MAX_VALUE)) {
            assertThatThrownBy(() -> database.beside(OTHER, pace -> {
                        while (true) {
                            pace.run();
                        }
                    }))
                    .isInstanceOf(StoreSlowException.class);

            String answer = database.beside(OTHER, pace -> "answered");
            assertThat(answer).isEqualTo("answered");
        }
    }

    @Test
    void shouldEndWhatTakesTooLongInATurnOfOthers() {
        try (Database database = new Database(directory, Duration.ofNanos(1), Long.MAX_VALUE)) {
            assertThatThrownBy(() -> database.counted(OTHER, pace -> {
                        pace.run();
                        return "answered";
                    }))
                    .as("at the first step: one can be large")
                    .isInstanceOf(StoreSlowException.class);
        }
    }

    private void await() {
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
