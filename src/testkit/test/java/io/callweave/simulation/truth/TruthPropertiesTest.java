package io.callweave.simulation.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.simulation.delivery.DeliveryFaults;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.WireJson;
import io.callweave.testcalls.Arrived;
import io.callweave.testcalls.Assembled;
import io.callweave.testcalls.CallDomain;
import io.callweave.testcalls.PhoneCalls;
import io.callweave.testcalls.Truth;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** The truth from the script agrees with the core's record of the notifications. */
@Domain(CallDomain.class)
@Domain(DomainContext.Global.class)
class TruthPropertiesTest {

    private static final int MOST_CALLS = 6;
    private static final DeliveryFaults BAD = DeliveryFaults.parse("shuffled=5s,duplicated=5%,late=1%");
    private static final DeliveryFaults LOSSY = DeliveryFaults.parse("shuffled=5s,duplicated=5%,dropped=4%,late=1%");

    @Property(tries = 300)
    void shouldAgreeWithTheCoreForRandomCalls(@ForAll PhoneCalls calls) {
        assertAgree(calls);
    }

    /** A simulated day has some of these forms once in hundreds of calls. */
    @Property(tries = 300)
    void shouldAgreeWithTheCoreForRandomCallsInAnyForm(@ForAll("inAnyForm") PhoneCalls calls) {
        assertAgree(calls);
    }

    @Provide
    Arbitrary<PhoneCalls> inAnyForm() {
        return PhoneCalls.inAnyForm(MOST_CALLS);
    }

    private static void assertAgree(PhoneCalls calls) {
        Truth truth = Truth.ofCalls(
                calls.calls().stream().flatMap(call -> call.truths().stream()).toList());
        List<String> lines =
                calls.calls().stream().flatMap(call -> call.lines().stream()).toList();

        assertThat(truth.differences(Assembled.lines(lines))).isEmpty();
    }

    /** With all forms in which the platform has reported calls. */
    @Property(tries = 10)
    void shouldAgreeWithTheCoreForAContactCentre(@ForAll long seed) {
        Arrived arrived = Arrived.of(seed, 2, 25, Duration.ofMinutes(20), BAD);

        assertThat(Truth.ofCalls(arrived.truths()).differences(Assembled.lines(arrived.lines())))
                .isEmpty();
    }

    @Property(tries = 10)
    void shouldListMissingSequencesIfNotificationsAreLost(@ForAll long seed) {
        Arrived arrived = Arrived.of(seed, 2, 25, Duration.ofMinutes(20), LOSSY);
        Truth truth = Truth.ofCalls(arrived.truths());

        assertThat(truth.differencesWithLosses(Assembled.lines(arrived.lines())))
                .isEmpty();
    }

    @Property(tries = 100)
    void shouldListEachSessionOnceForEachAccount(@ForAll PhoneCall call) {
        List<String> sessions = call.truths().stream()
                .flatMap(truth ->
                        WireJson.read(truth.json()).path("sessions").findValuesAsText("telephonySessionId").stream()
                                .map(session -> truth.accountId() + "/" + session))
                .toList();

        assertThat(sessions)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(call.notifications().stream()
                        .map(notification -> notification.account() + "/" + notification.telephonySessionId())
                        .distinct()
                        .toList());
    }
}
