package io.callweave.notification;

import static io.callweave.notification.TestNotification.ABSENT;
import static io.callweave.notification.TestNotification.notification;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.event.Address;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.PartyFacts;
import io.callweave.call.event.Peer;
import io.callweave.call.event.QueueLabel;
import io.callweave.call.event.Recording;
import io.callweave.notification.json.KeptText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartyFactsTest {

    private static final PartyFacts NOTHING_SENT = new PartyFacts(
            "Setup", null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            List.of(), null, null);

    private final NotificationReader reader = new NotificationReader();

    @Test
    void shouldReadEveryField() {
        String party = """
                {"id":"p-a-1","accountId":"1","extensionId":"2","direction":"Inbound",
                 "from":{"phoneNumber":"+15550100001","name":"Caller","deviceId":"5"},
                 "to":{"phoneNumber":"+15550100002","name":"Agent","extensionId":"2","extensionNumber":"101","deviceId":6},
                 "sipData":{"toTag":"t","fromTag":"f","callId":"c0ffee@10.0.0.1"},
                 "status":{"code":"Gone","reason":"AttendedTransfer","rcc":false,"parkData":"*801",
                           "peerId":{"telephonySessionId":"s-b","sessionId":"77","partyId":"p-b-2"}},
                 "queueCall":true,"missedCall":false,"muted":true,"standAlone":false,"park":{},
                 "conferenceRole":"Host","ringOutRole":"Initiator",
                 "recordings":[{"id":"9","active":true},{"id":10,"active":false},{"id":"11"}],
                 "uiCallInfo":{"primary":{"type":"QueueName","value":"Sales"},
                               "additional":{"type":"CallerIdName","value":"Ann"}},
                 "message":{"messageType":"VoiceMail","messageId":4711}}""";

        PartyFacts facts = facts(party);

        assertThat(facts)
                .isEqualTo(new PartyFacts(
                        "Gone",
                        "AttendedTransfer",
                        new Peer("s-b", "77", "p-b-2"),
                        "1",
                        "2",
                        "Inbound",
                        new Address("+15550100001", "Caller", null, null),
                        new Address("+15550100002", "Agent", "2", "101"),
                        true,
                        false,
                        true,
                        "Host",
                        "Initiator",
                        "*801",
                        "c0ffee@10.0.0.1",
                        "5",
                        "6",
                        List.of(new Recording("9", true), new Recording("10", false), new Recording("11", null)),
                        new QueueLabel("Sales", "Ann"),
                        "4711"));
    }

    /** Its body keeps them. */
    @Test
    void shouldTreatTextsThatAreTooLongAsNotSent() {
        String party = """
                {"id":"p-a-1","accountId":"$","extensionId":"$","direction":"$",
                 "from":{"phoneNumber":"$","name":"$","extensionId":"$","extensionNumber":"$","deviceId":"$"},
                 "to":{"phoneNumber":"+15550100002","name":"$","deviceId":"$"},
                 "sipData":{"callId":"$"},
                 "status":{"code":"Setup","reason":"$","parkData":"$",
                           "peerId":{"telephonySessionId":"s-b","sessionId":"$","partyId":"$"}},
                 "conferenceRole":"$","ringOutRole":"$","park":{"id":"$"},
                 "recordings":[{"id":"$","active":true}],
                 "uiCallInfo":{"primary":{"type":"QueueName","value":"$"}}}""".replace("$", "x".repeat(KeptText.MOST + 1));

        assertThat(facts(party))
                .isEqualTo(new PartyFacts(
                        "Setup",
                        null,
                        new Peer("s-b", null, null),
                        null,
                        null,
                        null,
                        null,
                        new Address("+15550100002", null, null, null),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(new Recording(null, true)),
                        null,
                        null));
        PartyEvent event = reader.read(notification()
                        .body("sessionId", "\"" + "1".repeat(KeptText.MOST + 1) + "\"")
                        .body("origin", "{\"type\":\"" + "x".repeat(KeptText.MOST + 1) + "\"}")
                        .bytes())
                .events()
                .get(0);
        assertThat(event.sessionId()).isNull();
        assertThat(event.origin()).isNull();
        assertThat(event.body().text()).contains("x".repeat(KeptText.MOST + 1));
    }

    @Test
    void shouldReadNoMoreThanAHundredRecordings() {
        String many = "{\"id\":\"9\"},".repeat(100) + "{\"id\":\"10\"}";

        assertThat(facts("{\"id\":\"p-a-1\",\"status\":{\"code\":\"Setup\"},\"recordings\":[" + many + "]}")
                        .recordings())
                .hasSize(100)
                .doesNotContain(new Recording("10", null));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            `{"code":"Parked","parkData":"*801"}`, `{"id":"802"}`, *801
            `{"code":"Parked","parkData":""}`,     `{"id":"802"}`, 802
            `{"code":"Parked"}`,                   `{"id":802}`,   802
            `{"code":"Parked"}`,                   {},
            `{"code":"Parked"}`,                   802,
            """)
    void shouldReadWhereTheCallIsParked(String status, String park, String parkData) {
        PartyFacts facts = facts("{\"id\":\"p-a-1\",\"status\":" + status + ",\"park\":" + park + "}");

        assertThat(facts.parkData()).isEqualTo(parkData);
    }

    @Test
    void shouldReadTheEventAroundTheParty() {
        PartyEvent event = reader.read(notification().bytes()).events().get(0);

        assertThat(event.partyId()).isEqualTo("p-a-1");
        assertThat(event.sequence()).isEqualTo(2);
        assertThat(event.eventTime()).isEqualTo(1_592_874_343_940L);
        assertThat(event.sessionId()).isEqualTo("429180487016");
        assertThat(event.origin()).isEqualTo("Call");
    }

    @ParameterizedTest
    @ValueSource(strings = {ABSENT, "null", "\"\"", "{}", "[]", "true"})
    void shouldTreatAnEmptyLegacyIdAsNotSent(String sessionId) {
        PartyEvent event = reader.read(
                        notification().body("sessionId", sessionId).bytes())
                .events()
                .get(0);

        assertThat(event.sessionId()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {ABSENT, "null", "\"Call\"", "{}", "[]", "{\"type\":\"\"}", "{\"type\":null}", "{\"type\":7}"})
    void shouldTreatAnEmptyOriginAsNotSent(String origin) {
        PartyEvent event = reader.read(notification().body("origin", origin).bytes())
                .events()
                .get(0);

        assertThat(event.origin()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "VoiceMail, Voicemail",
        "Voicemail, Voicemail",
        "VoiceMailScreening, VMScreening",
        "answered, Answered",
        "Tds, Tds",
        "SomethingNew, SomethingNew"
    })
    void shouldNormalizeKnownStatusesAndPassUnknownOnes(String code, String status) {
        PartyFacts facts = facts("{\"id\":\"p-a-1\",\"status\":{\"code\":\"" + code + "\"}}");

        assertThat(facts.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "{}", "[]", "7.5e1", "\"yes\"", "[{}]", "{\"name\":7}", "{\"name\":\"\"}"})
    void shouldTreatFieldsOfAnotherTypeOrWithoutContentAsNotSent(String value) {
        String party = "{\"id\":\"p-a-1\",\"status\":{\"code\":\"Setup\",\"peerId\":%1$s},\"from\":%1$s,\"to\":%1$s,"
                + "\"queueCall\":%1$s,\"missedCall\":%1$s,\"muted\":%1$s}";

        PartyFacts facts = facts(party.formatted(value));

        assertThat(facts).isEqualTo(NOTHING_SENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "{}", "[]", "true", "{\"id\":\"7\"}"})
    void shouldTreatTextsOfAnotherTypeOrWithoutContentAsNotSent(String value) {
        String party =
                "{\"id\":\"p-a-1\",\"status\":{\"code\":\"Setup\",\"reason\":%1$s},\"accountId\":%1$s,\"extensionId\":%1$s,"
                        + "\"direction\":%1$s,\"conferenceRole\":%1$s,\"ringOutRole\":%1$s,\"recordings\":%1$s}";

        PartyFacts facts = facts(party.formatted(value));

        assertThat(facts).isEqualTo(NOTHING_SENT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"phoneNumber\":\"101\"}      | 101 |    |    |",
                "{\"name\":\"Ann\"}             |     | Ann|    |",
                "{\"extensionId\":8}            |     |    | 8  |",
                "{\"extensionNumber\":\"102\"}  |     |    |    | 102"
            })
    void shouldReadAnAddressThatHasOneField(
            String from, String phoneNumber, String name, String extensionId, String extensionNumber) {
        byte[] value = notification().partyWith("\"from\":" + from).bytes();

        PartyFacts facts = reader.read(value).events().get(0).facts();

        assertThat(facts.from()).isEqualTo(new Address(phoneNumber, name, extensionId, extensionNumber));
    }

    @Test
    void shouldReadOnlyThoseRecordingsThatAreObjects() {
        byte[] value = notification()
                .partyWith("\"recordings\":[7,{\"id\":\"9\",\"active\":\"yes\"},null,[{}]]")
                .bytes();

        PartyFacts facts = reader.read(value).events().get(0).facts();

        assertThat(facts.recordings()).containsExactly(new Recording("9", null));
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"telephonySessionId\":\"s-b\"}', s-b",
        "'{\"sessionId\":\"s-b\",\"partyId\":\"p-c-1\"}', s-b",
        "'{\"sessionId\":\"0\",\"partyId\":\"p-b-1\"}', s-b",
        "'{\"telephonySessionId\":\"\",\"partyId\":\"p-b-1\"}', s-b",
        "'{\"sessionId\":12,\"telephonySessionId\":34}', 34",
        "'{\"telephonySessionId\":\"s-a\"}',",
        "'{\"partyId\":\"cs17-1\"}',",
        "'{}',"
    })
    void shouldFindThePeersSession(String peerId, String session) {
        PartyFacts facts = facts("{\"id\":\"p-a-1\",\"status\":{\"code\":\"Gone\",\"peerId\":" + peerId + "}}");

        assertThat(facts.peer() == null ? null : facts.peer().telephonySessionId())
                .isEqualTo(session);
    }

    private PartyFacts facts(String party) {
        return reader.read(notification().parties(party).bytes())
                .events()
                .get(0)
                .facts();
    }
}
