package io.callweave.topology.ordering;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.CallRules;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.topics.Headers;
import io.callweave.topology.StoreNames;
import io.callweave.topology.TopologyKit;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.state.StoreKeys;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code party-events}: each party event once, in order of sequence as far as that can be had. */
class PartyEventsTest {

    private static final PhoneCall CALL =
            call().inbound("+15550100002").answeredBy("104").hangUp();
    private static final String SESSION = CALL.telephonySessionIds().get(0);
    private static final Duration GRACE = CallOptions.DEFAULT.gapGrace();
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final TopologyKit kit = new TopologyKit();

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void shouldPassOnAtOnceWhatComesInOrder() {
        for (Notification notification : CALL.notifications()) {
            kit.receive(notification);

            assertThat(sequences()).containsExactly(notification.sequence() + "");
        }
    }

    @Test
    void shouldHoldWhatFollowsAGapUntilTheGapIsClosed() {
        receive(2, 5, 4);
        assertThat(sequences()).containsExactly("2");

        kit.pass(GRACE.minus(MOMENT));
        assertThat(sequences()).isEmpty();
        receive(3);

        assertThat(sequences()).containsExactly("3", "4", "5");
    }

    @Test
    void shouldGiveUpAGapAfterItsGrace() {
        receive(2, 5, 4).pass(GRACE.minus(MOMENT));
        assertThat(sequences()).containsExactly("2");

        kit.pass(MOMENT);

        assertThat(sequences()).containsExactly("4", "5");
    }

    @Test
    void shouldGiveUpAGapLongBeforeTheClockTicks() {
        try (TopologyKit idle = TopologyKit.ticking(Duration.ofSeconds(10))) {
            idle.receive(sequence(2)).receive(sequence(4)).pass(GRACE.minus(MOMENT));
            assertThat(idle.partyEvents()).extracting(PartyEventsTest::summary).containsExactly("2");

            idle.pass(Duration.ofMillis(25));

            assertThat(idle.partyEvents()).extracting(PartyEventsTest::summary).containsExactly("4");
        }
    }

    @Test
    void shouldMarkAsLateWhatComesAfterItsGapWasGivenUp() {
        receive(2, 4).pass(GRACE);
        assertThat(sequences()).containsExactly("2", "4");

        receive(3, 5);

        assertThat(sequences()).containsExactly("3 late", "5");
    }

    @Test
    void shouldGiveUpEachOfSeveralGapsByItself() {
        receive(2, 4).pass(Duration.ofMillis(200));
        receive(6).pass(GRACE.minusMillis(200));
        assertThat(sequences()).containsExactly("2", "4");

        kit.pass(Duration.ofMillis(199));
        assertThat(sequences()).isEmpty();
        kit.pass(MOMENT);

        assertThat(sequences()).containsExactly("6");
    }

    @Test
    void shouldNotHoldUpAnotherSessionBecauseOfAGap() {
        PhoneCall other =
                call().seeded(2).inbound("+15550100003").answeredBy("105").hangUp();
        receive(2, 4);
        assertThat(sequences()).containsExactly("2");

        kit.receive(other.notifications().get(0));

        assertThat(kit.partyEvents())
                .extracting(TopologyKit.Sent::key)
                .containsExactly(other.telephonySessionIds().get(0));
    }

    @Test
    void shouldWaitForNothingWhereGapsAreIgnored() {
        try (TopologyKit lenient = new TopologyKit(new CallRules(false))) {
            lenient.receive(sequence(2)).receive(sequence(5)).receive(sequence(4));

            assertThat(lenient.partyEvents())
                    .extracting(PartyEventsTest::summary)
                    .containsExactly("2", "5", "4 late");
        }
    }

    @Test
    void shouldWaitForNothingOfAnAccountWhereGapsAreIgnored() {
        Notification ofOther = edited(sequence(5), "400130473008");
        try (TopologyKit mixed = new TopologyKit(new CallRules(true, Map.of("400130473008", false)))) {
            mixed.receive(sequence(2)).receive(sequence(5)).receive(ofOther);

            assertThat(mixed.partyEvents())
                    .extracting(sent -> sent.text("accountId") + " " + summary(sent))
                    .containsExactly("809646016 2", "400130473008 5");
        }
    }

