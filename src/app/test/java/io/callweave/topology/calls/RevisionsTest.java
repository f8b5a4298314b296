package io.callweave.topology.calls;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static io.callweave.topology.TopologyKit.session;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.topics.Headers;
import io.callweave.topology.TopologyKit;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes out when facts come late: further revisions, and calls that turn out to be part of another. */
class RevisionsTest {

    private static final long EPOCH = TopologyKit.WALL.toEpochMilli();
    private static final String CUSTOMER = "+15550100002";
    private static final PhoneCall TRANSFER =
            call().inbound(CUSTOMER).answeredBy("104").attendedTransferTo("106").hangUp();
    private static final String FIRST = TRANSFER.telephonySessionIds().get(0);
    private static final String SECOND = TRANSFER.telephonySessionIds().get(1);
    private static final String FIRST_KEY = TRANSFER.account().id() + "/" + FIRST;
    private static final String SECOND_KEY = TRANSFER.account().id() + "/" + SECOND;

    private final TopologyKit kit = new TopologyKit();

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void shouldReviseACallAtOnceWithEachFactThatComesLate() {
        kit.receive(session(TRANSFER, 0)).pass(Duration.ofSeconds(30));
        assertThat(kit.summaries()).containsExactly(FIRST_KEY + " 1 partial peerWait");

        List<Notification> late = session(TRANSFER, 1);
        kit.receive(late.get(0));
        assertThat(kit.summaries()).containsExactly(FIRST_KEY + " 2 partial revised");
        kit.receive(late.subList(1, late.size()));

        List<TopologyKit.Emission> emitted = kit.emitted();
        assertThat(emitted).extracting(TopologyKit.Emission::key).containsOnly(FIRST_KEY);
        assertThat(emitted.get(emitted.size() - 1).status()).isEqualTo("complete");
        assertThat(kit.fold().records()).isEqualTo(AssembledCalls.of(TRANSFER.notifications()));
    }

    @Test
    void shouldTellThatARevisionWasCausedByTheLateNotification() {
        kit.receive(session(TRANSFER, 0)).pass(Duration.ofSeconds(90));
        kit.emitted();

        kit.receive(session(TRANSFER, 1).get(0));

        TopologyKit.Emission revision = kit.emitted().get(0);
        assertThat(revision.headers())
                .containsEntry(Headers.LAST_RECEIVED_AT, TopologyKit.time(kit.now()))
                .containsEntry(Headers.COMPLETION_REASON, "revised");
        assertThat(revision.timestamp()).isEqualTo(kit.wall());
    }

    @Test
    void shouldSupersedeACallWhenAnEarlierSessionOfItComesLate() {
        kit.receive(session(TRANSFER, 1)).pass(Duration.ofSeconds(30));
        String alone = kit.emitted().get(0).json();
        assertThat(alone)
                .contains(
                        "\"callId\":\"" + SECOND + "\"",
                        "\"revision\":1,\"epoch\":" + EPOCH + ",\"status\":\"partial\"");

        kit.receive(session(TRANSFER, 0).get(0));

        List<TopologyKit.Emission> emitted = kit.emitted();
        assertThat(emitted)
                .extracting(TopologyKit.Emission::summary)
                .containsExactlyInAnyOrder(FIRST_KEY + " 1 partial revised", SECOND_KEY + " 2 superseded superseded");
        assertThat(superseded(emitted).json())
                .isEqualTo(alone.replace(
                                "\"revision\":1,\"epoch\":" + EPOCH + ",\"status\":\"partial\"",
                                "\"revision\":2,\"epoch\":" + EPOCH + ",\"status\":\"superseded\"")
                        .replace("\"supersededBy\":null", "\"supersededBy\":\"" + FIRST + "\""));
    }

    @Test
    void shouldTellThatAMergeWasCausedByTheLateNotification() {
        kit.receive(session(TRANSFER, 1)).pass(Duration.ofSeconds(30));
        kit.emitted();

        kit.receive(session(TRANSFER, 0));

        assertThat(kit.emitted())
                .isNotEmpty()
                .allSatisfy(emission -> assertThat(emission.headers())
                        .containsEntry(Headers.LAST_RECEIVED_AT, TopologyKit.time(kit.now())));
    }

    @Test
    void shouldMergeTwoCallsThatWereBothEmitted() {
        List<Notification> unlinked = TRANSFER.notifications().stream()
                .filter(notification -> !notification.party().path("status").has("peerId"))
                .toList();
        kit.receive(unlinked).passUntilNothingWaits();
        assertThat(kit.emitted())
                .extracting(TopologyKit.Emission::key)
                .containsExactlyInAnyOrder(FIRST_KEY, SECOND_KEY);

        kit.receive(TRANSFER.notifications());

        assertThat(kit.fold().records()).containsOnlyKeys(FIRST_KEY);
        assertThat(kit.fold().records()).isEqualTo(AssembledCalls.of(TRANSFER.notifications()));
        assertThat(kit.fold().revisions()).containsEntry(SECOND_KEY, 2L);
    }

    @Test
    void shouldMergeACallThatWasEmittedWithOneThatWaits() {
        kit.receive(session(TRANSFER, 0)).pass(Duration.ofSeconds(30));
        List<Notification> second = session(TRANSFER, 1);
        kit.emitted();

        kit.receive(second.subList(0, 3));

        assertThat(kit.emitted())
                .isNotEmpty()
                .allSatisfy(
                        emission -> assertThat(emission.headers()).containsEntry(Headers.COMPLETION_REASON, "revised"));
        assertThat(kit.passUntilNothingWaits().emitted()).isEmpty();
    }

