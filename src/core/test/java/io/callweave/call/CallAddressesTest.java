package io.callweave.call;

import static io.callweave.call.TestEvent.inbound;
import static io.callweave.call.TestEvent.outbound;
import static io.callweave.call.TestSessions.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.calllog.Leg;
import io.callweave.call.event.Address;
import io.callweave.call.live.LiveCall;
import io.callweave.call.record.CallRecord;
import org.junit.jupiter.api.Test;

/** In a RingOut, the user calls the customer, although RingCentral shows the user's phone the customer as the caller. */
class CallAddressesTest {

    private static final Address USER = new Address("+15550104401", null, null, null);
    private static final Address CUSTOMER = new Address("+15550103301", null, null, null);
    private static final TestEvent INITIATOR = inbound(1)
            .origin("RingOut")
            .extension("101")
            .from(CUSTOMER)
            .to(USER)
            .is("Answered");
    private static final TestEvent TARGET =
            inbound(2).origin("RingOut").from(USER).to(CUSTOMER).is("Answered");

    @Test
    void shouldBeThoseOfTheLowestSequenceInAnyOtherCall() {
        assertIs(call(outbound(1).from(CUSTOMER).to(USER), inbound(2).from("5").to("6")), CUSTOMER, USER, 1);
    }

    @Test
    void shouldBeThoseOfTheTargetOfARingOut() {
        assertIs(call(INITIATOR, TARGET), USER, CUSTOMER, 2);
        assertIs(call(TARGET.ringOutRole("Target"), INITIATOR.ringOutRole("Initiator")), USER, CUSTOMER, 2);
    }

    @Test
    void shouldBeThoseOfTheInitiatorInReverseIfNoTargetWasSeen() {
        assertIs(
                call(
                        inbound(3).origin("RingOut").ringOutRole("Target").is("Gone"),
                        inbound(4).origin("RingOut").is("Answered").because("Supervising"),
                        INITIATOR.ringOutRole("Initiator"),
                        inbound(5).origin("RingOut").ringOutRole("Initiator").is("Answered")),
                USER,
                CUSTOMER,
                1);
    }

    @Test
    void shouldBeAsSentIfNoPartyOfARingOutCanHaveThem() {
        TestEvent bridge = inbound(3)
                .origin("RingOut")
                .ringOutRole("Target")
                .from(CUSTOMER)
                .to(USER);

        assertIs(call(bridge.is("Gone")), CUSTOMER, USER, 3);
    }

    @Test
    void shouldBeTheSameInTheMasterLegAndWhileTheCallGoesOn() {
        Call call = call(INITIATOR, TARGET);

        Leg master = CallRecord.of(call, CallRules.DEFAULT).graph().legs().get(0);
        LiveCall live = LiveCall.of(call);

        assertThat(master.party()).isEqualTo(TestEvent.ref("a", 1));
        assertThat(master.from()).isEqualTo(USER);
        assertThat(master.to()).isEqualTo(CUSTOMER);
        assertThat(live.from()).isEqualTo(USER);
        assertThat(live.to()).isEqualTo(CUSTOMER);
    }

    private static void assertIs(Call call, Address from, Address to, int party) {
        CallRecord record = CallRecord.of(call, CallRules.DEFAULT);
        assertThat(record.from()).isEqualTo(from);
        assertThat(record.to()).isEqualTo(to);
        assertThat(record.people().refs().partyId()).isEqualTo("p-a-" + party);
    }
}
