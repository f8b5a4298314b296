package io.callweave.bench.competitors;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.bench.traffic.CallTemplate;
import io.callweave.bench.traffic.CallTemplates;
import io.callweave.bench.traffic.LiveTraffic;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExpectedCallsTest {

    private final CallTemplates templates = CallTemplates.make();
    private final ExpectedCalls expected = new ExpectedCalls();

    @Test
    void shouldHaveACallForEachSessionOnceAllHaveEnded() {
        LiveTraffic traffic = new LiveTraffic(templates, 3, 1_780_000_000_000L, 200);
        traffic.mixed(3_000, expected);
        assertThat(expected.calls()).hasSizeLessThan((int) traffic.sessions());

        traffic.rest(expected);

        assertThat(expected.calls()).hasSize((int) traffic.sessions());
        assertThat(expected.calls().values())
                .allSatisfy(call -> assertThat(call.account()).startsWith("10000000"))
                .extracting(CallFigures::result)
                .contains("Accepted", "Missed");
    }

    @Test
    void shouldNotForgetACallThatStillRuns() {
        assertThat(Stream.of(templates.linked(), templates.unlinked(), templates.brief())
                        .flatMap(all -> all.stream())
                        .mapToLong(CallTemplate::duration))
                .allMatch(duration -> duration < ExpectedCalls.FORGOTTEN_AFTER);
    }
}
