package io.callweave.notification;

import static io.callweave.notification.TestNotification.ABSENT;
import static io.callweave.notification.TestNotification.PARTY;
import static io.callweave.notification.TestNotification.notification;
import static io.callweave.notification.TestNotification.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.callweave.call.event.PartyEvent;
import io.callweave.notification.json.KeptText;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RejectionTest {

    private final NotificationReader reader = new NotificationReader();

    @Test
    void shouldAcceptUpToTheMaximumAndNoByteMore() {
        byte[] value = notification().bytes();

        ParseResult exact = new NotificationReader(new NotificationLimits(value.length, 200)).read(value);
        ParseResult over = new NotificationReader(new NotificationLimits(value.length - 1, 200)).read(value);

        assertThat(exact.rejection()).isNull();
        assertRejected(over, RejectReason.TOO_LARGE, "The notification is over " + (value.length - 1) + " bytes.");
    }

    @Test
    void shouldAcceptOneMebibyteByDefault() {
        byte[] value = Arrays.copyOf(notification().bytes(), 1_048_577);
        Arrays.fill(value, notification().bytes().length, value.length, (byte) ' ');

        ParseResult exact = reader.read(Arrays.copyOf(value, 1_048_576));
        ParseResult over = reader.read(value);

        assertThat(exact.rejection()).isNull();
        assertRejected(over, RejectReason.TOO_LARGE, "The notification is over 1048576 bytes.");
    }

    @Test
    void shouldRejectIdsThatAreTooLong() {
        String longest = "\"" + "x".repeat(KeptText.MOST) + "\"";
        String longer = "\"" + "x".repeat(KeptText.MOST + 1) + "\"";
        String party = "{\"id\":%s,\"status\":{\"code\":%s}}";

        assertThat(reader.read(notification()
                                .body("telephonySessionId", longest)
                                .body("accountId", longest)
                                .parties(party.formatted(longest, longest))
                                .envelope("event", ABSENT)
                                .bytes())
                        .rejection())
                .isNull();
        assertRejected(
                reader.read(notification().body("telephonySessionId", longer).bytes()),
                RejectReason.NO_TELEPHONY_SESSION_ID,
                "body.telephonySessionId has 256 characters; at most 255 are read.");
        assertRejected(
                reader.read(notification()
                        .envelope("event", ABSENT)
                        .body("accountId", longer)
                        .bytes()),
                RejectReason.NO_ACCOUNT,
                "The account id has 256 characters; at most 255 are read.");
        assertRejected(
                reader.read(
                        notification().parties(party.formatted(longer, longest)).bytes()),
                RejectReason.BAD_PARTY,
                "body.parties[0] has an id of 256 characters; at most 255 are read; 1 of 1 parties cannot be used.");
        assertRejected(
                reader.read(
                        notification().parties(party.formatted(longest, longer)).bytes()),
                RejectReason.BAD_PARTY,
                "body.parties[0] has a status.code of 256 characters; at most 255 are read;"
                        + " 1 of 1 parties cannot be used.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "\uFEFF", "{", "[{}", "{\"a\":\"b", "{\"event\":"})
    void shouldRejectJsonThatEndsTooEarly(String json) {
        ParseResult reading = reader.read(utf8(json));

        assertThat(reason(reading)).isEqualTo(RejectReason.NOT_JSON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "{} {}",
                "{}]",
                "{} x",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":1.}",
                "{\"a\":.5}",
                "{\"a\":NaN}",
                "{\"a\":truex}",
                "{\"a\":1,}",
                "[1,]",
                "{\"a\" 1}",
                "{a:1}",
                "// c\n{}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"\u0001\"}",
                "{\"a\":\"\n\"}",
                "{}\u0000",
                "\uFEFF\uFEFF{}",
                "{\u00A0}",
                "\u001E{}"
            })
    void shouldRejectTextThatIsNotJson(String json) {
        ParseResult reading = reader.read(utf8(json));

        assertThat(reason(reading)).isEqualTo(RejectReason.NOT_JSON);
    }

    @Test
    void shouldSayWhereTheJsonBreaksOff() {
        ParseResult tooEarly = reader.read(utf8("{\"name\":\"Ann"));
        ParseResult broken = reader.read(utf8("{\"a\":1} Ann"));
        ParseResult tooMuch = reader.read(utf8("{} {}"));

        assertRejected(tooEarly, RejectReason.NOT_JSON, "The JSON ends too early.");
        assertRejected(broken, RejectReason.NOT_JSON, "This is not JSON from byte 8 on.");
        assertRejected(tooMuch, RejectReason.NOT_JSON, "There is more than one JSON value.");
    }

    @Test
    void shouldRejectFaultsAfterEverythingThatMatters() {
        byte[] value = utf8(notification().json() + ",");

        assertThat(reason(reader.read(value))).isEqualTo(RejectReason.NOT_JSON);
    }

    @Test
    void shouldRejectFaultsInIgnoredMembers() {
        byte[] value =
                notification().envelope("ignored", "{\"deep\":[\"\\u00\"]}").bytes();

        assertThat(reason(reader.read(value))).isEqualTo(RejectReason.NOT_JSON);
    }

    @Test
    void shouldAcceptAByteOrderMark() {
        ParseResult reading = reader.read(utf8("\uFEFF" + notification().json()));

        assertThat(reading).isEqualTo(reader.read(notification().bytes()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "true", "1", "\"text\"", "[]", "[{}]", "[{},{},{}]", "[{},1]", "[{},null]", "[{},[]]"})
    void shouldRejectJsonWithoutAnObject(String json) {
        ParseResult reading = reader.read(utf8(json));

        assertRejected(
                reading,
                RejectReason.NOT_AN_OBJECT,
                "The JSON is neither an object nor a WebSocket frame of a header and an object.");
    }

    @ParameterizedTest
    @ValueSource(strings = {ABSENT, "null", "\"\"", "{\"id\":\"s-a\"}", "[\"s-a\"]", "true"})
    void shouldRejectANotificationWithoutATelephonySession(String id) {
        ParseResult reading =
                reader.read(notification().body("telephonySessionId", id).bytes());

        assertRejected(reading, RejectReason.NO_TELEPHONY_SESSION_ID, "body.telephonySessionId is absent or empty.");
    }

    @ParameterizedTest
    @ValueSource(strings = {ABSENT, "null", "\"x\"", "[]", "7"})
    void shouldFindNoTelephonySessionWithoutABody(String body) {
        ParseResult reading = reader.read(notification().envelope("body", body).bytes());

        assertThat(reason(reading)).isEqualTo(RejectReason.NO_TELEPHONY_SESSION_ID);
    }

    @Test
    void shouldRejectANotificationWithoutAnAccount() {
        byte[] value = notification()
                .envelope("event", "\"/restapi/v1.0/account/~/telephony/sessions\"")
                .parties("{\"id\":\"p-a-1\",\"accountId\":\"\",\"status\":{\"code\":\"Setup\"}}")
                .bytes();

        assertRejected(
                reader.read(value),
                RejectReason.NO_ACCOUNT,
                "Neither the path of event nor body.accountId nor any party nor the header account names an account.");
    }

    @Test
    void shouldUseTheReceivingAccountOnlyIfTheNotificationNamesNone() {
        byte[] nameless = notification()
                .envelope("event", ABSENT)
                .parties("{\"id\":\"p-a-1\",\"status\":{\"code\":\"Setup\"}}")
                .bytes();

        assertThat(reader.read(nameless, "9").events().get(0).session().accountId())
                .isEqualTo("9");
        assertThat(reader.read(nameless, "9").known().account()).isEqualTo("9");
        assertThat(reader.read(nameless, "").rejection()).isNotNull();
        assertThat(reader.read(notification().bytes(), "9")
                        .events()
                        .get(0)
                        .session()
                        .accountId())
                .isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {ABSENT, "null", "[]", "{}", "\"p\""})
    void shouldRejectANotificationWithoutParties(String parties) {
        ParseResult reading =
                reader.read(notification().body("parties", parties).bytes());

        assertRejected(reading, RejectReason.NO_PARTIES, "body.parties is absent, empty or not an array.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ABSENT,
                "null",
                "\"2\"",
                "-1",
                "2.0",
                "1e3",
                "9007199254740992",
                "18446744073709551618",
                "[2]",
                "{\"a\":2}",
                "true",
                "100000000000000000000000000000000000000000"
            })
    void shouldRejectABadSequence(String sequence) {
        ParseResult reading =
                reader.read(notification().body("sequence", sequence).bytes());

        assertRejected(
                reading, RejectReason.BAD_SEQUENCE, "body.sequence is not a JSON integer from 0 to 9007199254740991.");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 2, 9007199254740991L})
    void shouldAcceptEverySequenceInRange(long sequence) {
        ParseResult reading =
                reader.read(notification().body("sequence", "" + sequence).bytes());

        assertThat(reading.events()).extracting(PartyEvent::sequence).containsExactly(sequence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ABSENT,
                "null",
                "\"\"",
                "\"now\"",
                "\"2020-06-23T01:05:43.940\"",
                "\"2020-06-23\"",
                "1592874343940",
                "\"1999-12-31T23:59:59.999Z\"",
                "\"2100-01-01T00:00:00Z\"",
                "\"2020-02-30T00:00:00Z\"",
                "{}"
            })
    void shouldRejectABadEventTime(String eventTime) {
        ParseResult reading =
                reader.read(notification().body("eventTime", eventTime).bytes());

        assertRejected(
                reading,
                RejectReason.BAD_EVENT_TIME,
                "body.eventTime is not an ISO-8601 instant with a zone, from 2000 up to but not including 2100.");
    }

    @Test
    void shouldRejectANotificationWithoutAUsableParty() {
        ParseResult reading =
                reader.read(notification().parties("{\"id\":\"p-a-1\"}").bytes());

        assertThat(reading).isInstanceOf(ParseResult.Rejected.class);
        assertRejected(
                reading, RejectReason.BAD_PARTY, "body.parties[0] has no status.code; 1 of 1 parties cannot be used.");
    }

    @Test
    void shouldKeepTheUsablePartiesNextToBadOnes() {
        byte[] value = notification()
                .parties(PARTY, "{\"status\":{\"code\":\"Setup\"}}", "7", PARTY.replace("p-a-1", "p-a-2"))
                .bytes();

        ParseResult reading = reader.read(value);

        assertThat(reading.events()).extracting(PartyEvent::partyId).containsExactly("p-a-1", "p-a-2");
        assertThat(reading.rejection())
                .isEqualTo(new Rejection(
                        RejectReason.BAD_PARTY, "body.parties[1] has no id; 2 of 4 parties cannot be used."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"p\"",
                "[]",
                "{}",
                "{\"id\":\"\",\"status\":{\"code\":\"Setup\"}}",
                "{\"id\":null,\"status\":{\"code\":\"Setup\"}}",
                "{\"id\":{},\"status\":{\"code\":\"Setup\"}}",
                "{\"id\":\"p\",\"status\":\"Setup\"}",
                "{\"id\":\"p\",\"status\":{\"code\":\"\"}}",
                "{\"id\":\"p\",\"status\":{\"code\":7}}",
                "{\"id\":\"p\",\"status\":{\"code\":null}}"
            })
    void shouldRejectAPartyWithoutIdOrStatusCode(String party) {
        ParseResult reading = reader.read(notification().parties(party).bytes());

        assertThat(reason(reading)).isEqualTo(RejectReason.BAD_PARTY);
    }

    /** Otherwise, one small notification could fill the memory: the body of each party repeats the origin. */
    @Test
    void shouldRejectANotificationWhosePartyEventsAreTooLong() {
        String origin = "{\"type\":\"Call\",\"x\":\"" + "x".repeat(300_000) + "\"}";
        String[] parties = new String[100];
        Arrays.fill(parties, PARTY);

        ParseResult reading = reader.read(
                notification().body("origin", origin).parties(parties).bytes());

        assertRejected(reading, RejectReason.TOO_LARGE, "The party events together are over 2097152 characters.");
    }

    /** 10,000 parties fit into a mebibyte, and each would be an event of its own. */
    @Test
    void shouldRejectMorePartiesThanTheLimit() {
        NotificationReader two = new NotificationReader(new NotificationLimits(1 << 20, 2));

        ParseResult most = two.read(
                notification().parties(PARTY, PARTY.replace("p-a-1", "p-a-2")).bytes());
        ParseResult over = two.read(notification()
                .parties(PARTY, PARTY.replace("p-a-1", "p-a-2"), PARTY.replace("p-a-1", "p-a-3"))
                .bytes());

        assertThat(most.events()).hasSize(2);
        assertRejected(
                over, RejectReason.TOO_MANY_PARTIES, "body.parties has 3 entries; notifications.max-parties is 2.");
    }

    /** As objects they would need fifty times the memory of the text. */
    @Test
    void shouldMakeNoObjectsOfPartiesOverTheLimit() {
        String[] parties = new String[300_000];
        Arrays.fill(parties, "{}");
        byte[] bytes = notification().parties(parties).bytes();
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();

        ParseResult over = reader.read(bytes);

        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(30L * bytes.length);
        assertRejected(
                over,
                RejectReason.TOO_MANY_PARTIES,
                "body.parties has 300000 entries; notifications.max-parties is 200.");
    }

    private static RejectReason reason(ParseResult reading) {
        return Objects.requireNonNull(reading.rejection()).reason();
    }

    private static void assertRejected(ParseResult reading, RejectReason reason, String detail) {
        assertThat(reading.rejection()).isEqualTo(new Rejection(reason, detail));
        assertThat(reading.events()).isEmpty();
    }
}
