package io.callweave.notification;

import static io.callweave.notification.TestNotification.notification;
import static io.callweave.notification.TestNotification.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.call.event.PartyEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Any input has an answer, and the bridge, which reads only the key, gives the same one as the reader. */
class AnyBytesTest {

    private static final List<byte[]> REAL = Samples.real();
    private static final List<String> TOKENS = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "null",
            "true",
            "1",
            "-0",
            "1e9",
            "\"\"",
            "\"~\"",
            "\"\\ud800\"",
            "\"event\":",
            "\"pn_apns\":{}",
            "\"body\":",
            "\"parties\":[",
            "\"accountId\":null",
            "\"accountId\":7",
            "\u0000",
            "é",
            "\uFEFF",
            " ");

    private final NotificationReader reader = new NotificationReader();
    private final NotificationKeyer keyer = new NotificationKeyer();

    @Property
    void shouldAnswerForRandomBytes(@ForAll byte[] value) {
        assertAgreement(value);
    }

    @Property
    void shouldAnswerForRandomJson(@ForAll("values") JsonNode value, @ForAll Random random) {
        assertAgreement(utf8(new Scrambler(random).scramble(value)));
    }

    @Property
    void shouldAnswerForRealNotificationsWithChangedBytes(@ForAll("real") byte[] real, @ForAll Random random) {
        byte[] value = real.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            value[random.nextInt(value.length)] = (byte) random.nextInt(256);
        }

        assertAgreement(value);
    }

    @Property
    void shouldAnswerForTruncatedNotifications(@ForAll("real") byte[] real, @ForAll Random random) {
        assertAgreement(new String(real, StandardCharsets.UTF_8)
                .substring(0, random.nextInt(real.length / 2))
                .getBytes(StandardCharsets.UTF_8));
    }

    @Property
    void shouldAnswerForRealNotificationsWithInsertedTokens(
            @ForAll("real") byte[] real, @ForAll("tokens") List<String> tokens, @ForAll Random random) {
        StringBuilder json = new StringBuilder(new String(real, StandardCharsets.UTF_8));
        for (String token : tokens) {
            json.insert(random.nextInt(json.length() + 1), token);
        }

        assertAgreement(utf8(json.toString()));
    }

    @Property
    void shouldAnswerForNotificationsWithAnyValueForAMember(
            @ForAll("members") String member,
            @ForAll("values") JsonNode json,
            @ForAll("parties") ObjectNode party,
            @ForAll Random random) {
        String text = json.toString();
        TestNotification notification = notification()
                .envelope("event", random.nextBoolean() ? "\"/account/~/telephony/sessions\"" : "null")
                .parties(party.toString(), text, party.toString())
                .body(member, text)
                .envelope(random.nextBoolean() ? member : "x", text);

        assertAgreement(notification.bytes());
    }

    @Provide
    Arbitrary<JsonNode> values() {
        return JsonArbitraries.values();
    }

    @Provide
    Arbitrary<ObjectNode> parties() {
        return JsonArbitraries.parties();
    }

    @Provide
    Arbitrary<byte[]> real() {
        return Arbitraries.of(REAL);
    }

    @Provide
    Arbitrary<List<String>> tokens() {
        return Arbitraries.of(TOKENS).list().ofMinSize(1).ofMaxSize(3);
    }

    @Provide
    Arbitrary<String> members() {
        return Arbitraries.of(
                "event",
                "timestamp",
                "pn_apns",
                "body",
                "telephonySessionId",
                "accountId",
                "sequence",
                "eventTime",
                "parties",
                "sessionId",
                "origin");
    }

    private void assertAgreement(byte[] value) {
        ParseResult reading = reader.read(value);
        RoutingResult keying = keyer.key(value);

        Rejection rejection = reading.rejection();
        assertThat(reason(rejection)).isNotEqualTo(RejectReason.INTERNAL_ERROR);
        assertThat(keying).isEqualTo(keyingOf(reading, rejection));
        for (PartyEvent event : reading.events()) {
            assertThat(new String(value, StandardCharsets.UTF_8))
                    .contains(event.body().partyText());
        }
    }

    /** The answer of the keyer that agrees with the reader's. */
    private static RoutingResult keyingOf(ParseResult reading, @Nullable Rejection rejection) {
        EnvelopeIds known = reading.known();
        if (reading instanceof ParseResult.Skipped skipped) {
            return new RoutingResult.Skipped(skipped.kind(), known.account(), known.timestamp());
        }
        return rejection != null && known.keptSession() == null
                ? new RoutingResult.Unkeyed(rejection, known.account(), known.timestamp())
                : new RoutingResult.Keyed(known.telephonySessionId(), known.account(), known.timestamp());
    }

    private static @Nullable RejectReason reason(@Nullable Rejection rejection) {
        return rejection == null ? null : rejection.reason();
    }
}
