package io.callweave.call.transfer;

import static io.callweave.call.TestEvent.inbound;
import static io.callweave.call.TestEvent.outbound;
import static io.callweave.call.TestSessions.call;
import static io.callweave.call.TestSessions.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.callweave.call.Call;
import io.callweave.call.TestEvent;
import io.callweave.call.event.Address;
import io.callweave.call.joining.Link;
import io.callweave.call.transfer.NumberSeen.IntroducedBy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    private static final TestEvent CALLER = outbound(1).is("Answered").from("+15550100001");
    private static final TestEvent AGENT = inbound(2).is("Answered");

    @Test
    void shouldListEachNumberOnceAsSent() {
        assertThat(numbers(call(CALLER.to("101"), AGENT.from("+15550100001").to("+1 555 010 0001"))))
                .extracting(NumberSeen::phoneNumber)
                .containsExactly("+15550100001", "101", "+1 555 010 0001");
    }

    @ParameterizedTest
    @CsvSource({"+3351234XXXX", "anonymous", "*67", "*801", "conference", "' '", "5"})
    void shouldKeepWhateverWasSent(String phoneNumber) {
        assertThat(numbers(call(inbound(1).to(phoneNumber))))
                .extracting(NumberSeen::phoneNumber, NumberSeen::introducedBy)
                .containsExactly(tuple(phoneNumber, IntroducedBy.START));
    }

    @Test
    void shouldListAnExtensionWithoutANumber() {
        Call call = call(
                inbound(1).to(new Address(null, "Ann", "62101", "101")),
                inbound(1).to(new Address("101", "Ann", "62101", "101")));

        assertThat(numbers(call))
                .containsExactly(
                        new NumberSeen(null, "62101", "101", "Ann", 0, IntroducedBy.START),
                        new NumberSeen("101", "62101", "101", "Ann", 0, IntroducedBy.START));
    }

    @Test
    void shouldDistinguishANumberFromAnExtensionWithTheSameDigits() {
        Call call = call(inbound(1).to("62101").from(new Address(null, null, "62101", null)));

        assertThat(numbers(call)).hasSize(2);
    }

    @Test
    void shouldNotListAnAddressWithOnlyANameOrAnExtensionNumber() {
        assertThat(numbers(call(inbound(1).to(new Address(null, "Ann", null, "101")))))
                .isEmpty();
    }

    @Test
    void shouldHaveWhatWasSentWithItLast() {
        Call call = call(
                inbound(1).to(new Address("101", "Menu", "62900", null)).at(9_000),
                inbound(1).to(new Address("101", "Ann", "62101", "101")).at(1_000),
                inbound(1).to(new Address("101", null, null, null)).at(5_000));

        assertThat(numbers(call))
                .containsExactly(new NumberSeen("101", "62101", "101", "Ann", 1_000, IntroducedBy.START));
    }

    @Test
    void shouldBeInTheOrderInWhichTheyWereSeen() {
        Call call = call(
                CALLER.to("2").at(500), AGENT.to("3").at(100), AGENT.to("4").at(100));

        assertThat(numbers(call))
                .extracting(NumberSeen::phoneNumber, NumberSeen::firstSeen)
                .containsExactly(tuple("3", 100L), tuple("4", 100L), tuple("+15550100001", 500L), tuple("2", 500L));
    }

    // Inside the first session

    @ParameterizedTest
    @CsvSource({
        "BlindTransfer, BLIND",
        "DtmfTransfer, BLIND",
        "CallFlip, FLIP",
        "CallSwitch, SWITCH",
        "Pickup, PICKUP",
        "CallerInputRedirect, START",
        "CallRedirected, START"
    })
    void shouldBeIntroducedByTheTransferBeforeIt(String reason, IntroducedBy introducedBy) {
        Call call = call(
                CALLER,
                AGENT.to("101").at(100),
                AGENT.is("Disconnected").because(reason).to("101").at(1_000),
                inbound(3).is("Proceeding").to("102").at(1_000));

        assertThat(numbers(call))
                .extracting(NumberSeen::phoneNumber, NumberSeen::introducedBy)
                .containsExactly(
                        tuple("+15550100001", IntroducedBy.START),
                        tuple("101", IntroducedBy.START),
                        tuple("102", introducedBy));
    }

    @Test
    void shouldBeIntroducedByTheLatestTransferNotLater() {
        Call call = call(
                CALLER,
                AGENT,
                AGENT.is("Disconnected").because("BlindTransfer").at(1_000),
                inbound(3).is("Answered").to("103").at(1_999),
                inbound(3).is("Disconnected").because("CallFlip").at(2_000),
                inbound(4).is("Answered").to("104").at(2_001));

        assertThat(numbers(call))
                .extracting(NumberSeen::phoneNumber, NumberSeen::introducedBy)
                .contains(tuple("103", IntroducedBy.BLIND), tuple("104", IntroducedBy.FLIP));
    }

    // In another session

    @ParameterizedTest
    @CsvSource({
        "AttendedTransfer, ATTENDED",
        "Conference, CONFERENCE",
        "Pickup, PICKUP",
        "TakeOver, OTHER",
        "NeverHeardOf, OTHER"
    })
    void shouldBeIntroducedByTheLinkOfItsSession(String reason, IntroducedBy introducedBy) {
        Call call = call(
                session(
                        "a",
                        CALLER.at(0),
                        AGENT.is("Gone").because(reason).peer("b", 1).at(5_000)),
                session(
                        "b",
                        outbound(1)
                                .is("Answered")
                                .from("+15550100001")
                                .to("106")
                                .at(2_000),
                        inbound(2).is("Disconnected").because("BlindTransfer").at(3_000),
                        inbound(3).is("Answered").to("107").at(3_100)));

        assertThat(numbers(call))
                .extracting(NumberSeen::phoneNumber, NumberSeen::introducedBy)
                .containsExactly(
                        tuple("+15550100001", IntroducedBy.START),
                        tuple("106", introducedBy),
                        tuple("107", introducedBy));
    }

    @Test
    void shouldBeIntroducedByTheParkThatItsSessionRetrievedTheCallFrom() {
        Call call = call(
                session(
                        "a",
                        CALLER,
                        AGENT.is("Parked"),
                        AGENT.is("Gone").because("Pickup").peer("b", 2).at(902)),
                session(
                        "b",
                        outbound(1).is("Answered").to("*801").at(800),
                        inbound(2).is("Gone").because("Pickup").peer("a", 2).at(901)));

        assertThat(numbers(call))
                .extracting(NumberSeen::phoneNumber, NumberSeen::introducedBy)
                .contains(tuple("*801", IntroducedBy.PARK));
    }

    /** The second and third session were joined first; the link with the first session came later. */
    @Test
    void shouldBeIntroducedByTheLinkThatLeadsToTheFirstSession() {
        Call call = call(
                session(
                        "a",
                        CALLER.at(0),
                        AGENT.is("Gone")
                                .because("AttendedTransfer")
                                .peer("b", 1)
                                .at(9_000)),
                session(
                        "b",
                        outbound(1).is("Answered").to("106").at(2_000),
                        inbound(2).is("Gone").because("Conference").peer("c", 1).at(5_000)),
                session("c", outbound(1).is("Answered").to("107").at(3_000)));

        assertThat(numbers(call))
                .extracting(NumberSeen::phoneNumber, NumberSeen::introducedBy)
                .contains(tuple("106", IntroducedBy.ATTENDED), tuple("107", IntroducedBy.CONFERENCE));
    }

    @Test
    void shouldFindTheLinkOfASessionThatOnlyAnUnseenOneJoins() {
        Call call = Call.of(
                List.of(
                        session(
                                "a",
                                CALLER.at(0),
                                AGENT.is("Gone")
                                        .because("Conference")
                                        .peer("x", 2)
                                        .at(900)),
                        session(
                                "b",
                                outbound(1)
                                        .is("Gone")
                                        .because("AttendedTransfer")
                                        .peer("x", 3)
                                        .to("106")
                                        .at(950))),
                List.of("s-x"));

        assertThat(numbers(call))
                .extracting(NumberSeen::phoneNumber, NumberSeen::introducedBy)
                .contains(tuple("106", IntroducedBy.ATTENDED));
    }

    @Test
    void shouldBelongToTheFirstSessionIfBothShowItAtOnce() {
        Call call = call(
                session(
                        "b",
                        outbound(1)
                                .is("Gone")
                                .because("AttendedTransfer")
                                .peer("a", 2)
                                .to("101")
                                .at(700)),
                session("a", CALLER.at(0), AGENT.to("101").at(700)));

        assertThat(numbers(call))
                .extracting(NumberSeen::phoneNumber, NumberSeen::introducedBy)
                .contains(tuple("101", IntroducedBy.START));
    }

    private static List<NumberSeen> numbers(Call call) {
        return Numbers.of(call, Link.of(call));
    }
}
