package io.callweave.topology.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.metrics.Count;
import io.callweave.metrics.Distribution;
import io.callweave.metrics.Figure;
import io.callweave.metrics.Measures;
import io.callweave.metrics.Scope;
import io.callweave.metrics.WindowKey;
import io.callweave.metrics.WindowSize;
import io.callweave.topology.StoreNames;
import io.callweave.topology.state.StoreKeys;
import io.callweave.topology.state.TestStores;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/** Each window is in one place of the store, and found there, whether it is in memory or not. */
class WindowTableTest {

    private static final long START = 1_772_452_800_000L;

    /** More pages than stay in memory. */
    private static final int SUBJECTS = 5_000;

    /** More windows than stay together, and than stay in memory. */
    private static final int MINUTES = 100;

    private final KeyValueStore<Bytes, byte[]> store = TestStores.inMemory(StoreNames.WINDOWS);
    private WindowTable table = StoredWindows.table(store);

    @Test
    void shouldFindTheWindowsOfManySubjects() {
        for (int round = 1; round <= 2; round++) {
            for (int subject = 0; subject < SUBJECTS; subject++) {
                count(hour(subject));
            }
        }

        for (int subject = 0; subject < SUBJECTS; subject++) {
            assertThat(table.get(hour(subject)).count(Count.CALLS)).isEqualTo(2);
        }
        assertThat(entries(StoreKeys.Kind.PAGE)).isEqualTo(SUBJECTS);
        assertThat(entries(StoreKeys.Kind.WINDOW)).isZero();
    }

    @Test
    void shouldFindWindowsAgainAfterOthersWereForgotten() {
        for (int round = 1; round <= 3; round++) {
            for (int minute = 0; minute < MINUTES; minute++) {
                count(minute(minute));
                count(minute(0));
            }
        }

        for (int minute = 1; minute < MINUTES; minute++) {
            assertThat(table.get(minute(minute)).count(Count.CALLS)).isEqualTo(3);
        }
        assertThat(table.get(minute(0)).count(Count.CALLS)).isEqualTo(3 * (MINUTES + 1));
    }

    @Test
    void shouldFindTheManyWindowsOfOneDay() {
        for (int round = 1; round <= 2; round++) {
            for (int minute = 0; minute < MINUTES; minute++) {
                count(minute(minute));
            }
            table = StoredWindows.table(store);
        }

        for (int minute = 0; minute < MINUTES; minute++) {
            assertThat(table.get(minute(minute)).count(Count.CALLS)).isEqualTo(2);
        }
        assertThat(entries(StoreKeys.Kind.PAGE)).isEqualTo(1);
        assertThat(entries(StoreKeys.Kind.WINDOW)).isBetween(1, MINUTES - 1);
    }

    @Test
    void shouldStoreALargeWindowAlone() {
        for (int call = 0; call <= Distribution.KEPT; call++) {
            assertThat(entries(StoreKeys.Kind.WINDOW)).isZero();
            count(hour(1));
        }

        assertThat(entries(StoreKeys.Kind.WINDOW)).isEqualTo(1);
        assertThat(StoredWindows.of(store, hour(1)).count(Count.CALLS)).isEqualTo(Distribution.KEPT + 1);
    }

    @Test
    void shouldLeaveNothingOfAnEmptyPage() {
        count(hour(1));

        Window window = table.window(hour(1));
        window.figures.remove(call());
        table.write(window);
        table.flush();

        assertThat(entries(StoreKeys.Kind.PAGE)).isZero();
    }

    private void count(WindowKey key) {
        Window window = table.window(key);
        window.figures.add(call());
        table.write(window);
        table.flush();
    }

    private static Measures call() {
        return new Measures(Set.of(Count.CALLS, Count.MISSED), Map.of(Figure.DURATION, 700L));
    }

    private static WindowKey hour(int subject) {
        return new WindowKey("1", Scope.EXTENSION, Integer.toString(subject), WindowSize.PT1H, START);
    }

    private static WindowKey minute(int minute) {
        return new WindowKey("1", Scope.EXTENSION, "7", WindowSize.PT1M, START + minute * 60_000L);
    }

    private int entries(StoreKeys.Kind kind) {
        return TestStores.keys(store, kind).size();
    }
}
