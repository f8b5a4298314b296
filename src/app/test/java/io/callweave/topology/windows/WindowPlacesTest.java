package io.callweave.topology.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.metrics.Count;
import io.callweave.metrics.Distribution;
import io.callweave.metrics.Measures;
import io.callweave.metrics.Scope;
import io.callweave.metrics.WindowKey;
import io.callweave.metrics.WindowSize;
import io.callweave.topology.StoreNames;
import io.callweave.topology.state.TestStores;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** Wherever windows are stored, they hold what was counted. */
class WindowPlacesTest {

    private static final long DAY_START = 1_772_409_600_000L;
    private static final Measures CALL = new Measures(Set.of(Count.CALLS), Map.of());

    /**
     * What comes to a window.
     *
     * @param calls less than zero: so many are taken away, if there are as many
     * @param restart whether the windows are read from the store again before it
     */
    private record Step(WindowKey window, int calls, boolean restart) {}

    @Property(tries = 400)
    void shouldHoldWhatWasCounted(@ForAll("steps") List<Step> steps) {
        KeyValueStore<Bytes, byte[]> store = TestStores.inMemory(StoreNames.WINDOWS);
        WindowTable table = StoredWindows.table(store);
        Map<WindowKey, Long> expected = new HashMap<>();
        for (Step step : steps) {
            if (step.restart()) {
                table = StoredWindows.table(store);
            }
            count(table, step);
            expected.compute(step.window(), (key, before) -> Math.max(0, (before == null ? 0 : before) + step.calls()));

            assertThat(calls(table, step.window())).isEqualTo(expected.get(step.window()));
        }
        WindowTable restarted = StoredWindows.table(store);
        expected.forEach((window, calls) ->
                assertThat(calls(restarted, window)).as("%s", window).isEqualTo(calls));
    }

    private static void count(WindowTable table, Step step) {
        Window window = table.window(step.window());
        for (int i = 0; i < step.calls(); i++) {
            window.figures.add(CALL);
        }
        for (int i = 0; i > step.calls() && window.figures.calls() > 0; i--) {
            window.figures.remove(CALL);
        }
        table.write(window);
        table.flush();
    }

    private static long calls(WindowTable table, WindowKey window) {
        return table.get(window).count(Count.CALLS);
    }

    /** Most windows get few calls; some become large, or lose their calls again. */
    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<WindowKey> windows = Combinators.combine(
                        Arbitraries.of(WindowSize.PT1M, WindowSize.PT15M, WindowSize.PT1H),
                        Arbitraries.integers().between(0, 23))
                .as((size, number) ->
                        new WindowKey("1", Scope.EXTENSION, "7", size, DAY_START + number * size.length()));
        Arbitrary<Integer> calls = Arbitraries.of(1, 1, 1, 1, 2, -1, -2, -100, Distribution.KEPT + 1);
        Arbitrary<Boolean> restarts = Arbitraries.of(true, false, false, false, false);
        return Combinators.combine(windows, calls, restarts)
                .as(Step::new)
                .list()
                .ofMaxSize(120);
    }
}
