package io.callweave.call.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.callweave.audit.CallHere;
import io.callweave.call.CallRules;
import io.callweave.call.event.Address;
import io.callweave.call.fact.FactKind;
import io.callweave.notification.NotificationReader;
import io.callweave.notification.ParseResult;
import io.callweave.notification.RejectReason;
import io.callweave.record.CallRecordJson;
import io.callweave.record.RecordedCall;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What RingCentral's Call Log says of calls, beside events and without any. */
class CallLogTest {

    private final NotificationReader reader = new NotificationReader();

    @Test
    void shouldMakeACallOfWhatOnlyTheLogTellsOf() throws Exception {
        String leg = """
                ,"legs":[{"startTime":"2026-03-02T09:00:00Z","duration":30,"type":"Voice","direction":"Inbound",\
                "action":"Phone Call","result":"Accepted","legType":"Accept","master":true,"partyId":"p-a-1"},
                {"startTime":"2026-03-02T09:00:02Z","durationMs":28500,"direction":"Outbound","action":"VoIP Call",\
                "result":"Answered Elsewhere","reason":"Stopped","legType":"PstnToSip","extension":{"id":101}}]""";

        CallRecord call = records(logged("9", "s-a", "09:00:00", leg), logged("8", "s-a", "09:00:01", ""))
                .get(0);

        assertThat(call.callId()).isEqualTo("s-a");
        assertThat(call.state()).isEqualTo(CallRecord.State.BACKFILLED);
        assertThat(call.incomplete()).containsExactly(Incomplete.BACKFILLED);
        assertThat(CallHere.of(call).partial()).isTrue();
        assertThat(call.outcome().result()).isEqualTo("Accepted");
        assertThat(call.times().startTime()).isEqualTo(time("09:00:00"));
        assertThat(call.times().endTime()).isEqualTo(time("09:00:30"));
        assertThat(call.from()).isEqualTo(new Address("+15550100001", "Ann", null, null));
        assertThat(call.to()).isEqualTo(new Address(null, null, "101", "11"));
        assertThat(call.sessions()).isEmpty();
        assertThat(call.parties()).isEmpty();
        assertThat(call.graph().legs())
                .extracting(
                        each -> each.party().partyId(),
                        each -> each.master(),
                        each -> each.result(),
                        each -> each.durationMs(),
                        each -> each.refs().extensionId())
                .containsExactly(
                        tuple("p-a-1", true, "Accepted", 30_000L, null),
                        tuple(null, false, "Answered Elsewhere", 28_500L, "101"));
        assertThat(call.callLog()).extracting(CallLogEntry::id).containsExactly("9", "8");
        String json = json(call);
        assertThat(json)
                .contains("\"status\":\"backfilled\",\"incomplete\":[\"backfilled\"]")
                .contains(
                        "\"talkMs\":null,\"holdMs\":null,\"parkMs\":null", "\"sessionId\":null", "\"answerTime\":null")
                .contains("\"billing\":{\"costIncluded\":0,\"costPurchased\":0.042}");
        RecordedCall read = RecordedCall.of(json.getBytes(StandardCharsets.UTF_8));
        assertThat(read.call().isBackfilled()).isTrue();
        assertThat(read.call().callLog()).extracting(CallLogEntry::id).containsExactly("9", "8");
    }

    @Test
    void shouldShowTheLogBesideWhatWasSeenAndChangeNothingElse() {
        List<String> seen = talk("s-a", "");
        CallRecord before = records(seen).get(0);

        CallRecord after =
                records(with(seen, logged("9", "s-a", "09:00:00", ""))).get(0);

        assertThat(after.state()).isEqualTo(CallRecord.State.COMPLETE);
        assertThat(json(after).replaceFirst("\"callLog\":\\[.*]}$", ""))
                .isEqualTo(json(before).replaceFirst("\"callLog\":\\[.*]}$", ""));
        assertThat(after.callLog())
                .extracting(CallLogEntry::id, entry -> entry.content().durationMs())
                .containsExactly(tuple("9", 30_000L));
    }

    @Test
    void shouldPutTheLogOfASessionThatACallNamesOnThatCall() {
        List<String> seen = talk("s-a", ",\"peerId\":{\"telephonySessionId\":\"s-b\"},\"reason\":\"AttendedTransfer\"");

        List<CallRecord> records = records(with(seen, logged("9", "s-b", "09:00:20", "")));

        assertThat(records).hasSize(1);
        assertThat(records.get(0).incomplete()).containsExactly(Incomplete.MISSING_SESSION);
        assertThat(records.get(0).callLog())
                .extracting(CallLogEntry::telephonySessionId)
                .containsExactly("s-b");
    }

    @Test
    void shouldMakeACallOfItsOwnWhereASupervisorOnlyListens() {
        List<String> seen = talk("s-a", ",\"peerId\":{\"telephonySessionId\":\"s-b\"},\"reason\":\"Supervising\"");

        List<CallRecord> records = records(with(seen, logged("9", "s-b", "09:00:20", "")));

        assertThat(records).extracting(CallRecord::callId).containsExactly("s-a", "s-b");
    }

    @Test
    void shouldTakeTheNewestStateOfALogRecord() {
        String running = logged("9", "s-a", "09:00:05", ",\"lastModifiedTime\":\"2026-03-02T09:00:10Z\"")
                .replace("Accepted", "In Progress");
        String settled = logged("9", "s-a", "09:00:00", ",\"lastModifiedTime\":\"2026-03-02T09:02:00Z\"");

        for (List<String> lines : List.of(List.of(running, settled), List.of(settled, running))) {
            assertThat(records(lines)).singleElement().satisfies(call -> {
                assertThat(call.outcome().result()).isEqualTo("Accepted");
                assertThat(call.callLog()).hasSize(1);
            });
        }
    }

