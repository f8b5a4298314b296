package io.callweave.call.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.callweave.call.CallRules;
import io.callweave.call.fact.FactKind;
import io.callweave.call.fact.FactNotice;
import io.callweave.notification.NotificationReader;
import io.callweave.notification.ParseResult;
import io.callweave.record.CallRecordJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaterFactsTest {

    private final NotificationReader reader = new NotificationReader();

    @Test
    void shouldShowARecordingFromTheStartAndSayWhenItIsReady() {
        List<String> call = List.of(
                event("s-a", 2, "p-a-1", "Outbound", "101", "09:00:00", "Setup", ""),
                event("s-a", 3, "p-a-1", "Outbound", "101", "09:00:05", "Answered", recording("77")),
                event("s-a", 4, "p-a-1", "Outbound", "101", "09:01:00", "Disconnected", ""));

        Artifact before = artifacts(call).get(0);
        Artifact after = artifacts(with(call, ready("77", "09:02:00"))).get(0);

        assertThat(before)
                .isEqualTo(new Artifact(
                        FactKind.RECORDING,
                        "77",
                        "s-a",
                        "p-a-1",
                        "101",
                        "https://media.ringcentral.com/restapi/v1.0/account/1/recording/77/content",
                        null,
                        null,
                        time("09:00:05"),
                        null,
                        Artifact.Insights.NONE));
        assertThat(after)
                .extracting(Artifact::contentUri, Artifact::durationMs, Artifact::contentType, Artifact::readyAt)
                .containsExactly("https://x.example/77", 55_000L, "audio/mpeg", time("09:02:00"));
    }

    /** Such as the call of a supervisor. */
    @Test
    void shouldSayOfEveryCallThatNamesARecordingThatItIsReady() {
        List<String> calls = new ArrayList<>(talk("s-a", "101", "77"));
        calls.addAll(talk("s-b", "102", "77"));

        List<CallRecord> records = records(with(calls, ready("77", "09:02:00")));

        assertThat(records)
                .hasSize(2)
                .allSatisfy(record -> assertThat(record.artifacts())
                        .extracting(Artifact::id, Artifact::telephonySessionId, Artifact::readyAt)
                        .containsExactly(tuple("77", record.callId(), time("09:02:00"))));
    }

    @Test
    void shouldSayOfTheFirstTenCallsThatNameARecordingThatItIsReady() {
        List<String> calls = new ArrayList<>();
        for (char name = 'l'; name >= 'a'; name--) {
            calls.addAll(talk("s-" + name, "101", "77"));
        }

        List<CallRecord> records = records(with(calls, ready("77", "09:02:00")));

        assertThat(records)
                .hasSize(12)
                .allSatisfy(record -> assertThat(record.artifacts())
                        .extracting(Artifact::readyAt)
                        .containsExactly(record.callId().compareTo("s-j") <= 0 ? time("09:02:00") : null));
    }

    @Test
    void shouldShowARecordingOfTwoSessionsOnceAndWithTheEarliestEvent() {
        List<String> call = List.of(
                event("s-a", 2, "p-a-1", "Outbound", "101", "09:00:00", "Setup", ""),
                event("s-a", 3, "p-a-1", "Outbound", "101", "09:00:05", "Answered", recording("77")),
                event("s-a", 4, "p-a-1", "Outbound", "101", "09:01:00", "Disconnected", recording("79")),
                naming("s-a", event("s-b", 2, "p-b-1", "Inbound", "102", "09:00:04", "Answered", recording("77"))),
                event("s-b", 3, "p-b-2", "Inbound", "103", "09:00:06", "Answered", recording("78")),
                naming("s-b", event("s-c", 2, "p-c-1", "Inbound", "104", "09:00:04", "Answered", recording("77"))));

        List<Artifact> artifacts = artifacts(with(call, ready("77", "09:02:00")));

        assertThat(artifacts)
                .extracting(Artifact::id, Artifact::telephonySessionId, Artifact::partyId, Artifact::readyAt)
                .containsExactly(
                        tuple("77", "s-b", "p-b-1", time("09:02:00")),
                        tuple("78", "s-b", "p-b-2", null),
                        tuple("79", "s-a", "p-a-1", null));
    }

    @Test
    void shouldReturnWhatIsTwiceAndBelongsToNoCallOnce() {
        String voicemail = voicemail("9", "101", "+15550100001", "09:00:32");
        Assembly assembly = assembly(with(
                talk("s-a", "101", "77"),
                voicemail,
                voicemail,
                voicemail.replace("09:00:33", "09:30:00"),
                insights("s-x", "77", "10:00:00", "\"Summary\":\"x\""),
                insights("s-x", "77", "10:00:00", "\"Summary\":\"x\"")));

        assembly.records(CallRules.DEFAULT);
        assembly.records(CallRules.DEFAULT);

        assertThat(assembly.unplaced())
                .extracting(FactNotice::kind)
                .containsExactlyInAnyOrder(FactKind.VOICEMAIL, FactKind.INSIGHTS);
    }

    @Test
    void shouldTakeTheNewestOfEachMemberOfInsights() {
        List<String> call = with(
                talk("s-a", "101", "77"),
                insights("s-a", "77", "10:00:00", "\"CallNotes\":[{\"value\":\"Old notes\"}],\"Summary\":\"First\""),
                insights(
                        "s-a",
                        "77",
                        "10:30:00",
                        "\"Summary\":[{\"value\":\"Second\"}],\"Sentiment\":[{\"value\":\"Positive\"}],"
                                + "\"NextSteps\":[{\"start\":1.5,\"end\":2.5,\"value\":\"Write\"},{\"value\":\"Call\"}],"
                                + "\"AIScore\":4.5,\"Transcript\":[{\"text\":\"secret\"}]"));

        List<Artifact> artifacts = artifacts(call);

        assertThat(artifacts).extracting(Artifact::kind).containsExactly(FactKind.INSIGHTS, FactKind.RECORDING);
        assertThat(artifacts.get(0).insights())
                .isEqualTo(new Artifact.Insights(
                        "77", "Second", "Old notes", List.of("Write", "Call"), "Positive", "4.5"));
        assertThat(artifacts.get(0).readyAt()).isEqualTo(time("10:30:00"));
    }

    /** PostgreSQL cannot hold U+0000. */
    @Test
    void shouldReadANulInTheTextsOfInsightsAsAnotherCharacter() {
        List<String> call =
                with(talk("s-a", "101", "77"), insights("s-a", "77", "10:00:00", "\"Summary\":\"a\\u0000b\""));

        assertThat(artifacts(call).get(0).insights())
                .isEqualTo(new Artifact.Insights("77", "a\uFFFDb", null, List.of(), null, null));
    }

    @Test
    void shouldSayWhoseConversationInsightsAreAbout() {
        List<String> call = List.of(
                event("s-a", 2, "p-a-1", "Outbound", "101", "09:00:00", "Answered", recording("76")),
                event("s-a", 3, "p-a-2", "Inbound", "102", "09:00:05", "Answered", recording("77")),
                event("s-a", 4, "p-a-3", "Inbound", "103", "09:00:06", "Voicemail", ""));
        String unknown = insights("s-a", "78", "10:00:00", "\"AIScore\":4").replace("\"101\"", "\"103\"");
        String undated = insights("s-a", "77", "10:00:00", "\"AIScore\":5").replace("creationTime", "x");

        List<Artifact> artifacts = artifacts(with(call, unknown, undated));

        assertThat(artifacts)
                .extracting(
                        Artifact::kind,
                        Artifact::id,
                        Artifact::partyId,
                        Artifact::extensionId,
                        Artifact::contentUri,
                        Artifact::createdAt)
                .startsWith(
                        tuple(FactKind.INSIGHTS, "77", "p-a-2", "101", null, null),
                        tuple(FactKind.INSIGHTS, "78", null, "103", null, time("09:50:00")));
        assertThat(artifacts).extracting(Artifact::partyId).endsWith("p-a-1", "p-a-2");
    }

    @Test
    void shouldShowAMessageWithThePartyWhoseMailboxItIsIn() {
        List<String> call = List.of(
                event("s-a", 2, "p-a-1", "Inbound", "", "09:00:00", "Voicemail", ""),
                event("s-a", 3, "p-a-2", "Inbound", "102", "09:00:00", "Voicemail", ""),
                event("s-a", 4, "p-a-3", "Inbound", "101", "09:00:00", "Proceeding", ""),
                event("s-a", 5, "p-a-3", "Inbound", "101", "09:00:10", "Disconnected", ""),
                event("s-a", 6, "p-a-4", "Inbound", "101", "09:00:10", "Voicemail", ""),
                event("s-a", 7, "p-a-4", "Inbound", "101", "09:00:30", "Disconnected", ""));

        Artifact message = artifacts(with(call, voicemail("9", "101", "+15550100001", "09:00:32")))
                .get(0);

        assertThat(message)
                .isEqualTo(new Artifact(
                        FactKind.VOICEMAIL,
                        "9",
                        "s-a",
                        "p-a-4",
                        "101",
                        "https://x.example/m",
                        "audio/mpeg",
                        12_000L,
                        time("09:00:32"),
                        time("09:00:33"),
                        Artifact.Insights.NONE));
    }

    @Test
    void shouldPutAVoicemailOnTheOnlyCallThatFits() {
        List<String> calls = new ArrayList<>(mailbox("s-a", "101", "+15550100001", "09:00:30"));
        calls.addAll(mailbox("s-b", "101", "+15550100002", "09:00:40"));
        calls.addAll(mailbox("s-c", "102", "+15550100001", "09:00:30"));

        List<CallRecord> records = records(with(calls, voicemail("9", "101", "+15550100001", "09:00:32")));

        assertThat(records)
                .filteredOn(record -> !record.artifacts().isEmpty())
                .extracting(
                        CallRecord::callId, record -> record.artifacts().get(0).id())
                .containsExactly(tuple("s-a", "9"));
    }

    @Test
    void shouldPutAVoicemailThatIsNotCertainOnNoCall() {
        List<String> calls = new ArrayList<>(mailbox("s-a", "101", "+15550100001", "09:00:30"));
        calls.addAll(mailbox("s-b", "101", "+15550100001", "09:01:10"));
        Assembly assembly = assembly(with(calls, voicemail("9", "101", "+15550100001", "09:01:12")));

        List<CallRecord> records = assembly.records(CallRules.DEFAULT);

        assertThat(records).allMatch(record -> record.artifacts().isEmpty());
        assertThat(assembly.unplaced()).extracting(notice -> notice.id()).containsExactly("9");
    }

    @Test
    void shouldBelieveAnEventThatNamesTheMessage() {
        List<String> calls = new ArrayList<>(mailbox("s-a", "101", "+15550100001", "09:00:30"));
        calls.add(event("s-b", 2, "p-b-1", "Inbound", "101", "09:00:00", "Setup", ""));
        calls.add(event(
                "s-b", 3, "p-b-1", "Inbound", "101", "09:09:00", "Disconnected", ",\"message\":{\"messageId\":9}"));

        List<CallRecord> records = records(with(calls, voicemail("9", "101", "+15550100001", "09:00:32")));

        assertThat(records)
                .filteredOn(record -> !record.artifacts().isEmpty())
                .extracting(CallRecord::callId)
                .containsExactly("s-b");
    }

    /** Whose mailbox it is in is what the newest notice says. */
    @Test
    void shouldPutAVoicemailWhereItsNewestNoticeSays() {
        List<String> calls = new ArrayList<>(mailbox("s-a", "101", "+15550100001", "09:00:30"));
        calls.addAll(mailbox("s-b", "102", "+15550100001", "09:00:30"));
        String old = voicemail("9", "101", "+15550100001", "09:00:32");
        String newest = voicemail("9", "102", "+15550100001", "09:00:32").replace("09:00:33", "09:30:00");

        for (List<String> lines : List.of(with(calls, old, newest), with(calls, newest, old))) {
            assertThat(records(lines))
                    .filteredOn(record -> !record.artifacts().isEmpty())
                    .extracting(CallRecord::callId)
                    .containsExactly("s-b");
        }
    }

    @Test
    void shouldPutAVoicemailOnTheCallWithTheEarliestEventThatNamesIt() {
        String named = ",\"message\":{\"messageId\":9}";
        List<String> calls = List.of(
                event("s-a", 2, "p-a-1", "Inbound", "101", "09:00:31", "Disconnected", named),
                event("s-b", 2, "p-b-1", "Inbound", "101", "09:00:30", "Disconnected", named),
                event("s-c", 2, "p-c-1", "Inbound", "101", "09:00:30", "Disconnected", named));

        List<CallRecord> records = records(with(calls, voicemail("9", "101", "+15550100001", "09:00:32")));

        assertThat(records)
                .filteredOn(record -> !record.artifacts().isEmpty())
                .extracting(CallRecord::callId)
                .containsExactly("s-b");
    }

    @ParameterizedTest
    @CsvSource({"99, true, false", "100, true, true", "100, false, false", "101, false, true", "120, true, true"})
    void shouldKeepAHundredOfASessionAndSayThatThereWereMore(int insights, boolean recorded, boolean capped) {
        List<String> lines = recorded
                ? talk("s-a", "101", "77")
                : List.of(event("s-a", 2, "p-a-1", "Outbound", "101", "09:00:00", "Disconnected", ""));
        for (int i = 0; i < insights; i++) {
            lines = with(lines, insights("s-a", "r" + i, "10:00:00", "\"Summary\":\"x\""));
        }

        CallRecord record = records(lines).get(0);

        assertThat(record.artifacts()).hasSize(100);
        assertThat(record.incomplete().contains(Incomplete.CAPPED)).isEqualTo(capped);
    }

    /** A call of many sessions would show a hundred of each. */
    @Test
    void shouldShowNoMoreOfACallThanARecordHolds() {
        List<String> named = new ArrayList<>();
        List<String> described = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String session = "s-" + i;
            List<String> ids = new ArrayList<>();
            for (int j = 0; j < 90; j++) {
                ids.add("{\"id\":\"" + (1_000 + 100 * i + j) + "\"}");
            }
            named.add(naming(
                    "s-0",
                    event(
                            session,
                            2,
                            "p-" + i,
                            "Outbound",
                            "101",
                            "09:00:0" + i,
                            "Disconnected",
                            ",\"reason\":\"AttendedTransfer\",\"recordings\":[" + String.join(",", ids) + "]")));
            described.add(named.get(i));
            for (int j = 0; j < 4; j++) {
                described.add(insights(
                        session,
                        String.valueOf(10 * i + j),
                        "09:01:00",
                        "\"Summary\":\"%1$s\",\"CallNotes\":\"%1$s\",\"NextSteps\":\"%1$s\",\"Sentiment\":\"%1$s\""
                                .formatted("x".repeat(2_000))));
            }
        }

        CallRecord many = records(named).get(0);
        CallRecord large = records(described).get(0);

        assertThat(many.sessions()).hasSize(8);
        assertThat(many.artifacts())
                .hasSize(500)
                .first()
                .extracting(Artifact::id)
                .isEqualTo("1000");
        assertThat(many.incomplete()).contains(Incomplete.CAPPED);
        assertThat(large.artifacts())
                .filteredOn(artifact -> artifact.kind() == FactKind.INSIGHTS)
                .hasSize(24);
        assertThat(large.artifacts())
                .filteredOn(artifact -> artifact.kind() == FactKind.RECORDING)
                .hasSize(500);
        assertThat(large.incomplete()).contains(Incomplete.CAPPED);
    }

    @Test
    void shouldCutTextsWithoutCuttingACharacterInTwo() {
        String summary = "x".repeat(1_999) + "\uD83D\uDE00" + "y";
        List<String> lines =
                with(talk("s-a", "101", "77"), insights("s-a", "77", "10:00:00", "\"Summary\":\"" + summary + "\""));

        assertThat(artifacts(lines).get(0).insights().summary()).isEqualTo("x".repeat(1_999));
    }

    @Test
    void shouldMakeEqualRecordsOfAnyOrder() {
        List<String> lines = new ArrayList<>(talk("s-a", "101", "77"));
        lines.addAll(mailbox("s-b", "101", "+15550100001", "09:00:30"));
        lines.addAll(mailbox("s-c", "101", "+15550100002", "09:00:31"));
        for (String time : List.of("10:00:00", "10:10:00", "10:20:00")) {
            lines.add(insights("s-a", "77", time, "\"Summary\":\"" + time + "\",\"CallNotes\":\"n\""));
            lines.add(insights("s-a", "77", time, "\"Summary\":\"other " + time + "\""));
            lines.add(voicemail("9", "101", "+15550100001", "09:00:32").replace("09:00:33", time));
        }
        lines.add(insights("s-a", "78", "", "\"AIScore\":1"));
        lines.add(ready("77", "09:02:00"));
        lines.add(ready("77", "09:03:00"));
        List<String> expected = json(lines);

        for (int seed = 0; seed < 200; seed++) {
            List<String> shuffled = new ArrayList<>(lines);
            shuffled.addAll(lines.subList(0, seed % lines.size()));
            Collections.shuffle(shuffled, new Random(seed));

            assertThat(json(shuffled)).isEqualTo(expected);
        }
    }

    private List<String> json(List<String> lines) {
        return records(lines).stream()
                .map(record -> new String(CallRecordJson.write(record, 1), StandardCharsets.UTF_8))
                .toList();
    }

    private List<Artifact> artifacts(List<String> lines) {
        return records(lines).get(0).artifacts();
    }

    private List<CallRecord> records(List<String> lines) {
        return assembly(lines).records(CallRules.DEFAULT);
    }

    private Assembly assembly(List<String> lines) {
        Assembly assembly = new Assembly();
        for (String line : lines) {
            ParseResult reading = reader.read(line.getBytes(StandardCharsets.UTF_8));
            assertThat(reading.rejection()).isNull();
            reading.events().forEach(assembly::add);
            if (reading instanceof ParseResult.OfFact fact) {
                assembly.add(fact.notice());
            }
        }
        return assembly;
    }

    private static List<String> talk(String session, String extension, String recording) {
        String party = session.replace("s-", "p-") + "-1";
        return List.of(
                event(session, 2, party, "Outbound", extension, "09:00:00", "Setup", ""),
                event(session, 3, party, "Outbound", extension, "09:00:05", "Answered", recording(recording)),
                event(session, 4, party, "Outbound", extension, "09:01:00", "Disconnected", ""));
    }

    private static List<String> mailbox(String session, String extension, String caller, String end) {
        String party = session.replace("s-", "p-") + "-2";
        String from = ",\"from\":{\"phoneNumber\":\"" + caller + "\"}";
        return List.of(
                event(session, 2, party, "Inbound", extension, "09:00:00", "Proceeding", from),
                event(session, 3, party, "Inbound", extension, "09:00:20", "Voicemail", from),
                event(session, 4, party, "Inbound", extension, end, "Disconnected", from));
    }

    private static List<String> with(List<String> lines, String... more) {
        List<String> all = new ArrayList<>(lines);
        all.addAll(List.of(more));
        return all;
    }

    /** With that session as its peer. */
    private static String naming(String session, String event) {
        return event.replace("\"status\":{", "\"status\":{\"peerId\":{\"telephonySessionId\":\"" + session + "\"},");
    }

    private static String recording(String id) {
        return ",\"recordings\":[{\"id\":\"" + id + "\",\"active\":true}]";
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
        return """
                {"event":"/restapi/v1.0/account/1/telephony/sessions","body":{"sequence":%d,"telephonySessionId":"%s",
                "eventTime":"2026-03-02T%sZ","parties":[{"accountId":"1","id":"%s","direction":"%s","extensionId":"%s",
                "status":{"code":"%s"}%s}]}}""".formatted(sequence, session, time, party, direction, extension, status, more);
    }

    private static String ready(String id, String time) {
        return """
                {"event":"/restapi/v1.0/account/1/recording/%s","body":{"id":%s,"contentUri":"https://x.example/%s",
                "contentType":"audio/mpeg","duration":55,"readyAt":"2026-03-02T%sZ"}}""".formatted(id, id, id, time);
    }

    private static String insights(String session, String recording, String modified, String members) {
        return """
                {"event":"/ai/ringsense/v1/public/accounts/1/domains/pbx/insights","body":{"domain":"pbx",
                "sourceSessionId":"%s","sourceRecordId":"%s","ownerExtensionId":"101","recordingDurationMs":55000,
                "creationTime":"2026-03-02T09:50:00Z","lastModifiedTime":"2026-03-02T%sZ","insights":{%s}}}""".formatted(session, recording, modified, members);
    }

    private static String voicemail(String id, String extension, String caller, String created) {
        return """
                {"event":"/restapi/v1.0/account/1/extension/%s/voicemail?x=1","body":{"id":%s,"type":"VoiceMail",
                "from":{"phoneNumber":"%s"},"creationTime":"2026-03-02T%sZ","lastModifiedTime":"2026-03-02T09:00:33Z",
                "attachments":[{"id":1,"uri":"https://x.example/m","type":"AudioRecording","contentType":"audio/mpeg",
                "vmDuration":12}]}}""".formatted(extension, id, caller, created);
    }

    private static long time(String time) {
        return java.time.Instant.parse("2026-03-02T" + time + "Z").toEpochMilli();
    }
}
