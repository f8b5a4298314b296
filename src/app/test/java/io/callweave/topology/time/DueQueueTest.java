package io.callweave.topology.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.event.SessionKey;
import io.callweave.topology.StoreNames;
import io.callweave.topology.state.TestStores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DueQueueTest {

    private static final int ALL = 100;

    private TestStores stores;
    private DueQueue queue;

    @BeforeEach
    void open(@TempDir Path directory) {
        stores = new TestStores(directory);
        queue = new DueQueue(stores.get(StoreNames.CALL_DUE));
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void shouldGiveWhatIsDueInTheOrderOfTime() {
        add(30, "s-c");
        add(10, "s-b");
        add(20, "s-a");
        add(31, "s-d");

        assertThat(take(30, ALL)).containsExactly("10 s-b", "20 s-a", "30 s-c");
        assertThat(take(30, ALL)).isEmpty();
        assertThat(take(31, ALL)).containsExactly("31 s-d");
    }

    @Test
    void shouldGiveNoMoreThanAskedForAndTheRestLater() {
        add(10, "s-a");
        add(10, "s-b");
        add(10, "s-c");
        add(20, "s-d");

        assertThat(take(50, 2)).containsExactly("10 s-a", "10 s-b");
        assertThat(take(50, 2)).containsExactly("10 s-c", "20 s-d");
        assertThat(take(50, 2)).isEmpty();
    }

    @Test
    void shouldTakeInWhatIsDueBeforeTheTimeHandledLast() {
        add(10, "s-a");
        assertThat(take(100, ALL)).hasSize(1);

        add(50, "s-b");
        add(100, "s-c");

        assertThat(take(100, ALL)).containsExactly("50 s-b", "100 s-c");
    }

    @Test
    void shouldGiveNothingWhileTimeStandsBeforeWhatWasHandled() {
        add(10, "s-a");
        assertThat(take(20, ALL)).hasSize(1);

        assertThat(take(15, ALL)).isEmpty();
        assertThat(take(Long.MIN_VALUE, ALL)).isEmpty();
    }

    @Test
    void shouldKeepTheSameTimeOfASessionOnce() {
        add(10, "s-a");
        add(10, "s-a");

        assertThat(take(10, ALL)).containsExactly("10 s-a");
    }

    @Test
    void shouldGiveEverythingAtTheEndOfTime() {
        add(10, "s-a");
        add(Long.MAX_VALUE - 1, "s-b");

        assertThat(take(Long.MAX_VALUE, ALL)).containsExactly("10 s-a", (Long.MAX_VALUE - 1) + " s-b");
    }

    @Test
    void shouldKnowAfterARestartWhatIsStillDue() {
        add(10, "s-a");
        add(20, "s-b");
        assertThat(take(10, ALL)).hasSize(1);

        queue = new DueQueue(stores.reopen(StoreNames.CALL_DUE));

        assertThat(take(20, ALL)).containsExactly("20 s-b");
    }

    private void add(long time, String session) {
        queue.add(time, new SessionKey("1", session));
    }

    private static StepLimits.Budget budget(int entries) {
        return new StepLimits(entries, Duration.ofMillis(1), () -> 0).begin();
    }

    private List<String> take(long now, int limit) {
        List<DueQueue.Due> taken = new ArrayList<>();
        queue.processDue(now, budget(limit), taken::add);
        return taken.stream()
                .map(due -> due.time() + " " + due.key().telephonySessionId())
                .toList();
    }

    @Test
    void shouldTakeWhatIsAddedOnTheWayInItsTurn() {
        List<String> worked = new ArrayList<>();
        add(10, "s-a");
        add(40, "s-b");

        boolean more = queue.processDue(50, budget(ALL), entry -> {
            worked.add(entry.time() + " " + entry.key().telephonySessionId());
            if (entry.time() == 10) {
                add(20, "s-late");
                add(60, "s-later");
            }
        });

        assertThat(worked).containsExactly("10 s-a", "20 s-late", "40 s-b");
        assertThat(more).isFalse();
        assertThat(take(60, ALL)).containsExactly("60 s-later");
    }
}
