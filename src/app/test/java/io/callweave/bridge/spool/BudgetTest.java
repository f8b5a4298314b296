package io.callweave.bridge.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.bridge.DurableSink.Kept;
import io.callweave.bridge.PartitionChoice;
import java.nio.file.Path;
import java.time.Duration;
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

    private final AtomicLong onDisk = new AtomicLong();
    private final Budget budget = new Budget(
            new SpoolSettings(
                    Path.of("unused"),
                    MAX,
                    Duration.ofSeconds(1),
                    MAX,
                    MOST_IN_MEMORY,
                    List.of("topic"),
                    Map.of(),
                    PartitionChoice.BY_KEY),
            onDisk::get);

    @Test
    void shouldCallItselfFullFromARefusalUntilThereIsRoomForSuchARecord() {
        onDisk.set(MAX - LARGE + 1);
        assertThat(budget.isFull()).isFalse();

        assertThat(budget.take(LARGE)).isEqualTo(Kept.NO_ROOM);
        assertThat(budget.isFull()).isTrue();

        assertThat(budget.take(SMALL)).isEqualTo(Kept.KEPT); // what finds room is taken all the same
        budget.giveBack(SMALL);
        assertThat(budget.isFull()).isTrue();
        onDisk.set(MAX - LARGE);
        assertThat(budget.isFull()).isFalse();
    }

    @Test
    void shouldSayOfARecordThatIsLargerThanTheSpoolThatItIsTooLarge() {
        assertThat(budget.take(MAX + 1)).isEqualTo(Kept.TOO_LARGE);

        assertThat(budget.isFull()).isFalse();
    }

    @Test
    void shouldBeBusyAndNotFullWhileTooManyRecordsAreInMemory() {
        for (int i = 0; i < MOST_IN_MEMORY; i++) {
            assertThat(budget.take(SMALL)).isEqualTo(Kept.KEPT);
        }

        assertThat(budget.take(SMALL)).isEqualTo(Kept.BUSY);
        assertThat(budget.isFull()).isFalse();

        budget.giveBack(SMALL);
        assertThat(budget.take(SMALL)).isEqualTo(Kept.KEPT);
    }

    /** Requests take, and the thread that keeps them gives back. */
    @Test
    void shouldGetBackAllThatWasTakenBySeveralThreads() {
        Runnable takesAndGivesBack = () -> {
            for (int i = 0; i < 3_000_000; i++) {
                if (budget.take(SMALL) == Kept.KEPT) {
                    budget.giveBack(SMALL);
                }
            }
        };

        CompletableFuture.allOf(
                        CompletableFuture.runAsync(takesAndGivesBack), CompletableFuture.runAsync(takesAndGivesBack))
                .join();

        assertThat(budget.records()).isZero();
        assertThat(budget.take(MAX)).isEqualTo(Kept.KEPT);
    }
}
