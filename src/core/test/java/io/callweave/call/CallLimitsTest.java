package io.callweave.call;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallLimitsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1, 1, 1, 1, 1, limits.session-events",
        "1, 0, 1, 1, 1, 1, 1, limits.call-sessions",
        "1, 1, 0, 1, 1, 1, 1, limits.call-events",
        "1, 1, 1, 0, 1, 1, 1, limits.call-parties",
        "1, 1, 1, 1, 0, 1, 1, The bytes of a call",
        "1, 1, 1, 1, 1, 0, 1, The bytes of a record",
        "1, 1, 1, 1, 1, 1, 0, The events of a call that is revised less often"
    })
    void shouldRefuseALimitThatLeavesNothing(
            int sessionEvents,
            int callSessions,
            int callEvents,
            int callParties,
            long callBytes,
            int recordBytes,
            int spacedEvents,
            String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CallLimits(
                        sessionEvents, callSessions, callEvents, callParties, callBytes, recordBytes, spacedEvents))
                .withMessage(name + " must be at least 1, not 0.");
    }

    @Test
    void shouldTakeTheSmallestLimits() {
        assertThatCode(() -> new CallLimits(1, 1, 1, 1)).doesNotThrowAnyException();
    }
}
