package io.callweave.topology;

import static io.callweave.simulation.PhoneCall.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.CallRules;
import io.callweave.simulation.Notification;
import io.callweave.simulation.PhoneCall;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A call that nothing has changed for the late window is dropped, and what comes after that cannot be used. */
class LateWindowTest {

    private static final String CUSTOMER = "+15550100002";
    private static final PhoneCall CALL =
            call().inbound(CUSTOMER).answeredBy("104").hangUp();
    private static final PhoneCall TRANSFER =
            call().inbound(CUSTOMER).answeredBy("104").attendedTransferTo("106").hangUp();
    private static final Duration WINDOW = Duration.ofMillis(Timing.DEFAULT.lateWindow());
    private static final Duration RETENTION = Duration.ofMillis(Timing.DEFAULT.markerRetention());
    private static final Duration MOMENT = Duration.ofMillis(1);

    /** After which stage 1, too, has forgotten the events of a session. */
    private static final Duration LONG = WINDOW.plusHours(5);

    private final TopologyKit kit = new TopologyKit();

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void shouldReviseACallWithinTheLateWindow() {
        kit.receive(CALL).pass(WINDOW.minus(MOMENT)).emitted();

        kit.receive(another(CALL, 0));

        assertThat(kit.summaries()).containsExactly(key(CALL, 0) + " 2 partial revised");
        assertThat(kit.deadLetters()).isEmpty();
    }

    @Test
    void shouldCountTheLateWindowFromTheLastChange() {
        kit.receive(CALL).pass(WINDOW.minus(MOMENT));
        kit.receive(another(CALL, 0)).pass(WINDOW.minus(MOMENT)).emitted();

        kit.receive(another(CALL, 1));

        assertThat(kit.summaries()).containsExactly(key(CALL, 0) + " 3 partial revised");
    }

