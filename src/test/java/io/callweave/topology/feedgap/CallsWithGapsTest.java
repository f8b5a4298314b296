package io.callweave.topology.feedgap;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.topics.Headers;
import io.callweave.topology.TopologyKit;
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
        assertThat(withoutEpoch(emitted.json())).isEqualTo(withoutEpoch(without));
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
    void shouldNotEmitAgainForAGapThatBecomesKnownLaterButSayItInTheNextRevision() {
        kit.receive(SENT.subList(0, 2));
        kit.receive(SENT.subList(3, SENT.size()));
        kit.passUntilNothingWaits();
        TopologyKit.Emission first = kit.emitted().get(0);

        kit.feedGap(ACCOUNT, BEGIN, END).passUntilNothingWaits();
        assertThat(kit.emitted()).isEmpty();
        TopologyKit.Emission revised = kit.receive(SENT.get(2)).emitted().get(0);

        assertThat(first.headers()).doesNotContainKey(Headers.FEED_GAP);
        assertThat(revised.revision()).isEqualTo(2);
        assertThat(revised.headers()).containsKey(Headers.FEED_GAP);
    }

    private static String withoutEpoch(String json) {
        return json.replaceAll("\"epoch\":\\d+", "");
    }
}
