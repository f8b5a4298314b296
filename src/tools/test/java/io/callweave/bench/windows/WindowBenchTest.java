package io.callweave.bench.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.bench.windows.WindowBench.Subject;
import io.callweave.metrics.Scope;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowBenchTest {

    private static final CallVolume VOLUME = new CallVolume(60, 20, 2, 3, 30, Duration.ofMinutes(10));

    @TempDir
    private Path directory;

    /** The figures of the scopes must add up, so that the saving without a scope is real. */
    @Test
    void shouldCostTheSameForAScopeWithOrWithoutTheOthers() {
        WindowBench bench = new WindowBench(VOLUME, directory);
        WindowCosts all = bench.costs(Subject.ALL_SCOPES);

        for (Subject subject : Subject.all()) {
            if (subject.left() != null) {
                WindowCosts costs = bench.costs(subject);
                for (Scope scope : Scope.values()) {
                    assertThat(costs.of(scope))
                            .as("%s, %s", scope, subject.label())
                            .isEqualTo(scope == subject.left() ? WindowCosts.Part.NOTHING : all.of(scope));
                }
            }
        }
    }

    @Test
    void shouldCountCallsInAllScopes() {
        WindowBench bench = new WindowBench(VOLUME, directory);

        WindowCosts costs = bench.costs(Subject.ALL_SCOPES);

        assertThat(bench.calls()).isEqualTo(VOLUME.calls());
        assertThat(Scope.values()).allSatisfy(scope -> {
            assertThat(costs.of(scope).updates()).isPositive();
            assertThat(costs.of(scope).stateBytes()).isPositive();
        });
    }

    @Test
    void shouldCostNothingWithoutWindows() {
        WindowCosts costs = new WindowBench(VOLUME, directory).costs(Subject.NO_WINDOWS);

        assertThat(costs.together()).isEqualTo(WindowCosts.Part.NOTHING);
    }
}