    @Test
    void shouldRefuseWhatComesAfterTheLateWindow() {
        kit.receive(CALL).pass(WINDOW).emitted();
        Notification late = another(CALL, 0);
        byte[] key = "the sender's key".getBytes(UTF_8);

        kit.receive(key, late.bytes(), Map.of(Headers.SOURCE, "calls.ndjson:17"));

        assertThat(kit.emitted()).isEmpty();
        assertThat(kit.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isEqualTo(Bytes.wrap(key));
            assertThat(letter.value()).isEqualTo(Bytes.wrap(late.bytes()));
            assertThat(letter.headers())
                    .containsEntry(Headers.REASON, "tooLate")
                    .containsEntry(Headers.SOURCE, "calls.ndjson:17")
                    .containsEntry(Headers.REJECTED_AT, TopologyKit.time(kit.wall()));
            assertThat(letter.timestamp()).isEqualTo(kit.wall());
        });
        assertThat(kit.passUntilNothingWaits().emitted()).isEmpty();
    }

    @Test
    void shouldKeepTheOriginalBytesAfterALesserBodyCameInBetween() {
        Notification lesser = TopologyKit.edited(
                CALL.notifications().get(0), tree -> TopologyKit.body(tree).put("eventTime", "2000-01-01T00:00:00Z"));
        kit.receive(CALL).pass(WINDOW.minusHours(1));
        kit.receive(lesser).pass(Duration.ofHours(1));
        Notification late = another(CALL, 0);

        kit.receive(late);

        assertThat(kit.deadLetters()).extracting(TopologyKit.Letter::value).containsExactly(Bytes.wrap(late.bytes()));
    }

    @Test
    void shouldKeepTheOriginalBytesOfOneThatIsTooLateAfterAnother() {
        kit.receive(CALL).pass(WINDOW.plusHours(1));
        kit.receive(another(CALL, 0)).pass(Duration.ofHours(1)).deadLetters();
        Notification late = another(CALL, 1);

        kit.receive(late);

        assertThat(kit.deadLetters()).extracting(TopologyKit.Letter::value).containsExactly(Bytes.wrap(late.bytes()));
    }

    @Test
    void shouldRefuseEverythingOfASessionUntilItsMarkerIsForgotten() {
        kit.receive(CALL).pass(LONG).emitted();
        kit.partyEvents();

        for (int day = 0; day < 6; day++) {
            Notification late = another(CALL, 10 * day);
            kit.receive(late);

            assertThat(kit.deadLetters())
                    .extracting(TopologyKit.Letter::value)
                    .containsExactly(Bytes.wrap(late.bytes()));
            kit.pass(Duration.ofDays(1));
        }
        assertThat(kit.emitted()).isEmpty();
        assertThat(kit.entries(StoreNames.EVENT_ORDERS, StoreKeys.Kind.HELD)).isZero();
    }

    @Test
    void shouldNotGiveOutPartyEventsAgainOfASessionThatWasForgotten() {
        kit.receive(CALL).pass(LONG).partyEvents();

        kit.receive(CALL).pass(Duration.ofMinutes(1));

        assertThat(kit.partyEvents()).isEmpty();
        assertThat(kit.deadLetters()).hasSameSizeAs(CALL.notifications());
    }

    @Test
    void shouldListAClosedPeerAsMissingAndNotWaitForIt() {
        kit.receive(session(0)).pass(Duration.ofSeconds(30));
        kit.pass(WINDOW).emitted();

        kit.receive(session(1)).pass(Duration.ofMillis(Timing.DEFAULT.waits().linger()));

        assertThat(kit.emitted()).singleElement().satisfies(emission -> {
            assertThat(emission.key()).isEqualTo(key(TRANSFER, 1));
            assertThat(emission.headers().get(Headers.COMPLETION_REASON)).isIn("over", "linger");
            assertThat(emission.tree().path("missingSessions"))
                    .extracting(id -> id.asText())
                    .containsExactly(TRANSFER.telephonySessionIds().get(0));
        });
    }

    @Test
    void shouldLeaveNothingOfAClosedCallButAMarkerOfEachSession() {
        kit.receive(TRANSFER);
        assertThat(kit.entries(StoreNames.SESSIONS, StoreKeys.Kind.EVENT))
                .isEqualTo(TRANSFER.notifications().size());
        assertThat(kit.entries(StoreNames.CALL_LEDGER, StoreKeys.Kind.LEDGER)).isEqualTo(1);

        kit.pass(WINDOW);

        assertThat(kit.entries(StoreNames.SESSIONS, StoreKeys.Kind.EVENT)).isZero();
        assertThat(kit.entries(StoreNames.SESSIONS, StoreKeys.Kind.NAMING)).isZero();
        assertThat(kit.entries(StoreNames.SESSIONS, StoreKeys.Kind.STATE)).isEqualTo(2);
        assertThat(kit.entries(StoreNames.CALL_LEDGER, StoreKeys.Kind.LEDGER)).isZero();
    }

    @Test
    void shouldForgetTheMarkersInTheEnd() {
        kit.receive(TRANSFER).pass(LONG).pass(RETENTION.minusHours(2));
        assertThat(kit.entries(StoreNames.EVENT_ORDERS, StoreKeys.Kind.ORDER)).isEqualTo(2);

        kit.pass(Duration.ofHours(5));

        assertThat(kit.entries(StoreNames.SESSIONS, StoreKeys.Kind.STATE)).isZero();
        assertThat(kit.entries(StoreNames.CALL_DUE, StoreKeys.Kind.DUE)).isZero();
        assertThat(kit.entries(StoreNames.EVENT_ORDERS, StoreKeys.Kind.ORDER)).isZero();
        assertThat(kit.entries(StoreNames.ORDER_DUE, StoreKeys.Kind.DUE)).isZero();
    }

    @Test
    void shouldDropTheRecordsOfSupersededCallIdsToo() {
        kit.receive(session(1)).pass(Duration.ofSeconds(30));
        kit.receive(session(0));
        assertThat(kit.entries(StoreNames.CALL_LEDGER, StoreKeys.Kind.LEDGER)).isEqualTo(2);

        kit.pass(WINDOW);

        assertThat(kit.entries(StoreNames.CALL_LEDGER, StoreKeys.Kind.LEDGER)).isZero();
        assertThat(kit.entries(StoreNames.SESSIONS, StoreKeys.Kind.EVENT)).isZero();
    }

    @Test
    void shouldNotCloseACallThatIsStillWaitedFor() {
        Timing impatient =
                new Timing(Timing.DEFAULT.waits(), 0, Duration.ofSeconds(1).toMillis(), RETENTION.toMillis(), 500);
        try (TopologyKit other = new TopologyKit(CallRules.DEFAULT, impatient, Limits.DEFAULT)) {
            other.receive(CALL.notifications().subList(0, 3)).pass(Duration.ofMinutes(5));

            other.receive(CALL.notifications().subList(3, CALL.notifications().size()));

            assertThat(other.summaries()).containsExactly(key(CALL, 0) + " 1 complete over");
            assertThat(other.deadLetters()).isEmpty();
        }
    }

    /** An event that the call did not have, with a gap before it. */
    private static Notification another(PhoneCall call, int number) {
        List<Notification> sent = call.notifications();
        Notification last = sent.get(sent.size() - 1);
        return TopologyKit.edited(last, tree -> TopologyKit.body(tree).put("sequence", last.sequence() + 10 + number));
    }

    private static List<Notification> session(int session) {
        String id = TRANSFER.telephonySessionIds().get(session);
        return TRANSFER.notifications().stream()
                .filter(notification -> notification.telephonySessionId().equals(id))
                .toList();
    }

    private static String key(PhoneCall call, int session) {
        return call.account().id() + "/" + call.telephonySessionIds().get(session);
    }

    /** Each wait ends at its own time, also where the clock leaps over all of them and over the late window at once. */
    @Test
    void shouldNotCloseACallBeforeTheWaitOfAnotherThatNamesIt() throws IOException {
        List<byte[]> lines = lines("/regressions/clock-leap.ndjson");
        lines.forEach(kit::receive);

        kit.pass(Duration.ofDays(30));
        kit.pass(Duration.ofSeconds(1));

        assertThat(kit.fold().records()).isEqualTo(AssembledCalls.ofLines(lines));
    }

    private static List<byte[]> lines(String resource) throws IOException {
        try (InputStream in = LateWindowTest.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .map(line -> line.getBytes(UTF_8))
                    .toList();
        }
    }
}