    private static Notification edited(Notification notification, String account) {
        return TopologyKit.edited(
                notification, tree -> tree.put("event", "/restapi/v1.0/account/" + account + "/telephony/sessions"));
    }

    @Test
    void shouldPassOnTheFirstBodyOnly() {
        Notification other =
                TopologyKit.edited(sequence(2), tree -> TopologyKit.party(tree).put("zzz", "a greater body"));

        kit.receive(sequence(2)).receive(other).receive(sequence(2)).receive(other);

        assertThat(kit.partyEvents())
                .singleElement()
                .satisfies(
                        sent -> assertThat(sent.tree().path("party").has("zzz")).isFalse());
    }

    @Test
    void shouldPassOnTheFirstBodyOfAnEventThatWasHeld() {
        Notification other =
                TopologyKit.edited(sequence(4), tree -> TopologyKit.party(tree).put("zzz", "a greater body"));
        kit.receive(sequence(4)).receive(other);

        kit.pass(GRACE);

        assertThat(kit.partyEvents())
                .singleElement()
                .satisfies(
                        sent -> assertThat(sent.tree().path("party").has("zzz")).isFalse());
    }

    @Test
    void shouldTellWhatThePartysStatusWasBeforeAndForHowLong() {
        List<Notification> sent = CALL.notifications();

        kit.receive(sent);

        List<TopologyKit.Sent> events = kit.partyEvents();
        for (int i = 0; i < sent.size(); i++) {
            Notification before = before(sent, i);
            TopologyKit.Sent event = events.get(i);
            if (before == null) {
                assertThat(event.tree().path("previousStatus").isNull()).isTrue();
                assertThat(event.tree().path("previousStatusMs").isNull()).isTrue();
            } else {
                assertThat(event.text("previousStatus"))
                        .isEqualTo(before.party().at("/status/code").asText());
                assertThat(event.tree().path("previousStatusMs").asLong())
                        .isEqualTo(
                                Duration.between(before.eventTime(), sent.get(i).eventTime())
                                        .toMillis());
            }
        }
        assertThat(events)
                .anyMatch(event -> !event.tree().path("previousStatus").isNull());
    }

    @Test
    void shouldTakeTheStatusBeforeALateEventFromTheNextLowerSequence() {
        List<Notification> ofOneParty = CALL.notifications().stream()
                .filter(notification -> notification
                        .party()
                        .path("id")
                        .asText()
                        .equals(sequence(2).party().path("id").asText()))
                .toList();
        Notification missing = ofOneParty.get(1);
        CALL.notifications().stream()
                .filter(notification -> !notification.equals(missing))
                .forEach(kit::receive);
        kit.pass(GRACE).partyEvents();

        kit.receive(missing);

        assertThat(kit.partyEvents()).singleElement().satisfies(event -> {
            assertThat(summary(event)).isEqualTo(missing.sequence() + " late");
            assertThat(event.text("previousStatus"))
                    .isEqualTo(ofOneParty.get(0).party().at("/status/code").asText());
        });
    }

    @Test
    void shouldHaveThePartyAsItWasReceived() {
        String odd = "{\"nested\":{\"nothing\":null,\"list\":[1.50]},\"huge\":12345678901234567890.0}";
        String json = TopologyKit.edited(
                        sequence(2), tree -> TopologyKit.party(tree).put("zeta", "to be replaced"))
                .json()
                .replace("\"to be replaced\"", odd);

        kit.receive(json.getBytes(UTF_8));

        TopologyKit.Sent event = kit.partyEvents().get(0);
        assertThat(event.tree().path("party")).isEqualTo(TopologyKit.tree(json).at("/body/parties/0"));
        assertThat(event.json()).contains("12345678901234567890.0", "[1.50]");
    }

