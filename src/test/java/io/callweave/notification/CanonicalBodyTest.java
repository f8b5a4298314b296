package io.callweave.notification;

import static io.callweave.notification.TestNotification.ABSENT;
import static io.callweave.notification.TestNotification.notification;
import static io.callweave.notification.TestNotification.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.call.PartyEvent;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalBodyTest {

    private static final String EMPTY = "{\"id\":\"p-a-1\",\"status\":{\"code\":\"Setup\"}}";
    private static final String FRAME =
            "{\"eventTime\":\"2020-06-23T01:05:43.940Z\",\"origin\":{\"type\":\"Call\"},\"party\":%s,\"sessionId\":\"429180487016\"}";

    private final NotificationReader reader = new NotificationReader();

    @Test
    void shouldSortNamesAndLeaveOutSpaces() {
        byte[] value = notification()
                .body("origin", "{ \"type\" : \"Call\" , \"b\" : [ 2 , 1 ] , \"B\" : { \"z\" : null , \"a\" : { } } }")
                .parties(
                        "{\"status\":{\"rcc\":false,\"code\":\"Setup\"},\"id\":\"p-a-1\",\"é\":1,\"z\":[],\"aa\":true,\"a\":0}")
                .bytes();

        assertThat(body(value))
                .isEqualTo(
                        "{\"eventTime\":\"2020-06-23T01:05:43.940Z\",\"origin\":{\"B\":{\"a\":{},\"z\":null},\"b\":[2,1],"
                                + "\"type\":\"Call\"},\"party\":{\"a\":0,\"aa\":true,\"id\":\"p-a-1\",\"status\":{\"code\":\"Setup\","
                                + "\"rcc\":false},\"z\":[],\"é\":1},\"sessionId\":\"429180487016\"}");
    }

    /** By code point, U+FFFF would come before the emoji. */
    @Test
    void shouldSortNamesByCodeUnit() {
        byte[] value = notification().partyWith("\"\uFFFF\":1,\"😀\":2").bytes();

        assertThat(body(value)).contains(",\"😀\":2,\"\uFFFF\":1}");
    }

    @Test
    void shouldLeaveOutWhatIsAbsent() {
        byte[] value = notification()
                .body("origin", ABSENT)
                .body("sessionId", ABSENT)
                .parties(EMPTY)
                .bytes();

        assertThat(body(value)).isEqualTo("{\"eventTime\":\"2020-06-23T01:05:43.940Z\",\"party\":" + EMPTY + "}");
    }

    @Test
    void shouldKeepWhatIsThereButSaysNothing() {
        byte[] value = notification()
                .body("origin", "\"Call\"")
                .body("sessionId", "null")
                .parties(EMPTY)
                .bytes();

        assertThat(body(value))
                .isEqualTo("{\"eventTime\":\"2020-06-23T01:05:43.940Z\",\"origin\":\"Call\",\"party\":" + EMPTY
                        + ",\"sessionId\":null}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "1.0",
                "1.10",
                "1e3",
                "1E+3",
                "-1.5e-7",
                "123456789012345678901234567890",
                "1e999999999",
                "0.1000000000000000055511151231257827"
            })
    void shouldKeepNumbersAsTheyAreWritten(String number) {
        byte[] value = notification().partyWith("\"n\":" + number).bytes();

        assertThat(body(value)).contains("\"n\":" + number + ",");
    }

    @Test
    void shouldEscapeOnlyWhatHasToBe() {
        byte[] value = notification()
                .partyWith("\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u001F\\u007f\\u00e9\\u2028\\uD83D\\uDE00\"")
                .bytes();

        assertThat(body(value)).contains("\"a\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u007fé\u2028😀\"");
    }

    /** UTF-8 has no form for them: the body would not come back from a topic as it went there. */
    @Test
    void shouldEscapeHalvesOfSurrogatePairs() {
        byte[] value = notification()
                .partyWith("\"a\":\"\\uD83Dx\\uDE00\\uDE00\\uD83D\\uD83D\\uDE00\\uD83D\"")
                .bytes();

        assertThat(body(value)).contains("\"a\":\"\\ud83dx\\ude00\\ude00\\ud83d😀\\ud83d\"");
    }

    @Test
    void shouldLetTheLastOfEqualNamesCount() {
        byte[] value = notification()
                .parties(
                        "{\"b\":1,\"id\":\"p\",\"a\":1,\"status\":{\"code\":\"Hold\"},\"id\":\"p-a-1\",\"a\":2,\"a\":3,"
                                + "\"status\":{\"code\":\"Setup\"}}")
                .bytes();

        PartyEvent event = reader.read(value).events().get(0);

        assertThat(event.partyId()).isEqualTo("p-a-1");
        assertThat(event.facts().status()).isEqualTo("Setup");
        assertThat(event.body())
                .isEqualTo(FRAME.formatted("{\"a\":3,\"b\":1,\"id\":\"p-a-1\",\"status\":{\"code\":\"Setup\"}}"));
    }

    @Property
    void shouldNotDependOnOrderOrSpacesOrEscapes(@ForAll("parties") ObjectNode party, @ForAll Random random) {
        String json = notification().parties(party.toString()).json();

        Reading plain = reader.read(utf8(new Scrambler(random).scramble(Scrambler.tree(json))));
        Reading scrambled = reader.read(utf8(new Scrambler(random).scramble(Scrambler.tree(json))));

        assertThat(plain.events()).hasSize(1);
        assertThat(scrambled).isEqualTo(plain);
    }

    @Property
    void shouldSayTheSameAsThePartyThatWasSent(@ForAll("parties") ObjectNode party, @ForAll Random random) {
        String sent = new Scrambler(random).scramble(party);

        PartyEvent event =
                reader.read(notification().parties(sent).bytes()).events().get(0);

        assertThat(Scrambler.tree(event.body()).get("party")).isEqualTo(Scrambler.tree(party.toString()));
    }

    @Property
    void shouldComeBackFromUtf8AsItWent(@ForAll("parties") ObjectNode party, @ForAll Random random) {
        String sent = new Scrambler(random).scramble(party);

        String body = body(notification().parties(sent).bytes());

        assertThat(new String(utf8(body), StandardCharsets.UTF_8)).isEqualTo(body);
    }

    @Provide
    Arbitrary<ObjectNode> parties() {
        return JsonArbitraries.parties();
    }

    private String body(byte[] value) {
        return reader.read(value).events().get(0).body();
    }
}
