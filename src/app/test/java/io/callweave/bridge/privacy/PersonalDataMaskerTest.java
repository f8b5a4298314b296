package io.callweave.bridge.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.bridge.account.Privacy;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalDataMaskerTest {

    private static final String NOTIFICATION = """
            {"uuid":"+u", "event":"/restapi/v1.0/account/1/telephony/sessions",
             "timestamp" : "2026-01-02T03:04:05.678+0000", "body":{"sessionId":"429180487016", "telephonySessionId":"s-1",
             "parties":[{"accountId":"809646016","id":"p-1",
               "from":{"phoneNumber":"+16505550100","name":"Ada \\"L\\" Lovel\\u0061ce","deviceId":"802"},
               "to":{"phoneNumber":"101","name":"","extensionId":"7"},
               "uiCallInfo":{"primary":{"type":"CallerIdNumber","value":"+16505550100"},
                 "additional":{"type":"CallerIdName","value":"Ada"}},
               "status":{"code":"Setup","mobilePickupData":{"to":16505550100}},
               "other":"call +16505550100 now", "n":1.50}]}}""";

    /** With members that no document has, and texts where there should be words. */
    private static final String UNKNOWN = """
            {"uuid":"u","event":"/restapi/v1.0/account/1/telephony/sessions?phoneNumber=%2B16505550100&x=Ada",
            "timestamp":"2026-01-02T03:04:05Z","body":{"sequence":16505550100,"telephonySessionId":"s-1",
            "eventTime":"2026-01-02T03:04:05Z","Ada Lovelace":true,"parties":[{"id":"p-1","direction":"Outbound",
            "displayName":"Ada","from":{"displayName":"Ada","fromUri":"sip:ada@lovelace.example","fromNumber":"6505550100"},
            "status":{"code":"Disconnected","reason":"Ada asked for Babbage","description":"Ada hung up"},
            "customer":{"id":"ada-lovelace","type":"Call","code":"Hold","born":18151210},
            "deviceId":"Ada Lovelace","birthday":"1815-12-10T00:00:00Z","recordings":[{"id":"r-1","active":true}],
            "message":{"uri":"sip:ada@lovelace.example"}}]}}""";

    private final PersonalDataMasker masker = new PersonalDataMasker("a key for tests".getBytes(UTF_8));

    @Test
    void shouldMaskNumbersAndNamesAndWhatCouldBeOne() throws IOException {
        assertThat(masked(Privacy.MASK, "1", NOTIFICATION))
                .isEqualTo(NOTIFICATION
                        .replace("+16505550100", "+1650555XXXX")
                        .replace("16505550100}", "\"1650555XXXX\"}")
                        .replace("Ada \\\"L\\\" Lovel\\u0061ce", "***")
                        .replace("\"101\"", "\"XXX\"")
                        .replace("call +1650555XXXX now", "***")
                        .replace("1.50", "\"X.XX\"")
                        .replace("\"Ada\"", "\"***\""));
    }

    /** Each fits into a notification. */
    @ParameterizedTest
    @ValueSource(
            strings = {"\"name\":\"+%s\"|1", "\"name\":\"+%s\"|1 ", "\"event\":\"/a?%s\"|sipData=1&", "\"a%s\":1|a1"})
    void shouldMaskLongTexts(String form) throws IOException {
        String[] parts = form.split("\\|", 2);

        String masked = masked(Privacy.MASK, "1", "{" + parts[0].formatted(parts[1].repeat(20_000)) + "}");

        assertThat(masked).startsWith("{\"").endsWith("}");
    }

    @Test
    void shouldMaskEverythingThatIsNotKnownToBeHarmless() throws IOException {
        assertThat(masked(Privacy.MASK, "1", UNKNOWN)).isEqualTo("""
                {"uuid":"u","event":"/restapi/v1.0/account/1/telephony/sessions?***",
                "timestamp":"2026-01-02T03:04:05Z","body":{"sequence":16505550100,"telephonySessionId":"s-1",
                "eventTime":"2026-01-02T03:04:05Z","***":true,"parties":[{"id":"p-1","direction":"Outbound",
                "displayName":"***","from":{"displayName":"***","fromUri":"***","fromNumber":"650555XXXX"},
                "status":{"code":"Disconnected","reason":"***","description":"***"},
                "customer":{"id":"***","type":"***","code":"***","born":"1815XXXX"},
                "deviceId":"***","birthday":"***","recordings":[{"id":"r-1","active":true}],
                "message":{"uri":"***"}}]}}""");
    }

    @Test
    void shouldHashTheSameToTheSameInOneAccountOnly() throws IOException {
        String first = masked(Privacy.HASH, "1", NOTIFICATION);
        String number = hashes(first, "\"phoneNumber\":\"(\\+h-[A-Za-z0-9_-]{16})\"");

        assertThat(first)
                .doesNotContain("6505550100", "Ada", "\"101\"")
                .contains("\"value\":\"" + number + "\"", "\"deviceId\":\"802\"");
        assertThat(masked(Privacy.HASH, "1", NOTIFICATION)).isEqualTo(first);
        assertThat(masked(Privacy.HASH, "2", NOTIFICATION)).doesNotContain(number);
        assertThat(new String(
                        new PersonalDataMasker("another key".getBytes(UTF_8))
                                .notification(Privacy.HASH, "1", NOTIFICATION.getBytes(UTF_8)),
                        UTF_8))
                .doesNotContain(number);
    }

    @Test
    void shouldFindThemInEveryForm() throws IOException {
        String framed =
                "\uFEFF[{\"type\":\"ServerNotification\"},{\"pn_apns\":{\"aps\":{\"alert\":{\"body\":\"Zoë calls\"}},"
                        + "\"body\":{\"parties\":[{\"from\":{\"\\u006eame\":\"Zoë\",\"phoneNumber\":[\"+441632960000\"]}}]}}}]";

        assertThat(masked(Privacy.MASK, "1", framed))
                .isEqualTo(
                        framed.replace("Zoë calls", "***").replace("Zoë", "***").replace("960000\"", "XXXXXX\""));
    }

    /** What follows a number can be an extension, a PIN, or another number. */
    @ParameterizedTest
    @CsvSource({
        "+16505550100*1234, +1650555XXXX*XXXX",
        "+1 650 555 0100 x 98765, +1 650 555 XXXX x XXXXX",
        "650-555-0100#12345678, 650-555-XXXX#XXXXXXXX",
        "6505550100;12, 650555XXXX;XX",
        "*6716505550100*16505550101, *671650XXXXXXX*XXXXXXXXXXX",
        "+1 650 555 0100 104, +1650555XXXXXXX",
        "+16505550100 16505550101, +1650555XXXXXXXXXXXXXXX",
        "+442079460958, +442079XXXXXX",
        "5550100*104, XXXXXXX*XXX",
    })
    void shouldMaskAtLeastTheLastFourDigitsOfANumberAndAllBehindIt(String number, String masked) throws IOException {
        assertThat(masked(Privacy.MASK, "1", "{\"phoneNumber\":\"" + number + "\"}"))
                .isEqualTo("{\"phoneNumber\":\"" + masked + "\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tel-06-12-34-56-78", "a1-65-05-55-77-88", "", " "})
    void shouldTakeNothingForKnownInAMemberThatIsNoWord(String member) throws IOException {
        assertThat(masked(Privacy.MASK, "1", "{\"" + member + "\":{\"id\":\"Zaphod\",\"uri\":\"/Zaphod\"}}"))
                .isEqualTo("{\"***\":{\"id\":\"***\",\"uri\":\"***\"}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+16505550100",
                "+1 (650) 555-0100",
                "+1.650.555.0100",
                "+1 650-555 01 00",
                "+1 (650) - 555 - 0100",
                "+1[650]555/0100",
                "+1\u00a0650\u2011555\u202f0100 ",
                "+1\\t6505550100"
            })
    void shouldHashANumberToTheSameHoweverItIsWritten(String number) throws IOException {
        String hash =
                hashes(masked(Privacy.HASH, "1", "{\"phoneNumber\":\"+16505550100\"}"), "(\\+h-[A-Za-z0-9_-]{16})");

        assertThat(masked(Privacy.HASH, "1", "{\"phoneNumber\":\"" + number + "\"}"))
                .isEqualTo("{\"phoneNumber\":\"" + hash + "\"}");
    }

    @Test
    void shouldLeaveWordsTimesAndPricesOfTheCallLog() throws IOException {
        String logged = """
                {"event":"/restapi/v1.0/account/1/call-log/L1","body":{"id":"L1","telephonySessionId":"s-1",
                "type":"Voice","direction":"Inbound","action":"Phone Call","result":"Answered Not Accepted",
                "startTime":"2026-03-02T09:00:00.000Z","duration":300,"durationMs":300400,
                "from":{"phoneNumber":"+16505550100","name":"Ada"},"to":{"name":"Bob","extensionId":"101"},
                "extension":{"id":101},"recording":{"id":"77"},"delegate":{"name":"Cy"},
                "billing":{"costIncluded":0.000,"costPurchased":0.042},
                "legs":[{"result":"Answered Elsewhere","legType":"PstnToSip","durationMs":3400,"from":{"name":"Ada"}}]}}""";

        assertThat(masked(Privacy.MASK, "1", logged))
                .isEqualTo(logged.replace("+16505550100", "+1650555XXXX")
                        .replace("Ada", "***")
                        .replace("Bob", "***")
                        .replace("Cy", "***"));
    }

    @Test
    void shouldLeaveTheWordForAConference() throws IOException {
        String conference = "{\"to\":{\"phoneNumber\":\"conference\",\"name\":\"Conference\"}}";

        assertThat(masked(Privacy.HASH, "1", conference)).isEqualTo(conference);
    }

    @Test
    void shouldLeaveEverythingWithoutPrivacy() throws IOException {
        byte[] value = NOTIFICATION.getBytes(UTF_8);

        assertThat(masker.notification(Privacy.NONE, "1", value)).isSameAs(value);
        assertThat(masker.unreadable(Privacy.NONE, value)).isSameAs(value);
    }

    @Test
    void shouldKeepOnlyTheSizeOfWhatCannotBeRead() {
        assertThat(new String(masker.unreadable(Privacy.MASK, "+16505550100".getBytes(UTF_8)), UTF_8))
                .isEqualTo("{\"withheld\":\"privacy\",\"bytes\":12}");
    }

    private String masked(Privacy privacy, String account, String json) throws IOException {
        return new String(masker.notification(privacy, account, json.getBytes(UTF_8)), UTF_8);
    }

    private static String hashes(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
