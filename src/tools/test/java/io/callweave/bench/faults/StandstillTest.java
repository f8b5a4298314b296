package io.callweave.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.bench.faults.Standstill.Happened;
import io.callweave.bench.faults.Standstill.Wait;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StandstillTest {

    private static final Happened KILLED = happened(Fault.Kind.STREAMS_KILLED, 100_000, 104_000, Set.of("0-0"));
    private static final Happened PAUSED = happened(Fault.Kind.DELIVER_PAUSED, 120_000, 121_000, Set.of());

    @Test
    void shouldTellTheLongestWaitOfEachFaultOnEachWay() {
        List<Wait> waits = List.of(
                new Wait("0-0", 99_000, 101_000),
                new Wait("0-0", 101_000, 110_500),
                new Wait("0-1", 101_000, 101_500),
                new Wait("0-0", 119_000, 120_200));

        List<Standstill> standstills = Standstill.of(List.of(KILLED, PAUSED), waits);

        assertThat(standstills)
                .containsExactly(
                        new Standstill(KILLED.fault(), "0-0", true, 9_500, 5_500),
                        new Standstill(KILLED.fault(), "0-1", false, 500, 0),
                        new Standstill(PAUSED.fault(), "0-0", false, 200, 0));
    }

    @Test
    void shouldFindAWayThatStandsStillAlthoughNoFaultHitIt() {
        Wait hit = new Wait("0-0", 101_000, 120_000);
        Wait other = new Wait("0-1", 101_000, 120_000);
        Wait longAfter = new Wait("0-0", 140_000, 149_000);

        List<Wait> unexplained = Standstill.unexplained(
                List.of(KILLED, PAUSED), List.of(hit, other, longAfter, new Wait("0-1", 101_000, 105_000)), 1);

        assertThat(unexplained).containsExactly(other, longAfter);
    }

    @Test
    void shouldHaveMorePatienceOnABusyMachine() {
        List<Wait> waits = List.of(new Wait("0-1", 101_000, 110_000), new Wait("0-1", 101_000, 120_000));

        List<Wait> unexplained = Standstill.unexplained(List.of(KILLED), waits, 8);

        assertThat(unexplained).containsExactly(waits.get(1));
    }

    private static Happened happened(Fault.Kind kind, long began, long ended, Set<String> hit) {
        return new Happened(
                new Fault(Duration.ofMillis(began), kind, 0, Duration.ofMillis(ended - began)), began, ended, hit);
    }
}
