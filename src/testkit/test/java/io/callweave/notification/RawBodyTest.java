package io.callweave.notification;

import static io.callweave.notification.TestNotification.ABSENT;
import static io.callweave.notification.TestNotification.notification;
import static io.callweave.notification.TestNotification.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.TestJson;
import io.callweave.call.event.PartyEvent;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The body of a party event is exactly what was sent, because its hash decides which of two bodies counts. */
class RawBodyTest {

    private static final String TIME = "\"2020-06-23T01:05:43.940Z\"";
    private static final String EMPTY = "{\"id\":\"p-a-1\",\"status\":{\"code\":\"Setup\"}}";

    private final NotificationReader reader = new NotificationReader();

    @Test
    void shouldKeepPartyEventTimeOriginAndSessionIdAsSent() {
        String party =
                "{ \"status\" : {\"rcc\":false,\n\"code\":\"Setup\"} ,\"id\":\"p-a-1\",\"é\":1.0E+2, \"a\":\"\\u00e9\\/\" }";
        byte[] value = notification()
                .parties(" " + party + "\t")
                .body("origin", " { \"type\" : \"Call\" } ")
                .body("sessionId", " 429180487016 ")
                .bytes();

        assertThat(body(value)).isEqualTo(String.join("\0", party, TIME, "{ \"type\" : \"Call\" }", "429180487016"));
    }

    @Test
    void shouldBeEmptyForAbsentMembersAndNullForNull() {
        byte[] value = notification()
                .body("origin", ABSENT)
                .body("sessionId", "null")
                .parties(EMPTY)
                .bytes();

        assertThat(body(value)).isEqualTo(EMPTY + "\0" + TIME + "\0\0null");
    }

    @Test
    void shouldUseTheLastOfEqualMembersOfTheNotification() {
        String json = notification().parties(EMPTY).json();
        byte[] value = utf8(json.replace(
                "\"origin\":",
                "\"origin\":{\"type\":\"RingOut\"},\"sessionId\":\"1\",\"sessionId\":\"2\",\"origin\":"));

        assertThat(body(value)).isEqualTo(EMPTY + "\0" + TIME + "\0{\"type\":\"Call\"}\0\"2\"");
    }

    @Test
    void shouldUseTheLastOfEqualMembersOfAParty() {
        String party =
                "{\"b\":1,\"id\":\"p\",\"status\":{\"code\":\"Hold\"},\"id\":\"p-a-1\",\"status\":{\"code\":\"Setup\"}}";

        PartyEvent event =
                reader.read(notification().parties(party).bytes()).events().get(0);

        assertThat(event.partyId()).isEqualTo("p-a-1");
        assertThat(event.facts().status()).isEqualTo("Setup");
        assertThat(event.body().partyText()).isEqualTo(party);
    }

    @Test
    void shouldFindTheTextsInAWebSocketFrame() {
        byte[] value = utf8("[{\"é\":\"😀\"} , " + notification().parties(EMPTY).json() + "]");

        assertThat(body(value)).startsWith(EMPTY + "\0" + TIME + "\0");
    }

    @Property
    void shouldBeExactlyTheSentText(
            @ForAll("parties") ObjectNode party, @ForAll("values") JsonNode origin, @ForAll Random random) {
        String sentParty = new Scrambler(random).scramble(party);
        String sentOrigin = new Scrambler(random).scramble(origin);

        String body = body(
                notification().parties(sentParty).body("origin", sentOrigin).bytes());

        assertThat(body)
                .isEqualTo(String.join("\0", trimmed(sentParty), TIME, trimmed(sentOrigin), "\"429180487016\""));
    }

    @Property
    void shouldSurviveEncodingAsUtf8(@ForAll("parties") ObjectNode party, @ForAll Random random) {
        String sent = new Scrambler(random).scramble(party);

        String body = body(notification().parties(sent).bytes());

        assertThat(new String(utf8(body), StandardCharsets.UTF_8)).isEqualTo(body);
    }

    @Property
    void shouldReadTheSameFactsInAnyOrderWithAnySpacesAndEscapes(
            @ForAll("parties") ObjectNode party, @ForAll Random random) {
        String json = notification().parties(party.toString()).json();

        PartyEvent plain = reader.read(utf8(new Scrambler(random).scramble(TestJson.tree(json))))
                .events()
                .get(0);
        PartyEvent scrambled = reader.read(utf8(new Scrambler(random).scramble(TestJson.tree(json))))
                .events()
                .get(0);

        assertThat(scrambled.facts()).isEqualTo(plain.facts());
        assertThat(scrambled.place()).isEqualTo(plain.place());
    }

    /** Without the white space of JSON around it; {@code strip} would take more. */
    private static String trimmed(String json) {
        return json.replaceAll("^[ \\t\\r\\n]+|[ \\t\\r\\n]+$", "");
    }

    @Provide
    Arbitrary<ObjectNode> parties() {
        return JsonArbitraries.parties();
    }

    @Provide
    Arbitrary<JsonNode> values() {
        return JsonArbitraries.values();
    }

    private String body(byte[] value) {
        return reader.read(value).events().get(0).body().text();
    }
}
