package io.callweave.call.record;

import static io.callweave.call.TestEvent.inbound;
import static io.callweave.call.TestSessions.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.TestEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallOutcomeTest {

    private static final TestEvent CALLED = inbound(2).extension("101");

    @ParameterizedTest
    @CsvSource({
        "FaxReceive, , fax",
        "Answered, Supervising, monitoring",
        "Answered, , answered",
        "Voicemail, , voicemail",
        "Proceeding, , missed",
    })
    void shouldBeTheFirstThatFitsACall(String status, @Nullable String reason, String outcome) {
        CallRecord call =
                record(CALLED.is(status).because(reason).at(100), CALLED.is("Disconnected").at(900));

        assertThat(CallOutcome.of(call).word()).isEqualTo(outcome);
    }

    @Test
    void shouldHaveAWordEach() {
        assertThat(CallOutcome.words()).hasSameSizeAs(CallOutcome.values()).contains("monitoring", "abandoned");
    }
}