    @Test
    void shouldFindTheCallOfAVoicemailThatTheLogNames() {
        List<String> lines =
                with(talk("s-a", ""), logged("9", "s-a", "09:00:00", ",\"message\":{\"id\":77}"), """
                {"event":"/restapi/v1.0/account/1/extension/105/voicemail","body":{"id":77,"creationTime":"%s"}}""".formatted(
                                Instant.ofEpochMilli(time("09:05:00"))));

        assertThat(records(lines).get(0).artifacts())
                .extracting(Artifact::kind, Artifact::id)
                .containsExactly(tuple(FactKind.VOICEMAIL, "77"));
    }

    @ParameterizedTest
    @CsvSource({"50, false", "51, true"})
    void shouldKeepFiftyOfASessionAndSayThatThereWereMore(int number, boolean capped) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            lines.add(logged("r" + i, "s-a", "09:00:00", ""));
        }
        Collections.shuffle(lines, new Random(number));

        CallRecord call = records(lines).get(0);

        assertThat(call.callLog()).hasSize(50);
        assertThat(call.incomplete().contains(Incomplete.CAPPED)).isEqualTo(capped);
        assertThat(call.isBackfilled()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "Accepted, Inbound, ANSWERED",
        "Call connected, Outbound, ANSWERED",
        "Answered Elsewhere, Inbound, ANSWERED",
        "Voicemail, Inbound, VOICEMAIL",
        "Abandoned, Inbound, ABANDONED",
        "Missed, Inbound, MISSED",
        "Answered Not Accepted, Inbound, MISSED",
        "No Answer, Outbound, UNANSWERED"
    })
    void shouldHaveTheOutcomeThatTheLogHas(String result, String direction, CallOutcome outcome) {
        String line = logged("9", "s-a", "09:00:00", "")
                .replace("Accepted", result)
                .replace("Inbound", direction)
                .replace("\"extensionId\":\"101\"", "\"phoneNumber\":\"+15550100009\"");

        assertThat(CallOutcome.of(records(line).get(0))).isEqualTo(outcome);
    }

    @ParameterizedTest
    @ValueSource(strings = {"telephonySessionId", "direction", "startTime"})
    void shouldRefuseWhatLacksItsSessionDirectionOrStart(String member) {
        String line = logged("9", "s-a", "09:00:00", "").replaceFirst("\"" + member + "\"", "\"x\"");

        ParseResult reading = reader.read(line.getBytes(StandardCharsets.UTF_8));

        assertThat(reading.rejection()).isNotNull();
        assertThat(reading.rejection().reason()).isEqualTo(RejectReason.BAD_FACT);
    }

    private static String json(CallRecord call) {
        return new String(CallRecordJson.write(call, 1), StandardCharsets.UTF_8);
    }

    private List<CallRecord> records(String... lines) {
        return records(List.of(lines));
    }

    private List<CallRecord> records(List<String> lines) {
        Assembly assembly = new Assembly();
        for (String line : lines) {
            ParseResult reading = reader.read(line.getBytes(StandardCharsets.UTF_8));
            assertThat(reading.rejection()).isNull();
            reading.events().forEach(assembly::add);
            if (reading instanceof ParseResult.OfFact fact) {
                assembly.add(fact.notice());
            }
        }
        return assembly.records(CallRules.DEFAULT);
    }

    private static List<String> with(List<String> lines, String... more) {
        List<String> all = new ArrayList<>(lines);
        Collections.addAll(all, more);
        return all;
    }

    private static List<String> talk(String session, String atTheEnd) {
        String other = session.replace("s-", "p-") + "-1";
        String own = session.replace("s-", "p-") + "-2";
        return List.of(
                event(session, 2, other, "Outbound", "", "09:00:00", "Answered", ""),
                event(session, 3, own, "Inbound", "101", "09:00:01", "Proceeding", ""),
                event(session, 4, own, "Inbound", "101", "09:00:05", "Answered", ""),
                event(session, 5, own, "Inbound", "101", "09:00:30", "Disconnected", atTheEnd),
                event(session, 6, other, "Outbound", "", "09:00:30", "Disconnected", ""));
    }

    private static String event(
            String session,
            int sequence,
            String party,
            String direction,
            String extension,
            String time,
            String status,
            String more) {
        String own = extension.isEmpty() ? "" : ",\"extensionId\":\"" + extension + "\"";
        return """
                {"event":"/restapi/v1.0/account/1/telephony/sessions","body":{"sequence":%d,"telephonySessionId":"%s",\
                "eventTime":"2026-03-02T%sZ","parties":[{"accountId":"1","id":"%s","direction":"%s"%s,\
                "status":{"code":"%s"%s}}]}}""".formatted(sequence, session, time, party, direction, own, status, more);
    }

    private static String logged(String id, String session, String start, String more) {
        return """
                {"event":"/restapi/v1.0/account/1/call-log/%s","body":{"id":"%s","telephonySessionId":"%s",\
                "type":"Voice","direction":"Inbound","action":"Phone Call","result":"Accepted","duration":30,\
                "startTime":"2026-03-02T%sZ","from":{"phoneNumber":"+15550100001","name":"Ann"},\
                "to":{"extensionId":"101","extensionNumber":"11"},"billing":{"costIncluded":0,"costPurchased":0.042}%s}}""".formatted(id, id, session, start, more);
    }

    private static long time(String time) {
        return Instant.parse("2026-03-02T" + time + "Z").toEpochMilli();
    }
}
