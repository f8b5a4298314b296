package io.callweave.topology.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.metrics.Count;
import io.callweave.metrics.Measures;
import io.callweave.metrics.Scope;
import io.callweave.metrics.WindowKey;
import io.callweave.metrics.WindowSize;
import io.callweave.topology.StoreNames;
import io.callweave.topology.state.StoreKeys;
import io.callweave.topology.state.TestStores;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A day that is gone can begin again only when its windows are no longer on the topic. */
class WindowDaysTest {

    private static final String ACCOUNT = "1";
    private static final long START = 1_772_452_800_000L;
    private static final long DAY = WindowStore.dayOf(START);
    private static final long RETENTION = Duration.ofDays(2).toMillis();

    private final KeyValueStore<Bytes, byte[]> store = TestStores.inMemory(StoreNames.WINDOWS);
    private final WindowTable table = StoredWindows.table(store);
    private final WindowDays days = new WindowDays(store, table, RETENTION);

    /** It drops 1,000 at once. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1_000, 1_001, 2_000})
    void shouldRememberThatADayIsGoneHoweverMuchItHad(int windows) {
        for (int subject = 0; subject < windows; subject++) {
            count(subject);
        }
        days.touch(ACCOUNT, DAY, START);
        assertThat(TestStores.keys(store, StoreKeys.Kind.PAGE)).hasSize(windows);

        long gone = START + 2 * RETENTION;
        process(gone);

        assertThat(TestStores.keys(store, StoreKeys.Kind.PAGE)).isEmpty();
        assertThat(days.isGone(ACCOUNT, DAY)).isTrue();

        process(gone + Duration.ofDays(399).toMillis());
        assertThat(days.isGone(ACCOUNT, DAY)).isTrue();

        process(gone + Duration.ofDays(401).toMillis());
        assertThat(days.isGone(ACCOUNT, DAY)).isFalse();
        assertThat(TestStores.keys(store, StoreKeys.Kind.DAY)).isEmpty();
    }

    /** The windows of one day of an account can belong to two days of the store. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void shouldKeepADayWhileOneBesideItChanges(int beside) {
        days.touch(ACCOUNT, DAY, START);
        days.touch(ACCOUNT, DAY + beside, START + RETENTION);

        process(START + 2 * RETENTION - 1);

        assertThat(days.isGone(ACCOUNT, DAY)).isFalse();
    }

    private void process(long now) {
        while (days.processDue(now, (account, day) -> false)) {
            // until nothing is due
        }
    }

    private void count(int subject) {
        WindowKey key = new WindowKey(ACCOUNT, Scope.EXTENSION, Integer.toString(subject), WindowSize.PT1H, START);
        Window window = table.window(key);
        window.figures.add(new Measures(Set.of(Count.CALLS), Map.of()));
        table.write(window);
        table.flush();
    }
}
