package io.callweave.topology;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.notification.NotificationLimits;
import io.callweave.notification.NotificationReader;
import io.callweave.notification.ParseResult;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.topics.Headers;
import io.callweave.topology.calls.AssembledCalls;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be used goes to {@code dead-letters} as it came, and the stream goes on. */
class RejectedNotificationsTest {

    private static final PhoneCall CALL =
            call().inbound("+15550100002").answeredBy("104").hangUp();
    private static final Notification ANY = CALL.notifications().get(0);

    private final TopologyKit kit = new TopologyKit();

    /** Bytes that cannot be used, and the reason that the contract gives for them. */
    record Bad(String reason, Bytes value) {

        @Override
        public String toString() {
            return reason + " of " + value.get().length + " bytes";
        }
    }

    @AfterEach
    void close() {
        kit.close();
    }

    static List<Bad> everyReason() {
        return List.of(
                bad("tooLarge", "{\"a\":\"" + "x".repeat(NotificationLimits.DEFAULT.maxBytes()) + "\"}"),
                bad("notJson", "surely not"),
                bad("notJson", ""),
                new Bad("notJson", Bytes.wrap(new byte[] {'{', '"', (byte) 0xFF, '"', ':', '1', '}'})),
                bad("notAnObject", "[]"),
                bad("notAnObject", "17"),
                bad("noTelephonySessionId", "{}"),
                bad("noTelephonySessionId", tree -> TopologyKit.body(tree).remove("telephonySessionId")),
                bad("noAccount", tree -> {
                    tree.remove("event");
                    TopologyKit.body(tree).remove("accountId");
                    TopologyKit.party(tree).remove("accountId");
                }),
                bad("noParties", tree -> TopologyKit.body(tree).remove("parties")),
                bad("noParties", tree -> TopologyKit.body(tree).putArray("parties")),
                bad("badSequence", tree -> TopologyKit.body(tree).put("sequence", "x")),
                bad("badSequence", tree -> TopologyKit.body(tree).put("sequence", -1)),
                bad("badSequence", tree -> TopologyKit.body(tree).put("sequence", 1L << 53)),
                bad("badEventTime", tree -> TopologyKit.body(tree).put("eventTime", "1999-12-31T23:59:59.999Z")),
                bad("badEventTime", tree -> TopologyKit.body(tree).put("eventTime", "2026-03-02T09:00:00")),
                bad("badParty", tree -> TopologyKit.party(tree).remove("id")),
                bad("badParty", tree -> TopologyKit.party(tree).remove("status")));
    }

    /** With the reason and the detail of the full reader, whether the router gives it up or the stage. */
    @Test
    void shouldKeepTheBytesTheKeyTheReasonAndThePlace() {
        byte[] key = "any key".getBytes(UTF_8);
        int offset = 0;
        for (Bad bad : everyReason()) {
            ParseResult read = new NotificationReader().read(bad.value().get());
            String session = read.known().telephonySessionId();

            kit.receive(key, bad.value().get(), Map.of())
                    .receive(null, bad.value().get(), Map.of());

            List<TopologyKit.Letter> letters = kit.deadLetters();
            assertThat(letters).as("%s", bad).hasSize(2).allSatisfy(letter -> {
                assertThat(letter.value()).isEqualTo(bad.value());
                assertThat(letter.timestamp()).isEqualTo(kit.wall());
                assertThat(letter.headers())
                        .containsEntry(Headers.REASON, bad.reason())
                        .containsEntry(
                                Headers.DETAIL,
                                Objects.requireNonNull(read.rejection()).detail())
                        .containsEntry(Headers.REJECTED_AT, TopologyKit.time(kit.wall()));
            });
            assertThat(letters)
                    .extracting(letter -> letter.headers().get(Headers.SOURCE))
                    .containsExactly("test.notifications-0@" + offset++, "test.notifications-0@" + offset++);
            assertThat(letters)
                    .extracting(TopologyKit.Letter::key)
                    .containsExactly(Bytes.wrap(key), session == null ? null : Bytes.wrap(session.getBytes(UTF_8)));
        }
    }

