package io.callweave.notification;

import static io.callweave.notification.TestNotification.ABSENT;
import static io.callweave.notification.TestNotification.PARTY;
import static io.callweave.notification.TestNotification.notification;
import static io.callweave.notification.TestNotification.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

    private static final String OWN_ACCOUNT = "\"/restapi/v1.0/account/~/extension/~/telephony/sessions\"";

    private final NotificationReader reader = new NotificationReader();

    @Test
    void shouldUnwrapAWebSocketFrame() {
        String frame = "[{\"type\":\"ServerNotification\",\"body\":{\"telephonySessionId\":\"s-no\"}},%s]";

        ParseResult reading = reader.read(utf8(frame.formatted(notification().json())));

        assertThat(reading).isEqualTo(reader.read(notification().bytes()));
    }

    @Test
    void shouldIgnoreTheHeaderOfAFrame() {
        ParseResult reading = reader.read(utf8("[null," + notification().json() + "]"));

        assertThat(reading).isEqualTo(reader.read(notification().bytes()));
    }

    @Test
    void shouldUnwrapTheOldEnvelope() {
        String old = "{\"event\":\"/presence\",\"body\":{\"sequence\":9},\"pn_apns\":%s,\"ownerId\":\"1\"}";

        ParseResult reading = reader.read(utf8(old.formatted(notification().json())));
        ParseResult framed =
                reader.read(utf8("[{}," + old.formatted(notification().json()) + "]"));

        assertThat(reading).isEqualTo(reader.read(notification().bytes()));
        assertThat(framed).isEqualTo(reading);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"x\"", "[{}]", "1"})
    void shouldUseTheRootIfTheOldEnvelopeIsNotAnObject(String old) {
        ParseResult reading =
                reader.read(notification().envelope("pn_apns", old).bytes());

        assertThat(reading).isEqualTo(reader.read(notification().bytes()));
    }

    @Test
    void shouldPreferTheAccountOfThePath() {
        byte[] value = notification().body("accountId", "\"2\"").bytes();

        assertThat(session(value)).isEqualTo(new SessionKey("1", "s-a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OWN_ACCOUNT,
                ABSENT,
                "null",
                "\"\"",
                "7",
                "\"/telephony/sessions\"",
                "\"/account//telephony/sessions\"",
                "\"/telephony/sessions?x=/account/9/\""
            })
    void shouldUseTheAccountOfTheBodyIfThePathHasNone(String event) {
        byte[] value = notification()
                .envelope("event", event)
                .body("accountId", "\"2\"")
                .bytes();

        assertThat(session(value).accountId()).isEqualTo("2");
    }

    @Test
    void shouldUseTheAccountOfTheFirstPartyThatHasOneIfThereIsNoOther() {
        byte[] value = notification()
                .envelope("event", OWN_ACCOUNT)
                .parties(
                        "7",
                        "{\"id\":\"p-a-1\",\"accountId\":\"\",\"status\":{\"code\":\"Setup\"}}",
                        "{\"id\":\"p-a-2\",\"accountId\":3,\"status\":{\"code\":\"Setup\"}}",
                        "{\"id\":\"p-a-3\",\"accountId\":\"4\",\"status\":{\"code\":\"Setup\"}}")
                .bytes();

        assertThat(session(value).accountId()).isEqualTo("3");
    }

    @Test
    void shouldReadIdsThatAreNumbersAsTheTextTheyAreWrittenAs() {
        byte[] value = notification()
                .envelope("event", ABSENT)
                .body("accountId", "809646016")
                .body("telephonySessionId", "12345678901234567890123")
                .body("sessionId", "429180487016")
                .parties("{\"id\":17,\"extensionId\":62242421016,\"status\":{\"code\":\"Setup\"}}")
                .bytes();

        PartyEvent event = reader.read(value).events().get(0);

        assertThat(event.session()).isEqualTo(new SessionKey("809646016", "12345678901234567890123"));
        assertThat(event.sessionId()).isEqualTo("429180487016");
        assertThat(event.partyId()).isEqualTo("17");
        assertThat(event.facts().extensionId()).isEqualTo("62242421016");
        assertThat(event.facts().accountId()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/restapi/v1.0/account/1/telephony/sessions",
                "/restapi/v1.0/account/1/telephony/sessions?sipData=true&x=/presence",
                "/restapi/v1.0/account/1/extension/2/telephony/sessions?statusCode=Setup",
                "https://platform.ringcentral.com/restapi/v1.0/account/1/telephony/sessions",
                "/restapi/v1.0/account/1/telephony/sessions/",
                "/restapi/v1.0/account/1/extension/2/telephony/sessions/?sipData=true",
                "/restapi/v1.0/account/1/telephony/sessions/s-a",
                "/restapi/v1.0/account/1/telephony/sessions/s-a?x=/y"
            })
    void shouldRecognizeATelephonySessionByTheEndOfThePath(String event) {
        byte[] value = notification().envelope("event", "\"" + event + "\"").bytes();

        assertThat(session(value)).isEqualTo(new SessionKey("1", "s-a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {ABSENT, "null", "\"\"", "7", "{}"})
    void shouldTreatANotificationWithoutEventAsATelephonySession(String event) {
        ParseResult reading =
                reader.read(notification().envelope("event", event).bytes());

        assertThat(reading).isInstanceOf(ParseResult.Accepted.class);
    }

    @ParameterizedTest
    @CsvSource({
        "/restapi/v1.0/account/1/presence, PRESENCE, presence",
        "/restapi/v1.0/account/1/extension/2/presence?detailedTelephonyState=true, PRESENCE, presence",
        "/restapi/v1.0/account/1/extension/2/presence/line, PRESENCE, presence",
        "/restapi/v1.0/account/1/extension/2/message-store, MESSAGE_STORE, messageStore",
        "/restapi/v1.0/account/1/extension/2/message-store/instant?type=SMS, MESSAGE_STORE, messageStore",
        "/restapi/v1.0/subscription/~?threshold=120&interval=35, SUBSCRIPTION, subscription",
        "/restapi/v1.0/account/1/extension/2/voicemail/3, OTHER, other",
        "/restapi/v1.0/account/1/telephony/sessions/s-a/parties, OTHER, other",
        "/restapi/v1.0/account/1/telephony/sessionsummary, OTHER, other",
        "/restapi/v1.0/account/1/presences, OTHER, other",
        "?/telephony/sessions, OTHER, other"
    })
    void shouldSkipOtherEventsAndSayWhichKind(String event, OtherEvent kind, String wireName) {
        ParseResult reading = reader.read(
                notification().envelope("event", "\"" + event + "\"").bytes());

        assertThat(reading)
                .isInstanceOfSatisfying(
                        ParseResult.Skipped.class,
                        skipped -> assertThat(skipped.kind()).isEqualTo(kind));
        assertThat(reading.events()).isEmpty();
        assertThat(reading.rejection()).isNull();
        assertThat(kind.wireName()).isEqualTo(wireName);
    }

    @Test
    void shouldSkipOtherEventsInsideAFrame() {
        ParseResult reading = reader.read(utf8("[{},{\"event\":\"/restapi/v1.0/subscription/7\"}]"));

        assertThat(reading).isEqualTo(new ParseResult.Skipped(EnvelopeIds.NOTHING, OtherEvent.SUBSCRIPTION));
    }

    @Test
    void shouldReportTheIdsOfAnAcceptedNotification() {
        EnvelopeIds known = reader.read(notification().bytes()).known();

        assertThat(known).isEqualTo(new EnvelopeIds("s-a", "1", 1_592_874_344_013L));
    }

    @Test
    void shouldReportTheKnownIdsOfARejectedNotification() {
        EnvelopeIds withSession =
                reader.read(notification().parties("{}").bytes()).known();
        EnvelopeIds withoutSession = reader.read(
                        notification().body("telephonySessionId", ABSENT).bytes())
                .known();
        EnvelopeIds withoutAnything =
                reader.read(utf8(notification().json() + "x")).known();

        assertThat(withSession).isEqualTo(new EnvelopeIds("s-a", "1", 1_592_874_344_013L));
        assertThat(withoutSession).isEqualTo(new EnvelopeIds(null, "1", 1_592_874_344_013L));
        assertThat(withoutAnything).isEqualTo(EnvelopeIds.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(strings = {ABSENT, "null", "\"\"", "\"yesterday\"", "1592874344013", "\"1970-01-01T00:00:00Z\""})
    void shouldHaveNoTimestampIfNoneCanBeRead(String timestamp) {
        ParseResult reading =
                reader.read(notification().envelope("timestamp", timestamp).bytes());

        assertThat(reading.known().timestamp()).isNull();
        assertThat(reading.events()).hasSize(1);
    }

    @Test
    void shouldUseTheLastOfEqualMembers() {
        String twice =
                "{\"event\":\"/presence\",\"body\":{\"parties\":[%s,%s]},\"event\":\"/account/1/telephony/sessions\","
                        + "\"body\":{\"parties\":[{}],\"parties\":[%s],\"eventTime\":7,\"telephonySessionId\":\"s-b\",\"sequence\":7,"
                        + "\"sequence\":2,\"telephonySessionId\":\"s-a\",\"eventTime\":\"2020-06-23T01:05:43.940Z\"}}";

        ParseResult reading = reader.read(utf8(twice.formatted(PARTY, PARTY, PARTY)));

        assertThat(reading.rejection()).isNull();
        assertThat(reading.events())
                .singleElement()
                .extracting(PartyEvent::session, PartyEvent::sequence)
                .containsExactly(new SessionKey("1", "s-a"), 2L);
    }

    @Test
    void shouldDropAMemberThatALaterNullReplaces() {
        byte[] value = utf8(notification().json().replace("\"origin\":", "\"telephonySessionId\":null,\"origin\":"));

        assertThat(reader.read(value).rejection()).isEqualTo(Rejection.ofSession(null));
    }

    @Test
    void shouldDropABodyThatALaterNullReplaces() {
        String json = notification().json();

        ParseResult reading = reader.read(utf8(json.substring(0, json.length() - 1) + ",\"body\":0}"));

        assertThat(reading.rejection()).isEqualTo(Rejection.ofSession(null));
    }

    private SessionKey session(byte[] value) {
        return reader.read(value).events().get(0).session();
    }
}
