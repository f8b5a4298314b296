package io.callweave.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
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
}
