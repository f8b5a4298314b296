package io.callweave.topology.feedgap;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.CallLimits;
import io.callweave.call.completion.CompletionTimeouts;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.topics.Headers;
import io.callweave.topology.TopologyKit;
import io.callweave.topology.calls.CallOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that overlap a gap say so in a header, and in nothing else. */
class CallsWithGapsTest {

    private static final PhoneCall CALL =
            call().inbound("+15550100002").answeredBy("104").after(30, SECONDS).hangUp();
    private static final List<Notification> SENT = CALL.notifications();
    private static final String ACCOUNT = SENT.get(0).account();
    private static final Instant BEGIN = SENT.get(0).eventTime();
    private static final Instant END = SENT.get(SENT.size() - 1).eventTime();
    private static final Duration MARGIN = Duration.ofMillis(KnownGaps.MARGIN_MS);

    private static final Duration TICK = Duration.ofMillis(10);

    private final TopologyKit kit = new TopologyKit();

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void shouldNameTheGapInAHeaderAndLeaveTheValueAsItIs() {
        String without;
        try (TopologyKit other = new TopologyKit()) {
            without = other.receive(CALL).emitted().get(0).json();
        }
        kit.feedGap(ACCOUNT, BEGIN.plusSeconds(2), BEGIN.plusSeconds(3));

        TopologyKit.Emission emitted = kit.receive(CALL).emitted().get(0);

        assertThat(emitted.headers())
                .containsEntry(Headers.FEED_GAP, ACCOUNT + "/" + TopologyKit.time(BEGIN.plusSeconds(2)));
        assertThat(withoutCounters(emitted.json())).isEqualTo(withoutCounters(without));
    }

    @Test
    void shouldTakeInWhatMayHaveBeenOnItsWay() {
        kit.feedGap(ACCOUNT, END.plus(MARGIN), END.plus(MARGIN).plusSeconds(5));

        assertThat(kit.receive(CALL).emitted().get(0).headers()).containsKey(Headers.FEED_GAP);
    }

    @Test
    void shouldSayNothingOfGapsBeforeAndAfterTheCallOrOfAnotherAccount() {
        kit.feedGap(ACCOUNT, BEGIN.minusSeconds(600), BEGIN.minus(MARGIN).minusMillis(1));
        kit.feedGap(ACCOUNT, END.plus(MARGIN).plusMillis(1), END.plusSeconds(600));
        kit.feedGap("1", BEGIN, END);

        assertThat(kit.receive(CALL).emitted().get(0).headers()).doesNotContainKey(Headers.FEED_GAP);
    }

    /** The end of such a call may be what is missing. */
    @Test
    void shouldTakeACallThatIsNotOverForOneThatGoesOn() {
        kit.receive(SENT.subList(0, SENT.size() - 1));
        kit.feedGap(ACCOUNT, END.plusSeconds(1_000), END.plusSeconds(1_200));
        kit.passUntilNothingWaits();

        TopologyKit.Emission emitted = kit.emitted().get(0);

        assertThat(emitted.status()).isEqualTo("partial");
        assertThat(emitted.headers())
                .containsEntry(Headers.FEED_GAP, ACCOUNT + "/" + TopologyKit.time(END.plusSeconds(1_000)));
    }

    @Test
    void shouldSayInARevisionWithTheSameValuesThatAGapHasBecomeKnown() {
        TopologyKit.Emission first = kit.receive(CALL).emitted().get(0);

        kit.feedGap(ACCOUNT, BEGIN, END).pass(TICK);
        List<TopologyKit.Emission> later = kit.emitted();

        assertThat(first.headers()).doesNotContainKey(Headers.FEED_GAP);
        assertThat(later).singleElement().satisfies(again -> {
            assertThat(again.revision()).isEqualTo(2);
            assertThat(withoutCounters(again.json())).isEqualTo(withoutCounters(first.json()));
            assertThat(again.headers())
                    .containsEntry(Headers.FEED_GAP, ACCOUNT + "/" + TopologyKit.time(BEGIN))
                    .containsEntry(Headers.COMPLETION_REASON, "revised");
        });
    }

