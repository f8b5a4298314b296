package io.callweave.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.call.AnsweredBy;
import io.callweave.call.calllog.CallLogRefs;
import io.callweave.call.calllog.CallResult;
import io.callweave.call.calllog.Leg;
import io.callweave.call.calllog.RecordingRef;
import io.callweave.call.event.Address;
import io.callweave.call.event.PartyRef;
import io.callweave.call.event.Peer;
import io.callweave.call.event.Recording;
import io.callweave.call.fact.FactContent;
import io.callweave.call.fact.FactKind;
import io.callweave.call.joining.Link;
import io.callweave.call.record.Artifact;
import io.callweave.call.record.CallGraph;
import io.callweave.call.record.CallLogEntry;
import io.callweave.call.record.CallPeople;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.CallTimes;
import io.callweave.call.record.Incomplete;
import io.callweave.call.record.PartyRecord;
import io.callweave.call.record.QueueVisit;
import io.callweave.call.record.SessionRecord;
import io.callweave.call.session.Ranges;
import io.callweave.call.session.Role;
import io.callweave.call.session.Segment;
import io.callweave.call.transfer.NumberSeen;
import io.callweave.call.transfer.Transfer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallRecordJsonTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long START = Instant.parse("2026-03-02T09:00:00.007Z").toEpochMilli();
    private static final long HIGHEST_SEQUENCE = (1L << 53) - 1;

    private static final Address CUSTOMER = new Address("+15550100002", "Ann", null, null);

    /** As much as a record can say. */
    private static final CallRecord FULL = new CallRecord(
            "s-a",
            "1",
            CallRecord.State.PARTIAL,
            new TreeSet<>(List.of(Incomplete.SEQUENCE_GAP, Incomplete.MISSING_SESSION)),
            "Inbound",
            false,
            new CallResult("Voice", "Phone Call", "Accepted"),
            new CallTimes(START, START + 30_872, START + 16_061, 7_345L, 12_414, 2_393, 5),
            new CallPeople(
                    CUSTOMER,
                    new Address("102", "Bob", "62102", "102"),
                    "Ann Lee",
                    new AnsweredBy(new PartyRef("s-a", "p-a-2"), "62102", "900", "+15550100003", "Bob"),
                    new PartyRef("s-a", "p-a-1"),
                    List.of(
                            new QueueVisit(
                                    "900", "Sales", START + 1, START + 5, START + 5, QueueVisit.Outcome.ANSWERED),
                            new QueueVisit(
                                    "901", null, START + 2, null, START + 9, QueueVisit.Outcome.ANSWERED_ELSEWHERE)),
                    new CallLogRefs("p-a-2", "62102", new RecordingRef("1", "r1"), "s-x", "s-y")),
            List.of(new SessionRecord(
                    "s-a",
                    "42",
                    "Call",
                    START,
                    START + 1,
                    2,
                    HIGHEST_SEQUENCE,
                    new Ranges(List.of(new Ranges.Range(5, 6), new Ranges.Range(8, HIGHEST_SEQUENCE - 1))),
                    4)),
            new TreeSet<>(List.of("s-y", "s-x")),
            new CallGraph(
                    List.of(new Leg(
                            new PartyRef("s-a", "p-a-2"),
                            true,
                            "Accept",
                            "Voice",
                            "Inbound",
                            "Phone Call",
                            "Accepted",
                            "Accepted",
                            CUSTOMER,
                            null,
                            "900",
                            START,
                            1_009,
                            new CallLogRefs("p-a-2", "62102", new RecordingRef("1", "r1"), "s-x", "s-y"))),
                    List.of(new PartyRecord(
                            new PartyRef("s-a", "p-a-2"),
                            "Inbound",
                            Role.PARTICIPANT,
                            "1",
                            "62102",
                            "900",
                            CUSTOMER,
                            null,
                            START,
                            START + 3,
                            START + 9,
                            "Gone",
                            "Pickup",
                            1,
                            2L,
                            3,
                            4,
                            5,
                            true,
                            false,
                            "*801",
                            new Peer("s-x", "0", "p-x-1"),
                            List.of(new Segment("Gone", "Pickup", START, START + 9)),
                            List.of(new Recording("r1", true), new Recording(null, null)),
                            true,
                            true,
                            false,
                            "c0ffee@10.0.0.1",
                            "803750084020")),
                    List.of(new Link(
                            Link.Kind.PARK_RETRIEVAL,
                            "Pickup",
                            START + 9,
                            new PartyRef("s-a", "p-a-2"),
                            new PartyRef("s-x", null))),
                    List.of(new Transfer(
                            Transfer.Kind.PARK,
                            START + 9,
                            new PartyRef("s-a", "p-a-2"),
                            new PartyRef("s-a", "p-a-1"),
                            new PartyRef("s-x", "p-x-1"))),
                    List.of(new NumberSeen(
                            "+1 650-253-0000", "62102", "102", "Bob", START + 9, NumberSeen.IntroducedBy.PARK))),
            List.of(new Artifact(
                    FactKind.INSIGHTS,
                    "9",
                    "s-a",
                    "p-a-2",
                    "62102",
                    "https://media.example/9",
                    "audio/mpeg",
                    30_000L,
                    START + 9,
                    START + 10,
                    new Artifact.Insights("9", "Ann asks.", "Call Ann.", List.of("Write", "Call"), "Positive", "4.5"))),
            List.of(new CallLogEntry(
                    "L-1",
                    "s-a",
                    new FactContent.LogEntry(
                            "Voice",
                            "Inbound",
                            "Phone Call",
                            "Accepted",
                            START,
                            30_000,
                            CUSTOMER,
                            null,
                            "62102",
                            "9",
                            null,
                            new BigDecimal("1.5"),
                            new BigDecimal("0.042"),
                            List.of()),
                    START + 60_000)));

    /** As little as a record can say. */
    private static final CallRecord BARE = new CallRecord(
            "s-a",
            "1",
            CallRecord.State.COMPLETE,
            new TreeSet<>(),
            "Outbound",
            true,
            new CallResult("Voice", "Phone Call", "No Answer"),
            new CallTimes(START, START, null, null, 0, 0, 0),
            new CallPeople(null, null, null, null, null, List.of(), CallLogRefs.NONE),
            List.of(new SessionRecord("s-a", null, null, START, START, 2, 2, new Ranges(List.of()), 1)),
            new TreeSet<>(),
            new CallGraph(
                    List.of(new Leg(
                            new PartyRef("s-a", "p-a-1"),
                            false,
                            "Unknown",
                            "Voice",
                            null,
                            "Phone Call",
                            "Unknown",
                            null,
                            null,
                            null,
                            null,
                            START,
                            0,
                            new CallLogRefs(null, null, null, null, null))),
                    List.of(new PartyRecord(
                            new PartyRef("s-a", "p-a-1"),
                            null,
                            Role.BRIDGE,
                            null,
                            null,
                            null,
                            null,
                            null,
                            START,
                            null,
                            null,
                            null,
                            null,
                            0,
                            null,
                            0,
                            0,
                            0,
                            false,
                            null,
                            null,
                            null,
                            List.of(new Segment("Setup", null, START, START)),
                            List.of(),
                            false,
                            false,
                            false,
                            null,
                            null)),
                    List.of(new Link(
                            Link.Kind.OTHER, null, START, new PartyRef("s-a", "p-a-1"), new PartyRef("s-x", "p-x-1"))),
                    List.of(new Transfer(Transfer.Kind.BLIND, START, new PartyRef("s-a", null), null, null)),
                    List.of(new NumberSeen(null, null, null, null, START, NumberSeen.IntroducedBy.START))),
            List.of(new Artifact(
                    FactKind.RECORDING, "9", "s-a", null, null, null, null, null, null, null, Artifact.Insights.NONE)),
            List.of());

    @Test
    void shouldWriteEveryFieldInOneOrder() {
        String json = text(CallRecordJson.write(FULL, 3));

        assertThat(json).isEqualTo("""
                {"callId":"s-a","accountId":"1","revision":3,"epoch":0,"status":"partial",
                "incomplete":["missingSession","sequenceGap"],"supersededBy":null,
                "id":"s-a","telephonySessionId":"s-a","sessionId":"42",
                "type":"Voice","direction":"Inbound","internal":false,"action":"Phone Call","result":"Accepted",
                "startTime":"2026-03-02T09:00:00.007Z","duration":30,"durationMs":30872,
                "from":{"phoneNumber":"+15550100002","e164":null,"name":"Ann","extensionId":null,"extensionNumber":null},
                "to":{"phoneNumber":"102","e164":null,"name":"Bob","extensionId":"62102","extensionNumber":"102"},
                "callerName":"Ann Lee",
                "partyId":"p-a-2","extension":{"id":62102},"recording":{"id":"r1",
                "contentUri":"https://media.ringcentral.com/restapi/v1.0/account/1/recording/r1/content"},
                "transferTarget":{"telephonySessionId":"s-x"},"transferee":{"telephonySessionId":"s-y"},
                "legs":[{"startTime":"2026-03-02T09:00:00.007Z","duration":1,"durationMs":1009,
                "type":"Voice","direction":"Inbound","action":"Phone Call","result":"Accepted","reason":"Accepted",
                "from":{"phoneNumber":"+15550100002","e164":null,"name":"Ann","extensionId":null,"extensionNumber":null},
                "to":null,"telephonySessionId":"s-a",
                "partyId":"p-a-2","extension":{"id":62102},"recording":{"id":"r1",
                "contentUri":"https://media.ringcentral.com/restapi/v1.0/account/1/recording/r1/content"},
                "transferTarget":{"telephonySessionId":"s-x"},"transferee":{"telephonySessionId":"s-y"},
                "legType":"Accept","master":true,"queueExtensionId":"900"}],
                "answerTime":"2026-03-02T09:00:16.068Z","endTime":"2026-03-02T09:00:30.879Z",
                "answeredBy":{"telephonySessionId":"s-a","partyId":"p-a-2","extensionId":"62102","queueExtensionId":"900",
                "phoneNumber":"+15550100003","e164":null,"name":"Bob"},
                "firstToLeave":{"telephonySessionId":"s-a","partyId":"p-a-1"},
                "queues":[{"queueExtensionId":"900","name":"Sales","enterTime":"2026-03-02T09:00:00.008Z",
                "answerTime":"2026-03-02T09:00:00.012Z","leaveTime":"2026-03-02T09:00:00.012Z","waitMs":4,
                "outcome":"answered"},
                {"queueExtensionId":"901","name":null,"enterTime":"2026-03-02T09:00:00.009Z",
                "answerTime":null,"leaveTime":"2026-03-02T09:00:00.016Z","waitMs":7,"outcome":"answeredElsewhere"}],
                "ringMs":7345,"talkMs":12414,"holdMs":2393,"parkMs":5,"timeToAnswerMs":16061,
                "sessions":[{"telephonySessionId":"s-a","sessionId":"42","origin":"Call",
                "startTime":"2026-03-02T09:00:00.007Z","endTime":"2026-03-02T09:00:00.008Z",
                "firstSequence":2,"lastSequence":9007199254740991,
                "missingSequences":[[5,6],[8,9007199254740990]],"partyEvents":4}],
                "missingSessions":["s-x","s-y"],
                "parties":[{"partyId":"p-a-2","telephonySessionId":"s-a","direction":"Inbound","role":"participant",
                "accountId":"1","extensionId":"62102","queueExtensionId":"900",
                "from":{"phoneNumber":"+15550100002","e164":null,"name":"Ann","extensionId":null,"extensionNumber":null},
                "to":null,"startTime":"2026-03-02T09:00:00.007Z","answerTime":"2026-03-02T09:00:00.010Z",
                "endTime":"2026-03-02T09:00:00.016Z","endStatus":"Gone","endReason":"Pickup",
                "setupMs":1,"ringMs":2,"talkMs":3,"holdMs":4,"parkMs":5,"missed":true,"queueCall":true,"muted":false,"parkData":"*801",
                "sipCallId":"c0ffee@10.0.0.1","deviceId":"803750084020",
                "peer":{"telephonySessionId":"s-x","sessionId":"0","partyId":"p-x-1"},
                "segments":[{"status":"Gone","reason":"Pickup","startTime":"2026-03-02T09:00:00.007Z",
                "endTime":"2026-03-02T09:00:00.016Z","durationMs":9}],
                "recordings":[{"id":"r1","active":true},{"id":null,"active":null}]}],
                "links":[{"kind":"parkRetrieval","reason":"Pickup","time":"2026-03-02T09:00:00.016Z",
                "from":{"telephonySessionId":"s-a","partyId":"p-a-2"},
                "to":{"telephonySessionId":"s-x","partyId":null}}],
                "transfers":[{"kind":"park","time":"2026-03-02T09:00:00.016Z",
                "by":{"telephonySessionId":"s-a","partyId":"p-a-2"},
                "from":{"telephonySessionId":"s-a","partyId":"p-a-1"},
                "to":{"telephonySessionId":"s-x","partyId":"p-x-1"}}],
                "numbers":[{"phoneNumber":"+1 650-253-0000","e164":"+16502530000","extensionId":"62102",
                "extensionNumber":"102","name":"Bob","firstSeen":"2026-03-02T09:00:00.016Z",
                "introducedBy":"park"}],
                "artifacts":[{"kind":"insights","id":"9","telephonySessionId":"s-a","partyId":"p-a-2",
                "extensionId":"62102","contentUri":"https://media.example/9","contentType":"audio/mpeg",
                "durationMs":30000,"createdAt":"2026-03-02T09:00:00.016Z","readyAt":"2026-03-02T09:00:00.017Z",
                "recordingId":"9","summary":"Ann asks.","notes":"Call Ann.","nextSteps":["Write","Call"],
                "sentiment":"Positive","score":"4.5"}],
                "callLog":[{"id":"L-1","telephonySessionId":"s-a","direction":"Inbound","action":"Phone Call",
                "result":"Accepted","startTime":"2026-03-02T09:00:00.007Z","durationMs":30000,
                "from":{"phoneNumber":"+15550100002","e164":null,"name":"Ann","extensionId":null,"extensionNumber":null},
                "to":null,"extensionId":"62102","recordingId":"9",
                "billing":{"costIncluded":1.5,"costPurchased":0.042},"lastModifiedTime":"2026-03-02T09:01:00.007Z"}]}
                """.replace("\n", ""));
    }

    @Test
    void shouldWriteTheSameFieldsAndNullsIfNothingIsKnown() throws IOException {
        JsonNode full = MAPPER.readTree(CallRecordJson.write(FULL, 1));
        JsonNode bare = MAPPER.readTree(CallRecordJson.write(BARE, 1));

        for (String path : List.of(
                "",
                "/sessions/0",
                "/parties/0",
                "/parties/0/segments/0",
                "/links/0",
                "/legs/0",
                "/transfers/0",
                "/numbers/0")) {
            assertThat(bare.at(path).fieldNames())
                    .toIterable()
                    .as(path)
                    .containsExactlyElementsOf(() -> full.at(path).fieldNames());
        }
        assertThat(nulls(bare))
                .containsExactlyInAnyOrder(
                        "sessionId",
                        "from",
                        "to",
                        "callerName",
                        "partyId",
                        "extension",
                        "recording",
                        "transferTarget",
                        "transferee",
                        "answerTime",
                        "answeredBy",
                        "firstToLeave",
                        "ringMs",
                        "timeToAnswerMs",
                        "supersededBy");
        assertThat(nulls(bare.at("/sessions/0"))).containsExactly("sessionId", "origin");
        assertThat(nulls(bare.at("/parties/0")))
                .containsExactly(
                        "direction",
                        "accountId",
                        "extensionId",
                        "queueExtensionId",
                        "from",
                        "to",
                        "answerTime",
                        "endTime",
                        "endStatus",
                        "endReason",
                        "ringMs",
                        "muted",
                        "parkData",
                        "sipCallId",
                        "deviceId",
                        "peer");
        assertThat(nulls(bare.at("/legs/0")))
                .containsExactly(
                        "direction",
                        "reason",
                        "from",
                        "to",
                        "partyId",
                        "extension",
                        "recording",
                        "transferTarget",
                        "transferee",
                        "queueExtensionId");
        assertThat(nulls(bare.at("/transfers/0"))).containsExactly("from", "to");
        assertThat(nulls(bare.at("/numbers/0")))
                .containsExactly("phoneNumber", "e164", "extensionId", "extensionNumber", "name");
        assertThat(bare.path("incomplete")).isEmpty();
        assertThat(bare.at("/parties/0/recordings").isArray()).isTrue();
    }

    @Test
    void shouldHaveTheEpochOfTheState() throws IOException {
        JsonNode call = MAPPER.readTree(CallRecordJson.write(FULL, 3, 1_795_161_600_000L));

        assertThat(call.path("epoch").asLong()).isEqualTo(1_795_161_600_000L);
    }

    @ParameterizedTest
    @EnumSource(QueueVisit.Outcome.class)
    void shouldNameOutcomesOfQueuesInCamelCase(QueueVisit.Outcome outcome) {
        assertThat(outcome.wireName()).isEqualToIgnoringCase(outcome.name().replace("_", ""));
    }

    @Test
    void shouldRoundSecondsDown() throws IOException {
        JsonNode call = MAPPER.readTree(CallRecordJson.write(FULL, 1));

        assertThat(call.path("duration").asLong()).isEqualTo(30);
    }

    @ParameterizedTest
    @EnumSource(Link.Kind.class)
    void shouldWriteKindsInCamelCase(Link.Kind kind) throws IOException {
        Link link = new Link(kind, null, START, new PartyRef("s-a", null), new PartyRef("s-b", null));

        JsonNode json = MAPPER.readTree(CallRecordJson.write(withLinks(List.of(link)), 1));

        assertThat(json.at("/links/0/kind").asText())
                .isIn("attendedTransfer", "conference", "supervision", "parkRetrieval", "pickup", "other")
                .isEqualToIgnoringCase(kind.name().replace("_", ""));
    }

    @ParameterizedTest
    @CsvSource({"62102, 62102", "007, 7", "a1,", "-1,", "1234567890123456789,", "\u0661\u0662,", "'',"})
    void shouldWriteAnExtensionAsTheIntegerThatTheCallLogHas(String extensionId, Long id) throws IOException {
        CallLogRefs refs = new CallLogRefs(null, extensionId, null, null, null);

        JsonNode call = MAPPER.readTree(CallRecordJson.write(withRefs(refs), 1));

        assertThat(call.at("/extension/id").isIntegralNumber()).isEqualTo(id != null);
        assertThat(call.at("/extension/id").asLong()).isEqualTo(id == null ? 0 : id);
    }

    // Any name

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uD83D\uDE00 Zoë \"Q\" \\ \u0001\n\t/ \u2028 é 漢字",
                "\uD83D",
                "\uDE00",
                "a\uDE00\uD83Db",
                "\uD83D\uD83D\uDE00"
            })
    void shouldBeOneLineOfValidUtf8WhateverTheName(String name) throws IOException {
        byte[] json = CallRecordJson.write(withFrom(new Address("+1", name, null, null)), 1);

        assertThat(json).doesNotContain('\n');
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
        JsonNode call = MAPPER.readTree(json);
        assertThat(call.at("/from/phoneNumber").asText()).isEqualTo("+1");
        assertThat(call.at("/links").isArray()).isTrue();
    }

    @Test
    void shouldKeepAName() throws IOException {
        String name = "\uD83D\uDE00 Zoë \"Q\" \\ \u0001\n";

        JsonNode call = MAPPER.readTree(CallRecordJson.write(withFrom(new Address(null, name, null, null)), 1));

        assertThat(call.at("/from/name").asText()).isEqualTo(name);
    }

    // Superseded

    @ParameterizedTest
    @ValueSource(strings = {"\uD83D\uDE00 Zoë", "\uD83D", "a\uDE00\uD83Db"})
    void shouldSupersedeWhateverTheNameIs(String name) throws IOException {
        byte[] last = CallRecordJson.write(withFrom(new Address("+1", name, null, null)), 1);

        JsonNode superseded = MAPPER.readTree(RewrittenRecord.superseded(last, 2, "s-b"));

        assertThat(superseded.at("/from/name").asText()).isEqualTo(name);
    }

    @Test
    void shouldSupersedeARecordWithNothingElseChanged() {
        byte[] last = CallRecordJson.write(FULL, 3);

        String superseded = text(RewrittenRecord.superseded(last, 4, "s-b"));

        assertThat(superseded)
                .isEqualTo(text(last)
                        .replace("\"revision\":3", "\"revision\":4")
                        .replace("\"status\":\"partial\"", "\"status\":\"superseded\"")
                        .replace("\"supersededBy\":null", "\"supersededBy\":\"s-b\""));
    }

    @Test
    void shouldNotTakeTheStatusOfASegmentForThatOfTheCall() throws IOException {
        JsonNode superseded = MAPPER.readTree(RewrittenRecord.superseded(CallRecordJson.write(FULL, 1), 2, "s-b"));

        assertThat(superseded.at("/parties/0/segments/0/status").asText()).isEqualTo("Gone");
    }

    @Test
    void shouldSupersedeARecordThatWasSupersededBefore() throws IOException {
        byte[] before = RewrittenRecord.superseded(CallRecordJson.write(BARE, 1), 2, "s-b");

        JsonNode again = MAPPER.readTree(RewrittenRecord.superseded(before, 5, "s-c"));

        assertThat(again.path("revision").asLong()).isEqualTo(5);
        assertThat(again.path("supersededBy").asText()).isEqualTo("s-c");
    }

    private static CallRecord withFrom(Address from) {
        return copy(from, FULL.people().refs(), FULL.graph().links());
    }

    private static CallRecord withRefs(CallLogRefs refs) {
        return copy(FULL.from(), refs, FULL.graph().links());
    }

    private static CallRecord withLinks(List<Link> links) {
        return copy(FULL.from(), FULL.people().refs(), links);
    }

    private static CallRecord copy(Address from, CallLogRefs refs, List<Link> links) {
        return new CallRecord(
                FULL.callId(),
                FULL.accountId(),
                FULL.state(),
                FULL.incomplete(),
                FULL.direction(),
                FULL.internal(),
                FULL.outcome(),
                FULL.times(),
                new CallPeople(
                        from,
                        FULL.to(),
                        FULL.people().callerName(),
                        FULL.answeredBy(),
                        FULL.people().firstToLeave(),
                        FULL.queues(),
                        refs),
                FULL.sessions(),
                FULL.missingSessions(),
                new CallGraph(
                        FULL.graph().legs(),
                        FULL.parties(),
                        links,
                        FULL.transfers(),
                        FULL.graph().numbers()),
                FULL.artifacts(),
                FULL.callLog());
    }

    private static List<String> nulls(JsonNode object) {
        return object.properties().stream()
                .filter(field -> field.getValue().isNull())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
