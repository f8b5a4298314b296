package io.callweave.topology.calls;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static io.callweave.topology.TopologyKit.key;
import static io.callweave.topology.TopologyKit.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.CallRules;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.topics.Headers;
import io.callweave.topology.TopologyKit;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that are not over beyond doubt: how long each is waited for, on which clock, and what is said then. */
class WaitingTest {

    private static final String CUSTOMER = "+15550100002";
    private static final Duration MOMENT = Duration.ofMillis(1);

    private static final PhoneCall DIRECT =
            call().inbound(CUSTOMER).answeredBy("104").hangUp();
    private static final PhoneCall TRANSFER =
            call().inbound(CUSTOMER).answeredBy("104").attendedTransferTo("106").hangUp();

    private final TopologyKit kit = new TopologyKit();

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void shouldLingerOverACallThatHasAGap() {
        kit.receive(without(DIRECT, notification -> notification.sequence() == 3));

        assertNothingBefore(Duration.ofSeconds(5));

        assertThat(kit.summaries()).containsExactly(key(DIRECT, 0) + " 1 partial linger");
    }

    @Test
    void shouldEndAWaitInsideABacklogThatIsReadBeforeTheFirstTick() {
        kit.receive(without(DIRECT, notification -> notification.sequence() == 3))
                .skip(Duration.ofSeconds(6))
                .receive(call().inbound("+15550100009").answeredBy("105").hangUp());

        assertThat(kit.summaries()).startsWith(key(DIRECT, 0) + " 1 partial linger");
    }

    @Test
    void shouldNotWaitForAGapWhereGapsAreIgnored() {
        try (TopologyKit lenient = new TopologyKit(new CallRules(false))) {
            lenient.receive(without(DIRECT, notification -> notification.sequence() == 3));

            assertThat(lenient.summaries()).containsExactly(key(DIRECT, 0) + " 1 complete over");
        }
    }

    @Test
    void shouldLingerOverASessionOfWhichOnePartyWasSeen() {
        String party = DIRECT.partiesOf("104").get(0);

        kit.receive(without(
                DIRECT,
                notification -> !notification.party().path("id").asText().equals(party)));
        assertNothingBefore(Duration.ofSeconds(5));

        assertThat(kit.summaries()).containsExactly(key(DIRECT, 0) + " 1 partial linger");
    }

    @Test
    void shouldLingerOverAnAnnouncedContinuation() {
        PhoneCall transferred =
                call().inbound(CUSTOMER).answeredBy("104").transferredTo("106").hangUp();
        String target = transferred.partiesOf("106").get(0);
        List<Notification> beforeTheTarget = without(
                transferred,
                notification -> notification.party().path("id").asText().equals(target));
        Notification last = renumbered(beforeTheTarget.get(beforeTheTarget.size() - 1), beforeTheTarget.size() + 1);

        kit.receive(beforeTheTarget.subList(0, beforeTheTarget.size() - 1)).receive(last);
        assertNothingBefore(Duration.ofSeconds(5));

        assertThat(kit.summaries()).containsExactly(key(transferred, 0) + " 1 partial linger");
    }

    @Test
    void shouldWaitForASessionThatWasNamed() {
        kit.receive(session(TRANSFER, 0));
        assertNothingBefore(Duration.ofSeconds(30));

        List<TopologyKit.Emission> emitted = kit.emitted();
        assertThat(emitted)
                .extracting(TopologyKit.Emission::summary)
                .containsExactly(key(TRANSFER, 0) + " 1 partial peerWait");
        assertThat(emitted.get(0).tree().path("missingSessions"))
                .extracting(id -> id.asText())
                .containsExactly(TRANSFER.telephonySessionIds().get(1));
    }

    @Test
    void shouldEmitBothSessionsOfATransferAsOneCallIfTheSecondComesInTime() {
        kit.receive(session(TRANSFER, 0)).pass(Duration.ofSeconds(29));

        kit.receive(session(TRANSFER, 1)).passUntilNothingWaits();

        assertThat(kit.summaries()).containsExactly(key(TRANSFER, 0) + " 1 complete over");
        assertThat(kit.fold().records()).isEqualTo(AssembledCalls.of(TRANSFER.notifications()));
    }

    @Test
    void shouldCountAWaitFromTheLatestNews() {
        List<Notification> first = session(TRANSFER, 0);
        List<Notification> second = session(TRANSFER, 1);
        kit.receive(first).pass(Duration.ofSeconds(29));
        kit.receive(second.subList(0, second.size() - 1)).pass(Duration.ofSeconds(29));
        assertThat(kit.emitted()).isEmpty();

        kit.receive(second.get(second.size() - 1));

        assertThat(kit.summaries()).containsExactly(key(TRANSFER, 0) + " 1 complete over");
    }

