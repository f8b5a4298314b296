package io.callweave.topology.windows;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static io.callweave.topology.TopologyKit.key;
import static io.callweave.topology.TopologyKit.session;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.event.PartyEvent;
import io.callweave.notification.NotificationReader;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.topics.Headers;
import io.callweave.topology.StoreNames;
import io.callweave.topology.TopologyKit;
import io.callweave.topology.calls.AssembledCalls;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.state.StoreKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private static final Duration WINDOW = CallOptions.DEFAULT.lateWindow();
    private static final Duration RETENTION = CallOptions.DEFAULT.markerRetention();
    private static final Duration MOMENT = Duration.ofMillis(1);

    /** After this time a session is closed, even if it still waits for something. */
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
        Notification lesser = lesser(CALL.notifications().get(0));
        kit.receive(CALL).pass(WINDOW.minusHours(1));
        kit.receive(lesser).pass(Duration.ofHours(1));
        Notification late = another(CALL, 0);

        kit.receive(late);

        assertThat(kit.deadLetters()).extracting(TopologyKit.Letter::value).containsExactly(Bytes.wrap(late.bytes()));
    }

    /** The same with another time, of which the original one wins. */
    private static Notification lesser(Notification original) {
        PartyEvent event = event(original);
        for (int day = 1; ; day++) {
            String time = "2000-01-%02dT00:00:00Z".formatted(day);
            Notification other =
                    TopologyKit.edited(original, tree -> TopologyKit.body(tree).put("eventTime", time));
            if (event.supersedes(event(other))) {
                return other;
            }
        }
    }

    private static PartyEvent event(Notification notification) {
        return new NotificationReader().read(notification.bytes()).events().get(0);
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
        assertThat(kit.entries(StoreNames.CALLS, StoreKeys.Kind.HOLDING)).isZero();
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
        kit.receive(session(TRANSFER, 0)).pass(Duration.ofSeconds(30));
        kit.pass(WINDOW).emitted();

        kit.receive(session(TRANSFER, 1)).pass(CallOptions.DEFAULT.waits().linger());

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
        assertThat(kit.keptEvents()).isEqualTo(TRANSFER.notifications().size());
        assertThat(kit.emittedIds()).isEqualTo(1);

        kit.pass(WINDOW);

        assertThat(kit.keptEvents()).isZero();
        assertThat(kit.emittedIds()).isZero();
        assertThat(kit.sessions())
                .hasSize(2)
                .allSatisfy(session -> assertThat(session.state().closed()).isTrue());
    }

    @Test
    void shouldForgetTheMarkersInTheEnd() {
        kit.receive(TRANSFER).pass(LONG).pass(RETENTION.minusHours(6));
        assertThat(kit.entries(StoreNames.CALLS, StoreKeys.Kind.STATE)).isEqualTo(2);

        kit.pass(Duration.ofHours(5));

        assertThat(kit.entries(StoreNames.CALLS, StoreKeys.Kind.STATE)).isZero();
        assertThat(kit.entries(StoreNames.CALL_DUE, StoreKeys.Kind.DUE)).isZero();
    }

    /** A straggler would count beside the call that it belongs to. */
    @Test
    void shouldKeepAMarkerAsLongAsItsCallCounts() {
        CallOptions forgetful = options(WINDOW, Duration.ofMinutes(1));
        try (TopologyKit other = new TopologyKit(forgetful)) {
            other.receive(CALL).pass(LONG).pass(Duration.ofDays(4)).emitted();

            other.receive(another(CALL, 0));

            assertThat(other.emitted()).isEmpty();
            assertThat(other.deadLetters()).hasSize(1);
            other.pass(Duration.ofDays(5)).pass(Duration.ofDays(1));
            assertThat(other.entries(StoreNames.CALLS, StoreKeys.Kind.STATE)).isZero();
        }
    }

    @Test
    void shouldDropTheRecordsOfSupersededCallIdsToo() {
        kit.receive(session(TRANSFER, 1)).pass(Duration.ofSeconds(30));
        kit.receive(session(TRANSFER, 0));
        assertThat(kit.emittedIds()).isEqualTo(2);

        kit.pass(WINDOW);

        assertThat(kit.emittedIds()).isZero();
        assertThat(kit.keptEvents()).isZero();
    }

    @Test
    void shouldNotCloseACallThatIsStillWaitedFor() {
        CallOptions impatient = options(Duration.ofSeconds(1), RETENTION);
        try (TopologyKit other = new TopologyKit(impatient)) {
            other.receive(CALL.notifications().subList(0, 3)).pass(Duration.ofMinutes(5));

            other.receive(CALL.notifications().subList(3, CALL.notifications().size()));

            assertThat(other.summaries()).containsExactly(key(CALL, 0) + " 1 complete over");
            assertThat(other.deadLetters()).isEmpty();
        }
    }

    private static CallOptions options(Duration lateWindow, Duration markerRetention) {
        CallOptions usual = CallOptions.DEFAULT;
        return new CallOptions(
                usual.notifications(),
                usual.rules(),
                usual.waits(),
                Duration.ZERO,
                lateWindow,
                markerRetention,
                usual.artifactsSettle(),
                usual.backfillWait(),
                usual.liveInterval(),
                usual.limits());
    }

    /** An event that the call did not have, with a gap before it. */
    private static Notification another(PhoneCall call, int number) {
        List<Notification> sent = call.notifications();
        Notification last = sent.get(sent.size() - 1);
        return TopologyKit.edited(last, tree -> TopologyKit.body(tree).put("sequence", last.sequence() + 10 + number));
    }

    /** Each wait ends at its own time, also where the clock leaps over all of them and over the late window at once. */
    @Test
    void shouldNotCloseACallBeforeTheWaitOfAnotherThatNamesIt() throws IOException {
        List<byte[]> lines = lines(Path.of("src", "samples", "regressions", "clock-leap.ndjson"));
        lines.forEach(kit::receive);

        kit.pass(Duration.ofDays(30));
        kit.pass(Duration.ofSeconds(1));

        assertThat(kit.fold().records()).isEqualTo(AssembledCalls.ofLines(lines));
    }

    private static List<byte[]> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.getBytes(UTF_8))
                .toList();
    }
}