    @Test
    void shouldHaveTheFieldsThatAreTheSessions() {
        kit.receive(sequence(2));

        TopologyKit.Sent event = kit.partyEvents().get(0);
        assertThat(event.tree().properties())
                .extracting(Map.Entry::getKey)
                .containsExactly(
                        "accountId",
                        "telephonySessionId",
                        "sessionId",
                        "sequence",
                        "eventTime",
                        "origin",
                        "partyId",
                        "status",
                        "reason",
                        "previousStatus",
                        "previousStatusMs",
                        "late",
                        "party");
        assertThat(event.text("accountId")).isEqualTo(CALL.account().id());
        assertThat(event.text("telephonySessionId")).isEqualTo(SESSION);
        assertThat(event.text("sessionId"))
                .isEqualTo(sequence(2).tree().at("/body/sessionId").asText());
        assertThat(event.text("origin"))
                .isEqualTo(sequence(2).tree().at("/body/origin/type").asText());
        assertThat(event.text("eventTime"))
                .isEqualTo(TopologyKit.time(sequence(2).eventTime()));
        assertThat(event.text("partyId"))
                .isEqualTo(sequence(2).party().path("id").asText());
        assertThat(event.key()).isEqualTo(SESSION);
    }

    @Test
    void shouldTellInTheHeadersWhatReleasedAnEvent() {
        receive(2).pass(MOMENT);
        receive(4).pass(MOMENT);
        receive(3);

        List<TopologyKit.Sent> events = kit.partyEvents();
        assertThat(events).extracting(PartyEventsTest::summary).containsExactly("2", "3", "4");
        assertThat(events.get(0).headers())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        Headers.ACCOUNT,
                        "809646016",
                        Headers.SCHEMA_VERSION,
                        "1",
                        Headers.LAST_RECEIVED_AT,
                        TopologyKit.time(TopologyKit.RECEIVED),
                        Headers.EPOCH,
                        Long.toString(TopologyKit.WALL.toEpochMilli())));
        assertThat(events.subList(1, 3))
                .allSatisfy(event -> assertThat(event.headers())
                        .containsEntry(Headers.LAST_RECEIVED_AT, TopologyKit.time(kit.now())))
                .allSatisfy(event -> assertThat(event.timestamp()).isEqualTo(kit.wall()));
    }

    @Test
    void shouldForgetASessionWhenNothingCanChangeItAnyMore() {
        kit.receive(CALL);
        assertThat(kit.entries(StoreNames.CALLS, StoreKeys.Kind.STATE)).isEqualTo(1);

        kit.pass(Duration.ofHours(29));
        kit.pass(CallOptions.DEFAULT.markerRetention().plusHours(1));
        // In one step of so many days, its windows went after its marker was looked at.
        kit.pass(Duration.ofDays(1));

        assertThat(kit.entries(StoreNames.CALLS, StoreKeys.Kind.STATE)).isZero();
        assertThat(kit.entries(StoreNames.CALL_DUE, StoreKeys.Kind.DUE)).isZero();
    }

    private TopologyKit receive(long... sequences) {
        Arrays.stream(sequences).forEach(sequence -> kit.receive(sequence(sequence)));
        return kit;
    }

    private List<String> sequences() {
        return kit.partyEvents().stream().map(PartyEventsTest::summary).toList();
    }

    private static String summary(TopologyKit.Sent event) {
        return event.text("sequence") + (event.tree().path("late").asBoolean() ? " late" : "");
    }

    private static Notification sequence(long sequence) {
        return CALL.notifications().stream()
                .filter(notification -> notification.sequence() == sequence)
                .findFirst()
                .orElseThrow();
    }

    private static Notification before(List<Notification> sent, int index) {
        String party = sent.get(index).party().path("id").asText();
        for (int i = index - 1; i >= 0; i--) {
            if (sent.get(i).party().path("id").asText().equals(party)) {
                return sent.get(i);
            }
        }
        return null;
    }
}
