package io.callweave.call.record;

import static io.callweave.call.TestEvent.inbound;
import static io.callweave.call.TestEvent.outbound;
import static io.callweave.call.TestSessions.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.TestEvent;
import io.callweave.call.event.Address;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who calls: RingCentral puts the queue's name before the caller's, in {@code from.name} of the agents whom a queue rings. */
class CallerNameTest {

    private static final TestEvent DANA = inbound(1)
            .extension("103")
            .to(new Address("+15550100900", "Sales", "900", null))
            .queueCall(true);

    @ParameterizedTest
    @CsvSource({"Sales - WIRELESS CALLER, WIRELESS CALLER", "Sales - 15550100001, "})
    void shouldTakeWhatPhonesShowInPlaceOfTheNameThatWasSentWithIt(String sent, @Nullable String shown) {
        CallRecord call = record(
                DANA.from(from(sent)).shows("Sales", shown).is("Proceeding"),
                DANA.from(from(sent)).is("Answered"));

        assertThat(call.people().callerName()).isEqualTo(shown);
        assertThat(call.from()).isEqualTo(from(sent));
    }

    @Test
    void shouldPreferANameThatCameWithoutAQueue() {
        CallRecord call = record(
                outbound(1).from(from("Ann Lee")),
                inbound(2)
                        .extension("103")
                        .from(from("Sales - ANN"))
                        .shows("Sales", "ANN")
                        .is("Proceeding"));

        assertThat(call.people().callerName()).isEqualTo("Ann Lee");
    }

    @Test
    void shouldTakeTheLastNameThatPhonesShow() {
        CallRecord call = record(
                DANA.from(from("Sales - ANN")).shows("Sales", "ANN").is("Proceeding"),
                DANA.from(from("Sales - Ann Lee")).shows("Sales", "Ann Lee").is("Answered"),
                DANA.is("Disconnected"));

        assertThat(call.people().callerName()).isEqualTo("Ann Lee");
    }

    /** With an account's subscription, the caller's own party comes first, and it has no name. */
    @Test
    void shouldTakeTheNameThatPhonesShowIfTheCallersPartyHasNone() {
        CallRecord call = record(
                outbound(1).from("+15550100001"),
                inbound(2).extension("103").shows("Sales", "ANN").is("Proceeding"));

        assertThat(call.people().callerName()).isEqualTo("ANN");
    }

    @Test
    void shouldKeepANameThatNoQueueStandsBefore() {
        assertThat(record(DANA.from(from("Sales - Ann"))).people().callerName()).isEqualTo("Sales - Ann");
        assertThat(record(DANA).people().callerName()).isNull();
        assertThat(record(DANA.from("+15550100001")).people().callerName()).isNull();
    }

    @Test
    void shouldNameAQueueAsPhonesShowItIfItHasNoOtherName() {
        Address unnamed = new Address("+15550100900", null, "900", null);

        assertThat(record(DANA.to(unnamed).shows("Sales line", null).is("Proceeding"))
                        .queues())
                .extracting(QueueVisit::name)
                .containsExactly("Sales line");
        assertThat(record(DANA.shows("Sales line", null).is("Proceeding")).queues())
                .extracting(QueueVisit::name)
                .containsExactly("Sales");
    }

    private static Address from(String name) {
        return new Address("+15550100001", name, null, null);
    }
}