    @Test
    void shouldSplitAJoinedCallWhenASupervisionComesLate() {
        kit.receive(TRANSFER).passUntilNothingWaits();
        assertThat(kit.summaries()).containsExactly(FIRST_KEY + " 1 complete over");

        Notification supervising = supervising();
        kit.receive(supervising);

        List<TopologyKit.Emission> emitted = kit.emitted();
        assertThat(emitted).extracting(TopologyKit.Emission::key).containsExactlyInAnyOrder(FIRST_KEY, SECOND_KEY);
        assertThat(emitted)
                .allSatisfy(emission -> assertThat(emission.headers())
                        .containsEntry(Headers.COMPLETION_REASON, "revised")
                        .containsEntry(Headers.LAST_RECEIVED_AT, TopologyKit.time(kit.now())));
        assertThat(kit.fold().records()).isEqualTo(AssembledCalls.of(with(TRANSFER, supervising)));
        assertThat(kit.fold().revisions()).containsEntry(FIRST_KEY, 2L).containsEntry(SECOND_KEY, 1L);
    }

    @Test
    void shouldCountTheRevisionsOfASupersededCallOnWhenItIsACallAgain() {
        kit.receive(session(TRANSFER, 1)).pass(Duration.ofSeconds(30));
        kit.receive(session(TRANSFER, 0)).pass(Duration.ofSeconds(30));
        assertThat(kit.fold().revisions()).containsEntry(SECOND_KEY, 2L);

        Notification supervising = supervising();
        kit.receive(supervising);

        assertThat(kit.fold().revisions()).containsEntry(SECOND_KEY, 3L);
        assertThat(kit.fold().records()).isEqualTo(AssembledCalls.of(with(TRANSFER, supervising)));
    }

    @Test
    void shouldFollowAChangeOfCallIdInsideOneCall() {
        kit.receive(TRANSFER).passUntilNothingWaits();
        Notification early = TopologyKit.edited(
                session(TRANSFER, 1).get(0),
                tree -> TopologyKit.body(tree).put("sequence", 100).put("eventTime", "2026-03-02T08:59:59.000Z"));
        kit.emitted();

        kit.receive(early);

        assertThat(kit.summaries())
                .containsExactlyInAnyOrder(SECOND_KEY + " 1 partial revised", FIRST_KEY + " 2 superseded superseded");
        assertThat(kit.fold().records()).isEqualTo(AssembledCalls.of(with(TRANSFER, early)));
    }

    @Test
    void shouldKeepACallAndItsSupervisionApart() {
        PhoneCall supervised = call().inbound(CUSTOMER)
                .answeredBy("104")
                .supervisedBy("109")
                .supervisionEnds()
                .hangUp();
        List<String> sessions = supervised.telephonySessionIds();

        kit.receive(supervised).passUntilNothingWaits();

        assertThat(kit.fold().records())
                .containsOnlyKeys(
                        supervised.account().id() + "/" + sessions.get(0),
                        supervised.account().id() + "/" + sessions.get(1))
                .isEqualTo(AssembledCalls.of(supervised.notifications()));
        assertThat(kit.fold().revisions()).containsValues(1L).doesNotContainValue(2L);
    }

    @Test
    void shouldJoinASupervisorWhoTakesTheCallOver() {
        PhoneCall taken = call().inbound(CUSTOMER)
                .answeredBy("104")
                .supervisedBy("109")
                .takenOver()
                .hangUp();
        String call = taken.account().id() + "/" + taken.telephonySessionIds().get(0);
        String supervision =
                taken.account().id() + "/" + taken.telephonySessionIds().get(1);
        int takeOver = taken.notifications().size();
        for (Notification notification : taken.notifications()) {
            if (notification.party().at("/status/reason").asText().equals("TakeOver")) {
                takeOver = Math.min(takeOver, taken.notifications().indexOf(notification));
            }
        }
        kit.receive(taken.notifications().subList(0, takeOver)).pass(Duration.ofSeconds(5));
        assertThat(kit.emitted()).extracting(TopologyKit.Emission::key).containsExactly(supervision);

        kit.receive(
                taken.notifications().subList(takeOver, taken.notifications().size()));

        assertThat(kit.fold().records()).containsOnlyKeys(call).isEqualTo(AssembledCalls.of(taken.notifications()));
        assertThat(kit.fold().revisions()).containsEntry(supervision, 2L);
    }

    @Test
    void shouldEmitNothingForAChangeThatDoesNotShow() {
        kit.receive(TRANSFER).passUntilNothingWaits();
        kit.emitted();
        Notification unseen = TopologyKit.edited(
                session(TRANSFER, 0).get(0),
                tree -> TopologyKit.party(tree).put("zzzUnknown", "a greater body, but nothing that a record shows"));

        kit.receive(unseen).passUntilNothingWaits();

        assertThat(kit.emitted()).isEmpty();
        assertThat(kit.deadLetters()).isEmpty();
    }

    /** What splits the transfer: the second session names the first with the reason Supervising. */
    private static Notification supervising() {
        List<Notification> second = session(TRANSFER, 1);
        Notification naming = second.stream()
                .filter(notification -> notification.party().path("status").has("peerId"))
                .findFirst()
                .orElseThrow();
        return TopologyKit.edited(naming, tree -> {
            TopologyKit.body(tree).put("sequence", second.get(second.size() - 1).sequence() + 1);
            ((ObjectNode) TopologyKit.party(tree).path("status")).put("reason", "Supervising");
        });
    }

    private static List<Notification> with(PhoneCall call, Notification another) {
        return Stream.concat(call.notifications().stream(), Stream.of(another)).toList();
    }

    private static TopologyKit.Emission superseded(List<TopologyKit.Emission> emitted) {
        return emitted.stream()
                .filter(emission -> emission.status().equals("superseded"))
                .findFirst()
                .orElseThrow();
    }
}
