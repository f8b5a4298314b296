package io.callweave.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.bench.faults.Standstill.Happened;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultScheduleTest {

    private static final Set<Fault.Kind> ALL = EnumSet.allOf(Fault.Kind.class);

    @Test
    void shouldComeOutOfTheSeedAndHaveEachKindOnce() {
        List<Fault> faults = FaultSchedule.of(7, Duration.ofMinutes(15), ALL, 5);

        assertThat(faults).isEqualTo(FaultSchedule.of(7, Duration.ofMinutes(15), ALL, 5));
        assertThat(faults).isNotEqualTo(FaultSchedule.of(8, Duration.ofMinutes(15), ALL, 5));
        assertThat(faults.subList(0, ALL.size())).extracting(Fault::kind).containsExactlyInAnyOrderElementsOf(ALL);
    }

    @Test
    void shouldTakeForAStandstillWhatIsLongerThanTheFault() {
        Fault fault = FaultSchedule.of(1, Duration.ofMinutes(1), ALL, 5).get(0);
        List<Happened> happened = List.of(new Happened(fault, 1_000, 4_000), new Happened(fault, 20_000, 21_000));

        List<Standstill> standstills =
                Standstill.of(happened, Map.of("0-0", List.of(900L, 1_500L, 9_500L, 19_000L, 20_200L)));

        assertThat(standstills).extracting(Standstill::ms).containsExactly(9_500L, 200L);
        assertThat(standstills).extracting(Standstill::beyondMs).containsExactly(6_500L, 0L);
    }
}