    @Test
    void shouldWaitAMinuteWhereOnlyOutsidePartiesAreOpen() {
        kit.receive(without(
                DIRECT,
                notification -> notification.party().path("extensionId").isMissingNode()
                        && notification.party().at("/status/code").asText().equals("Disconnected")));
        assertNothingBefore(Duration.ofSeconds(60));

        assertThat(kit.summaries()).containsExactly(key(DIRECT, 0) + " 1 partial openPartyWait");
    }

    @Test
    void shouldWaitForHoursWhileAnExtensionIsOnThePhone() {
        String party = DIRECT.partiesOf("104").get(0);

        kit.receive(without(
                DIRECT,
                notification -> notification.party().path("id").asText().equals(party)
                        && notification.party().at("/status/code").asText().equals("Disconnected")));
        assertNothingBefore(Duration.ofHours(4));

        assertThat(kit.summaries()).containsExactly(key(DIRECT, 0) + " 1 partial maxIdle");
    }

    @Test
    void shouldWaitAsLongAsTheLongestWaitThatApplies() {
        kit.receive(session(TRANSFER, 0).subList(0, 5));
        kit.receive(session(TRANSFER, 0).stream()
                .filter(notification -> notification.party().path("status").has("peerId"))
                .toList());
        assertNothingBefore(Duration.ofSeconds(60));

        assertThat(kit.summaries()).containsExactly(key(TRANSFER, 0) + " 1 partial openPartyWait");
    }

    @Test
    void shouldSayWhenTheLastNewsOfACallThatWasWaitedForWasReceived() {
        kit.receive(session(TRANSFER, 0)).pass(Duration.ofSeconds(10));
        kit.receive(session(TRANSFER, 0)).pass(Duration.ofSeconds(20));

        TopologyKit.Emission emission = kit.emitted().get(0);
        assertThat(emission.headers())
                .containsEntry(Headers.LAST_RECEIVED_AT, TopologyKit.time(TopologyKit.RECEIVED))
                .containsEntry(Headers.COMPLETION_REASON, "peerWait");
        assertThat(emission.timestamp()).isEqualTo(kit.wall());
    }

    @Test
    void shouldNotLetWallTimeEndAWaitWhileThereIsMoreToRead() {
        kit.receive(session(TRANSFER, 0)).backlog(true);
        kit.passUntilNothingWaits();
        assertThat(kit.emitted()).isEmpty();

        kit.backlog(false).pass(MOMENT);

        assertThat(kit.summaries()).containsExactly(key(TRANSFER, 0) + " 1 partial peerWait");
    }

    @Test
    void shouldLetTheReceiptOfOtherCallsEndAWaitInABacklog() {
        PhoneCall other = call().seeded(2).inbound(CUSTOMER).answeredBy("105").hangUp();
        kit.receive(session(TRANSFER, 0)).pass(MOMENT).backlog(true).pass(Duration.ofSeconds(30));
        assertThat(kit.emitted()).isEmpty();

        kit.receive(other.notifications().get(0));

        assertThat(kit.summaries()).containsExactly(key(TRANSFER, 0) + " 1 partial peerWait");
    }

    @Test
    void shouldWaitForEachCallByItself() {
        PhoneCall other = call().seeded(2).inbound(CUSTOMER).answeredBy("105").hangUp();
        kit.receive(session(TRANSFER, 0)).pass(Duration.ofSeconds(10));
        kit.receive(without(other, notification -> notification.sequence() == 3));

        assertThat(kit.pass(Duration.ofSeconds(5)).summaries()).containsExactly(key(other, 0) + " 1 partial linger");
        assertThat(kit.pass(Duration.ofSeconds(15)).summaries())
                .containsExactly(key(TRANSFER, 0) + " 1 partial peerWait");
    }

    private void assertNothingBefore(Duration wait) {
        kit.pass(wait.minus(MOMENT));
        assertThat(kit.emitted()).isEmpty();
        kit.pass(MOMENT);
    }

    private static Notification renumbered(Notification notification, long sequence) {
        return TopologyKit.edited(notification, tree -> TopologyKit.body(tree).put("sequence", sequence));
    }

    private static List<Notification> without(PhoneCall call, Predicate<Notification> which) {
        return call.notifications().stream().filter(which.negate()).toList();
    }
}
