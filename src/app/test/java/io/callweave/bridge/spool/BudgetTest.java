package io.callweave.bridge.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.bridge.DurableSink.Kept;
import io.callweave.bridge.PartitionChoice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BudgetTest {

    private static final long MAX = 100_000;
    private static final long LARGE = 50_000;
    private static final long SMALL = 200;
    private static final int MOST_IN_MEMORY = 3;
    private static final String ONE = "1";

    private final AtomicLong onDisk = new AtomicLong();
    private final Map<String, Long> onDiskOf = new HashMap<>();
    private final Budget budget = budget(0);

    @Test
    void shouldCallItselfFullFromARefusalUntilThereIsRoomForSuchARecord() {
        onDisk.set(MAX - LARGE + 1);
        assertThat(budget.isFull()).isFalse();

        assertThat(budget.take(ONE, LARGE)).isEqualTo(Kept.NO_ROOM);
        assertThat(budget.isFull()).isTrue();

        assertThat(budget.take(ONE, SMALL)).isEqualTo(Kept.KEPT); // there is still room for a small one
        budget.giveBack(ONE, SMALL);
        assertThat(budget.isFull()).isTrue();
        onDisk.set(MAX - LARGE);
        assertThat(budget.isFull()).isFalse();
    }

    @Test
    void shouldSayOfARecordThatIsLargerThanTheSpoolThatItIsTooLarge() {
        assertThat(budget.take(ONE, MAX + 1)).isEqualTo(Kept.TOO_LARGE);

        assertThat(budget.isFull()).isFalse();
    }

    @Test
    void shouldBeBusyAndNotFullWhileTooManyRecordsAreInMemory() {
        for (int i = 0; i < MOST_IN_MEMORY; i++) {
            assertThat(budget.take(ONE, SMALL)).isEqualTo(Kept.KEPT);
        }

        assertThat(budget.take(ONE, SMALL)).isEqualTo(Kept.BUSY);
        assertThat(budget.isFull()).isFalse();

        budget.giveBack(ONE, SMALL);
        assertThat(budget.take(ONE, SMALL)).isEqualTo(Kept.KEPT);
    }

    /** While Kafka was away, one account could fill the disk, and the webhooks of all others were refused. */
    @Test
    void shouldGiveAnAccountHalfOfWhatTheOthersLeave() {
        budget.shareAmong(10);
        holds(ONE, MAX / 2 - SMALL);

        assertThat(budget.take(ONE, SMALL)).isEqualTo(Kept.KEPT);
        budget.giveBack(ONE, SMALL);
        assertThat(budget.take(ONE, SMALL)).isEqualTo(Kept.KEPT);
        assertThat(budget.take(ONE, SMALL)).isEqualTo(Kept.NO_ROOM);
        assertThat(budget.isFull()).isFalse();
        assertThat(budget.take("2", SMALL)).isEqualTo(Kept.KEPT);

        budget.giveBack(ONE, SMALL);
        holds("2", MAX / 4);
        assertThat(budget.take(ONE, SMALL)).isEqualTo(Kept.NO_ROOM);
    }

    @Test
    void shouldGiveAnAccountAtLeastAnEqualPartAndTheOnlyOneAllThereIs() {
        budget.shareAmong(2);
        holds("2", MAX / 2);
        holds(ONE, MAX / 2 - SMALL);
        assertThat(budget.take("2", SMALL)).isEqualTo(Kept.NO_ROOM);
        assertThat(budget.take(ONE, SMALL)).isEqualTo(Kept.KEPT);
        assertThat(budget.isFull()).isTrue();

        budget.giveBack(ONE, SMALL);
        budget.shareAmong(1);
        onDiskOf.put(ONE, MAX - SMALL);
        assertThat(budget.take(ONE, SMALL)).isEqualTo(Kept.KEPT);
    }

    @Test
    void shouldCallItselfFullFromTheStartIfThereIsNoRoomForOneAsLargeAsThoseThatItHas() {
        onDisk.set(MAX - LARGE + 1);
        assertThat(budget(LARGE).isFull()).isTrue();
        assertThat(budget(LARGE - 1).isFull()).isFalse();
    }

    private void holds(String account, long bytes) {
        onDisk.addAndGet(bytes);
        onDiskOf.put(account, bytes);
    }

    private Budget budget(long largest) {
        return new Budget(
                new SpoolSettings(
                        Path.of("unused"),
                        MAX,
                        Duration.ofSeconds(1),
                        MAX,
                        MOST_IN_MEMORY,
                        List.of("topic"),
                        Map.of(),
                        PartitionChoice.BY_KEY),
                onDisk::get,
                account -> onDiskOf.getOrDefault(account, 0L),
                largest);
    }

    /** Requests take, and the thread that keeps them gives back. */
    @Test
    void shouldGetBackAllThatWasTakenBySeveralThreads() {
        Runnable takesAndGivesBack = () -> {
            for (int i = 0; i < 3_000_000; i++) {
                if (budget.take(ONE, SMALL) == Kept.KEPT) {
                    budget.giveBack(ONE, SMALL);
                }
            }
        };

        CompletableFuture.allOf(
                        CompletableFuture.runAsync(takesAndGivesBack), CompletableFuture.runAsync(takesAndGivesBack))
                .join();

        assertThat(budget.records()).isZero();
        assertThat(budget.take(ONE, MAX)).isEqualTo(Kept.KEPT);
    }
}