    @Test
    void shouldSayOnceThatACallOverlapsGaps() {
        kit.feedGap(ACCOUNT, BEGIN, BEGIN.plusSeconds(1));
        kit.receive(CALL).emitted();

        kit.feedGap(ACCOUNT, END, END.plusSeconds(1)).pass(TICK);
        kit.feedGap(ACCOUNT, BEGIN, END).pass(TICK);

        assertThat(kit.emitted()).isEmpty();
    }

    @Test
    void shouldFindAllOfManyCalls() {
        int many = 230;
        for (int seed = 0; seed < many; seed++) {
            kit.receive(call().seeded(seed)
                    .inbound("+15550100002")
                    .answeredBy("104")
                    .hangUp());
        }
        kit.emitted();

        kit.feedGap(ACCOUNT, BEGIN, END).pass(TICK);

        assertThat(kit.emitted()).hasSize(many);
    }

    @Test
    void shouldNotEmitOtherCallsAgain() {
        PhoneCall later = call().startingAt(END.plusSeconds(600))
                .inbound("+15550100003")
                .answeredBy("105")
                .hangUp();
        kit.receive(CALL).receive(later).emitted();

        kit.feedGap(ACCOUNT, END.plusSeconds(200), END.plusSeconds(300)).pass(TICK);
        kit.feedGap("1", BEGIN, END).pass(TICK);

        assertThat(kit.emitted()).isEmpty();
    }

    /** A supervisor is Gone when the supervision begins, and the record goes out; Disconnected comes when it ends. */
    @Test
    void shouldTakeASupervisorForOneWhoListensUntilTheEndIsSeen() {
        List<Notification> all = call().inbound("+15550100002")
                .answeredBy("104")
                .supervisedBy("105")
                .after(30, SECONDS)
                .supervisionEnds()
                .notifications();
        String session = all.get(all.size() - 1).telephonySessionId();
        List<Notification> supervision = all.stream()
                .filter(each -> each.telephonySessionId().equals(session))
                .toList();
        Instant listens = supervision.get(supervision.size() - 2).eventTime();
        Instant gap = listens.plusSeconds(900);
        kit.receive(supervision.subList(0, supervision.size() - 1)).passUntilNothingWaits();
        kit.emitted();

        kit.feedGap(supervision.get(0).account(), gap, gap.plusSeconds(5)).pass(TICK);
        List<TopologyKit.Emission> later = kit.emitted();

        assertThat(later)
                .singleElement()
                .satisfies(again -> assertThat(again.headers()).containsKey(Headers.FEED_GAP));
    }

    /** Of a large call, revisions are held back; but a gap is said once for each call. */
    @Test
    void shouldSayItOfALargeCallThatWasEmittedAMomentAgo() {
        Duration step = Duration.ofMillis(500);
        try (TopologyKit large = new TopologyKit(
                CallOptions.DEFAULT.with(TopologyKit.spacedFrom(SENT.size() - 1, CallLimits.DEFAULT)))) {
            large.receive(SENT.subList(0, SENT.size() - 1));
            List<TopologyKit.Emission> first = large.emitted();
            Instant end = large.now().plus(CompletionTimeouts.DEFAULT.maxIdle());
            while (first.isEmpty() && large.now().isBefore(end.plus(step))) {
                first = large.pass(step).emitted();
            }
            assertThat(first)
                    .singleElement()
                    .satisfies(call -> assertThat(call.headers()).doesNotContainKey(Headers.FEED_GAP));

            large.feedGap(ACCOUNT, BEGIN, END).pass(TICK).pass(Duration.ofSeconds(20));

            assertThat(large.emitted())
                    .singleElement()
                    .satisfies(call -> assertThat(call.headers()).containsKey(Headers.FEED_GAP));
        }
    }

    private static String withoutCounters(String json) {
        return json.replaceAll("\"(epoch|revision)\":\\d+", "");
    }
}
