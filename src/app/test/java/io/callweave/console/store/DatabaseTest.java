package io.callweave.console.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.access.AccountScope;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {

    private static final AccountScope CURIOUS = new AccountScope(Set.of("1", "2"));
    private static final AccountScope OTHER = new AccountScope(Set.of("3"));

    @TempDir
    private Path directory;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch done = new CountDownLatch(1);

    @AfterEach
    void stop() {
        done.countDown();
        threads.shutdown();
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
    void shouldEndWhatReadsForTooLongAndReadOn() {
        String endless = "WITH RECURSIVE n(x) AS (VALUES(1) UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n";
        try (Database database = new Database(directory, Duration.ofMillis(50))) {
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> database.read(OTHER, connection -> {
                            try (Statement statement = connection.createStatement()) {
                                return statement.executeQuery(endless).next();
                            }
                        }))
                        .isInstanceOf(StoreSlowException.class);
            }

            String answer = database.read(OTHER, connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.executeQuery("SELECT 'answered'").getString(1);
                }
            });
            assertThat(answer).isEqualTo("answered");
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