    @Test
    void shouldTakeTheAccountOfTheHeaderWhereTheNotificationNamesNone() {
        List<byte[]> nameless = CALL.notifications().stream()
                .map(notification -> TopologyKit.edited(notification, tree -> {
                            tree.remove("event");
                            TopologyKit.body(tree).remove("accountId");
                            TopologyKit.party(tree).remove("accountId");
                        })
                        .bytes())
                .toList();

        nameless.forEach(value -> kit.receive(null, value, Map.of(Headers.ACCOUNT, "4711")));
        kit.receive(null, nameless.get(0), Map.of(Headers.ACCOUNT, ""));
        kit.passUntilNothingWaits();

        assertThat(kit.fold().records().keySet()).singleElement().asString().startsWith("4711/");
        assertThat(kit.deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.headers())
                        .containsEntry(Headers.REASON, "noAccount")
                        .doesNotContainKey(Headers.ACCOUNT));
    }

    /** The account of the header decides the partition, so that its calls would be put together in two places. */
    @ParameterizedTest
    @CsvSource({"true, false, 0", "false, true, 0", "false, false, 1", "false, true, 1"})
    void shouldRefuseARecordOfTheBridgeThatContradictsItsNotification(
            boolean rightKey, boolean rightAccount, int place) {
        byte[] key = rightKey ? ANY.telephonySessionId().getBytes(UTF_8) : "s-other".getBytes(UTF_8);
        Notification notification = CALL.notifications().get(place);

        kit.receive(key, notification.bytes(), ofBridge(rightAccount ? ANY.account() : "4711"));
        kit.passUntilNothingWaits();

        assertThat(kit.emitted()).isEmpty();
        assertThat(kit.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isEqualTo(Bytes.wrap(key));
            assertThat(letter.value()).isEqualTo(Bytes.wrap(notification.bytes()));
            assertThat(letter.headers()).containsEntry(Headers.REASON, "wrongAccount");
        });
    }

    @Test
    void shouldReadWhatTheBridgeWroteAsWhatAnotherProducerWrote() {
        for (Notification notification : CALL.notifications()) {
            byte[] key = notification.telephonySessionId().getBytes(UTF_8);
            everyReason().forEach(bad -> kit.receive(key, bad.value().get(), ofBridge(ANY.account())));
            kit.receive(key, notification.bytes(), ofBridge(ANY.account()));
        }

        assertThat(kit.fold().records()).isEqualTo(AssembledCalls.of(CALL.notifications()));
        assertThat(kit.deadLetters())
                .extracting(letter -> letter.headers().get(Headers.REASON))
                .startsWith("tooLarge", "notJson")
                .contains("badParty")
                .doesNotContain("wrongAccount");
    }

    /** It does not say how and when the bridge received it. */
    @Test
    void shouldBelieveTheNotificationOfAnotherProducerWhateverItsKeyAndHeader() {
        CALL.notifications()
                .forEach(notification -> kit.receive(
                        "any key".getBytes(UTF_8),
                        notification.bytes(),
                        Map.of(Headers.ACCOUNT, "4711", Headers.TRANSPORT, "own", Headers.SOURCE, "own:1")));

        assertThat(kit.fold().records()).isEqualTo(AssembledCalls.of(CALL.notifications()));
        assertThat(kit.deadLetters()).isEmpty();
    }

    private static Map<String, String> ofBridge(String account) {
        return Map.of(
                Headers.TRANSPORT,
                "webhook",
                Headers.RECEIVED_AT,
                "2026-03-02T12:00:00.000Z",
                Headers.SOURCE,
                "webhook:" + account,
                Headers.ACCOUNT,
                account);
    }

    @Test
    void shouldWriteOneDeadLetterForATooLateNotificationOfSeveralParties() {
        kit.receive(CALL).pass(Duration.ofHours(25));
        Notification late = TopologyKit.edited(ANY, tree -> {
            ArrayNode parties = (ArrayNode) TopologyKit.body(tree).path("parties");
            for (int i = 0; i < 3; i++) {
                parties.add(((ObjectNode) parties.get(0)).deepCopy().put("id", "p-late-" + i));
            }
        });

        kit.receive(late);

        assertThat(kit.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.value()).isEqualTo(Bytes.wrap(late.bytes()));
            assertThat(letter.headers())
                    .containsEntry(Headers.REASON, "tooLate")
                    .containsEntry(
                            Headers.SOURCE,
                            "test.notifications-0@" + CALL.notifications().size());
        });
    }

    @Test
    void shouldGoOnAfterEveryKindOfBadInput() {
        for (Notification notification : CALL.notifications()) {
            everyReason().forEach(bad -> kit.receive(bad.value().get()));
            kit.receive(notification);
        }

        assertThat(kit.fold().records()).isEqualTo(AssembledCalls.of(CALL.notifications()));
        assertThat(kit.fold().revisions()).containsValue(1L).hasSize(1);
        assertThat(kit.deadLetters())
                .hasSize(everyReason().size() * CALL.notifications().size());
    }

    @Test
    void shouldNameTheSourceThatTheSenderNamed() {
        kit.receive(null, "surely not".getBytes(UTF_8), Map.of(Headers.SOURCE, "calls.ndjson:17"));

        assertThat(kit.deadLetters().get(0).headers()).containsEntry(Headers.SOURCE, "calls.ndjson:17");
        assertThat(kit.deadLetters()).isEmpty();
    }

    @Test
    void shouldUseTheGoodPartiesOfANotificationWithABadOne() {
        Notification withBad = TopologyKit.edited(
                ANY,
                tree -> ((ArrayNode) TopologyKit.body(tree).path("parties"))
                        .addObject()
                        .put("id", "p-without-a-status"));
        List<Notification> all = CALL.notifications();

        kit.receive(withBad).receive(all.subList(1, all.size()));

        assertThat(kit.fold().records()).isEqualTo(AssembledCalls.of(all));
        assertThat(kit.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.headers()).containsEntry(Headers.REASON, "badParty");
            assertThat(letter.value()).isEqualTo(Bytes.wrap(withBad.bytes()));
            assertThat(letter.key())
                    .isEqualTo(Bytes.wrap(ANY.telephonySessionId().getBytes(UTF_8)));
        });
    }

    @Test
    void shouldPassOverOtherTypesOfEvents() {
        for (String type : List.of("presence?detailedTelephonyState=true", "message-store", "extension/1/presence")) {
            Notification other = TopologyKit.edited(
                    ANY, tree -> tree.put("event", "/restapi/v1.0/account/" + ANY.account() + "/" + type));
            kit.receive(other).receive("s-1".getBytes(UTF_8), other.bytes(), ofBridge("4711"));
        }
        kit.passUntilNothingWaits();

        assertThat(kit.emitted()).isEmpty();
        assertThat(kit.deadLetters()).isEmpty();
    }

    private static Bad bad(String reason, String text) {
        return new Bad(reason, Bytes.wrap(text.getBytes(UTF_8)));
    }

    private static Bad bad(String reason, Consumer<ObjectNode> spoil) {
        return new Bad(reason, Bytes.wrap(TopologyKit.edited(ANY, spoil).bytes()));
    }
}
