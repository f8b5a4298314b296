package io.callweave.console.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.access.AccountScope;
import io.callweave.record.RecordedCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that gets more than it may keep. */
class StoreRetentionTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AccountScope ALL = AccountScope.OPERATOR;
    private static final long LIMIT = 4L << 20;

    /** A transaction is written before there is room for it. */
    private static final long SLACK = 1L << 20;

    private static final int CALLS_AT_ONCE = 100;
    private static final int PLACES_OF_A_CALL = 10;

    @TempDir
    private Path folder;

    private final Random random = new Random(1);
    private CallStore store;
    private int calls;
    private long written;

    @BeforeEach
    void open() {
        store = new CallStore(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void shouldStayBelowItsLimitHoweverMuchIsWritten() throws Exception {
        store.filled();
        while (written < 3 * LIMIT) {
            write();
            assertThat(file()).isLessThan(LIMIT + SLACK);
        }

        assertThat(store.usedBytes()).isLessThanOrEqualTo(LIMIT).isGreaterThan(LIMIT / 2);
        assertThat(find(calls - 1)).as("the newest").isTrue();
        assertThat(find(0)).as("the oldest").isFalse();
        int oldest = calls - (int) store.size(ALL);
        assertThat(find(oldest)).as("those between").isTrue();
        assertThat(find(oldest - 1)).isFalse();
        assertThat(store.notifications("1", List.of("s-" + (calls - 1)), 99)).hasSize(PLACES_OF_A_CALL);
        assertThat(store.notifications("1", List.of("s-" + oldest / 2), 99)).isEmpty();
    }

    @Test
    void shouldStayBelowItsLimitWhileItIsBeingFilled() throws Exception {
        while (written < 2 * LIMIT) {
            write();
        }

        assertThat(file()).isLessThan(LIMIT + SLACK);
        assertThat(find(calls - 1)).isTrue();
    }

    @Test
    void shouldMakeRoomIfThereAreNoCalls() {
        for (int i = 0; i < 60; i++) {
            int first = i * 2_000;
            Integer unused = store.write(batch -> {
                for (int j = first; j < first + 2_000; j++) {
                    batch.putNotification(new NotificationPlace("1", "s-" + j, 0, j, j));
                    if (j % 10 == 0) {
                        batch.putWindow(window("1", "account", j));
                        batch.putWindow(window("1", "queue", j));
                    }
                }
                return batch.makeRoom(LIMIT);
            });
        }

        assertThat(store.usedBytes()).isLessThanOrEqualTo(LIMIT);
        assertThat(store.notifications("1", List.of("s-119999"), 9)).hasSize(1);
    }

    private static StoredWindow window(String account, String scope, int until) {
        return new StoredWindow(
                account + scope + until, account, scope, "x", "PT1H", until - 1L, until, 1, new byte[500]);
    }

    @Test
    void shouldForgetManyInSeveralSteps() {
        store.filled();
        Boolean unused = store.write(batch -> {
            for (int i = 0; i < StoreRetention.MOST_AT_ONCE + 100; i++) {
                batch.put(StoredCall.of(RecordedCall.of(call(i)), new byte[1], 1));
            }
            return true;
        });

        assertThat(expire(2, Long.MAX_VALUE)).isTrue();
        assertThat(store.size(ALL)).isEqualTo(100);
        assertThat(expire(2, Long.MAX_VALUE)).isFalse();
        assertThat(store.size(ALL)).isZero();
    }

    @Test
    void shouldKeepTheCallsOfAnAccountWhileAnotherHasMore() {
        store.filled();
        put("2", 0, 100, 1);
        put("1", 100, 2_600, 1);
        put("3", 2_600, 2_800, 1);

        assertThat(expire(0, 500)).isFalse();

        assertThat(size("2")).isEqualTo(100);
        assertThat(size("1")).isEqualTo(200);
        assertThat(size("3")).isEqualTo(200);
        assertThat(find(2_400)).as("the newest of the one with most").isTrue();
        assertThat(find(2_399)).isFalse();
    }

    @Test
    void shouldKeepWhatAnAccountHasWhileAnotherFillsTheFile() throws Exception {
        store.filled();
        put("2", 0, 100, 1);
        Boolean unused = store.write(batch -> {
            batch.putNotification(new NotificationPlace("2", "s-of-2", 0, 1, 1));
            batch.putWindow(window("2", "extension", 1));
            batch.putWindow(window("2", "account", 1));
            return true;
        });
        int sessions = 0;
        for (calls = 100; written < 3 * LIMIT; ) {
            write();
            int first = sessions;
            sessions += 500;
            unused = store.write(batch -> {
                for (int i = first; i < first + 500; i++) {
                    batch.putNotification(new NotificationPlace("3", "x-" + i, 0, i, i));
                    batch.putWindow(window("4", i % 2 == 0 ? "queue" : "extension", 10 + i));
                }
                return batch.makeRoom(LIMIT) >= 0;
            });
            assertThat(store.usedBytes()).isLessThanOrEqualTo(LIMIT);
        }

        assertThat(size("2")).isEqualTo(100);
        assertThat(store.notifications("2", List.of("s-of-2"), 9)).hasSize(1);
        for (String scope : List.of("extension", "account")) {
            assertThat(store.windows()
                            .page(ALL, new WindowQueries.Asked("2", "PT1H", scope, null, null, null), 9, null)
                            .values())
                    .hasSize(1);
        }
    }

    /** Nothing that a tenant can make long is stored without being counted: else it would push out what others have. */
    @ParameterizedTest
    @ValueSource(strings = {"names", "ids", "queues", "revisions", "windows", "long windows", "queue windows"})
    void shouldKeepWhatAnAccountHasWhileAnotherSendsWhatIsLong(String what) {
        store.filled();
        put("2", 0, 2_000, 1);
        long before = store.usedBytes();
        assertThat(before).as("less than its half").isBetween(LIMIT / 8, LIMIT / 3);

        for (int i = 0; i < 60; i++) {
            int number = 10_000 + 20 * i;
            Boolean unused = store.write(batch -> {
                for (int j = number; j < number + 20; j++) {
                    putLong(batch, what, j);
                }
                return batch.makeRoom(LIMIT) >= 0;
            });
        }

        assertThat(size("2")).isEqualTo(2_000);
        assertThat(store.usedBytes()).isLessThanOrEqualTo(LIMIT);
    }

    /** Those of an hour and of a day come together, and are over at different times. */
    @Test
    void shouldHoldTheQueuesOfAnAccountToTheirShareWhileThereIsRoomAndAfterwards() {
        store.filled();
        long limit = 2 * LIMIT;
        put("2", 0, 14_000, 1);
        assertThat(store.usedBytes()).as("less than its half").isBetween(limit / 4, limit * 2 / 5);

        for (int i = 0; i < 60; i++) {
            int first = i * 500;
            Boolean unused = store.write(batch -> {
                for (int j = first; j < first + 500; j++) {
                    batch.putWindow(queue(j, "PT1H", 3_600));
                    batch.putWindow(queue(j, "P1D", 86_400));
                }
                return batch.makeRoom(limit) >= 0;
            });
            assertThat(store.usedBytes()).isLessThan(limit * 4 / 5);
        }

        assertThat(size("2")).isEqualTo(14_000);
    }

    private static StoredWindow queue(int id, String size, long until) {
        String key = "3/queue/" + id + "/" + size;
        return new StoredWindow(key, "3", "queue", "q" + id, size, 1, until, 1, new byte[1_800]);
    }

    private void putLong(StoreBatch batch, String what, int number) throws SQLException {
        String text = "7".repeat(980) + number;
        ObjectNode call = call(number).put("accountId", "3").put("noise", "");
        switch (what) {
            case "names" -> {
                for (int i = 0; i < 50; i++) {
                    call.withArray("numbers")
                            .addObject()
                            .put("extensionId", text.substring(890) + i)
                            .put("name", text + i)
                            .put("firstSeen", "2026-03-02T09:00:00.000Z")
                            .put("introducedBy", "start");
                }
            }
            case "ids" -> call.put("callId", "\u5f00".repeat(980) + number).put("accountId", "\u5f00".repeat(980));
            case "queues" -> {
                for (int i = 0; i < 500; i++) {
                    call.withArray("queues")
                            .addObject()
                            .put("queueExtensionId", text.substring(950) + i)
                            .put("enterTime", "2026-03-02T09:00:00.000Z")
                            .put("leaveTime", "2026-03-02T09:00:01.000Z")
                            .put("outcome", "abandoned");
                }
            }
            case "revisions" -> {
                for (int i = 2; i < 7; i++) {
                    ObjectNode older = call.deepCopy().put("revision", i - 1);
                    byte[] noise = new byte[5_000];
                    random.nextBytes(noise);
                    batch.put(StoredCall.of(RecordedCall.of(older), noise, number));
                }
                call.put("revision", 7);
            }
            case "windows", "queue windows" -> {
                String scope = what.equals("windows") ? "extension" : "queue";
                for (int i = 0; i < 50; i++) {
                    String id = text.substring(890) + i;
                    batch.putWindow(new StoredWindow(
                            "3/" + scope + "/" + id, "3", scope, id, "P1D", 1, number, 1, new byte[4_000]));
                }
            }
            default -> {
                for (int i = 0; i < 50; i++) {
                    String id = text + i;
                    batch.putWindow(new StoredWindow(
                            "3/extension/" + id, "3", "extension", id, "P1D", 1, number, 1, new byte[2_000]));
                }
            }
        }
        batch.put(StoredCall.of(RecordedCall.of(call), new byte[1], number));
    }

    private void put(String account, int from, int to, long emitted) {
        Boolean unused = store.write(batch -> {
            for (int i = from; i < to; i++) {
                ObjectNode call = call(i).put("accountId", account);
                batch.put(StoredCall.of(RecordedCall.of(call), new byte[1], emitted + i));
            }
            return true;
        });
    }

    private long size(String account) {
        return store.size(new AccountScope(Set.of(account)));
    }

    private boolean expire(long before, long mostCalls) {
        return store.write(batch -> batch.expire(before, before, mostCalls));
    }

    @Test
    @Timeout(120) // stops a test that hangs
    void shouldGiveRoomBackWhileOthersRead() throws Exception {
        for (int i = 0; i < 20; i++) {
            write();
        }
        store.filled();
        long before = store.usedBytes();
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService others = Executors.newSingleThreadExecutor();
        Future<?> reading = others.submit(() -> {
            while (!stop.get()) {
                assertThat(store.size(ALL)).isPositive();
            }
        });
        Boolean unused = store.write(batch -> batch.expire(calls - 100L, calls - 100L, Long.MAX_VALUE));
        assertThat(store.size(ALL)).isEqualTo(100);

        for (int i = 0; i < 1_000; i++) {
            store.shrink();
        }
        stop.set(true);
        reading.get();
        others.shutdown();

        assertThat(store.usedBytes()).isLessThan(before / 4);
        store.close();
        // Less than a step of pages may stay free.
        assertThat(file()).as("once the log of changes is in it").isLessThan(before / 3);
    }

    /** As the feed does it. */
    private void write() {
        Integer unused = store.write(batch -> {
            for (int i = 0; i < CALLS_AT_ONCE; i++, calls++) {
                ObjectNode made = call(calls);
                byte[] record = made.toString().getBytes(StandardCharsets.UTF_8);
                StoredCall call = StoredCall.of(RecordedCall.of(made), record, calls);
                batch.put(call);
                written += call.packed().length;
                for (int j = 0; j < PLACES_OF_A_CALL; j++) {
                    batch.putNotification(new NotificationPlace("1", "s-" + calls, 0, calls * 10L + j, calls));
                }
            }
            return batch.makeRoom(LIMIT);
        });
        store.shrink();
    }

    private boolean find(int call) {
        return store.find(ALL, "1", "call-" + call).isPresent();
    }

    private long file() throws IOException {
        return Files.size(folder.resolve("console.db"));
    }

    private ObjectNode call(int number) {
        ObjectNode call = JSON.createObjectNode()
                .put("accountId", "1")
                .put("callId", "call-" + number)
                .put("revision", 1)
                .put("status", "complete")
                .put("type", "Voice")
                .put("direction", "Outbound")
                .put("action", "Phone Call")
                .put("result", "Missed")
                .put("startTime", "2026-03-02T09:00:00.000Z")
                .put("endTime", "2026-03-02T09:01:00.000Z");
        List<Integer> noise = new ArrayList<>();
        random.ints(200).forEach(noise::add);
        call.put("noise", noise.toString());
        return call;
    }
}
