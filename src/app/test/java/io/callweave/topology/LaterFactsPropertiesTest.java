package io.callweave.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.CallLimits;
import io.callweave.call.CallRules;
import io.callweave.call.fact.FactKind;
import io.callweave.call.fact.FactNotice;
import io.callweave.call.record.Artifact;
import io.callweave.call.record.Assembly;
import io.callweave.call.record.CallRecord;
import io.callweave.notification.NotificationReader;
import io.callweave.notification.ParseResult;
import io.callweave.record.CallRecordJson;
import io.callweave.topology.message.StageOutput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Recordings, voicemail and insights come to the records that the core makes of them, whatever their order. */
class LaterFactsPropertiesTest {

    private static final Instant BEGIN = Instant.parse("2026-03-02T09:00:00Z");

    private static final Pattern REVISION = Pattern.compile("\"revision\":\\d+,\"epoch\":\\d+");
    private static final CallLimits SPACED = new CallLimits(2_000, 100, 5_000, 1_000, 4L << 20, 4 << 20, 1);

    private final NotificationReader reader = new NotificationReader();

    @Property(tries = 1_000)
    void shouldComeToTheRecordsOfTheCoreInAnyOrderAndOverRestarts(@ForAll Random random) {
        assertSameRecords(lines(random), random);
    }

    /** More messages than are placed in one step, and sessions with more than they show. */
    @Property(tries = 60)
    void shouldComeToThemWhereAMailboxHasManyMessages(@ForAll Random random) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String caller = "+1555010000" + random.nextInt(4);
            lines.addAll(mailbox("s-" + (char) ('c' + i), "101", caller, 40 + random.nextInt(40), ""));
        }
        for (int i = 0; i < 30; i++) {
            String named = ",\"message\":{\"messageId\":" + (1_000 + random.nextInt(90)) + "}";
            lines.add(event("s-c", 5 + i, "p-c-2", "101", 60 + random.nextInt(20), "Disconnected", "", named));
        }
        for (int i = 0; i < 30; i++) {
            lines.add(insights("s-" + (char) ('c' + random.nextInt(2)), "7" + random.nextInt(99), 1, ""));
        }
        for (int i = 0; i < 90; i++) {
            String caller = random.nextInt(9) == 0 ? "" : "+1555010000" + random.nextInt(2);
            lines.add(voicemail(1_000 + i, "101", caller, 70, 70));
        }
        assertSameRecords(lines, random);
    }

    private void assertSameRecords(List<String> lines, Random random) {
        lines.removeIf(line -> random.nextInt(8) == 0);
        for (int i = random.nextInt(6); i > 0; i--) {
            lines.add(lines.get(random.nextInt(lines.size())));
        }
        Collections.shuffle(lines, random);
        // With few events that space out revisions, most of them are held back for some seconds.
        CallLimits limits = random.nextBoolean() ? CallLimits.DEFAULT : SPACED;
        RestartedStage stage = new RestartedStage();
        stage.restart(limits);
        CallsFold fold = new CallsFold();
        List<StageOutput> out = new ArrayList<>();

        for (String line : lines) {
            stage.receive(line.getBytes(UTF_8));
            if (random.nextInt(6) == 0) {
                stage.restart(limits);
            }
            stage.pass(random.nextInt(4) * random.nextInt(20_000));
            out.addAll(stage.taken());
        }
        stage.pass(Duration.ofHours(5).toMillis());
        out.addAll(stage.taken());

        Assembly assembly = assembly(lines);
        Map<String, String> expected = new TreeMap<>();
        for (CallRecord record : assembly.records(CallRules.DEFAULT)) {
            expected.put(
                    record.accountId() + "/" + record.callId(), new String(CallRecordJson.write(record, 1), UTF_8));
        }
        Map<String, String> last = new HashMap<>();
        for (StageOutput.CallEmission call : RestartedStage.only(StageOutput.CallEmission.class, out)) {
            fold.add(call.key(), RestartedStage.json(call));
            String now = REVISION.matcher(RestartedStage.json(call)).replaceFirst("");
            String before = last.put(call.key(), now);
            assertThat(now).isNotEqualTo(before);
            assertThat(call.artifactsOnly())
                    .isEqualTo(before != null && withoutArtifacts(now).equals(withoutArtifacts(before)));
        }
        assertThat(fold.records()).isEqualTo(expected);
        assertThat(artifactKeys(out)).isEqualTo(keysOf(assembly.records(CallRules.DEFAULT)));

        stage.pass(Duration.ofHours(48).toMillis());
        List<String> back = new ArrayList<>();
        RestartedStage.only(StageOutput.Unplaced.class, stage.taken())
                .forEach(letter -> back.add(id(new String(letter.notice().value(), UTF_8))));
        List<String> unplaced = new ArrayList<>();
        assembly.unplaced().forEach(notice -> unplaced.add(notice.kind() + notice.id()));
        assertThat(back).containsExactlyInAnyOrderElementsOf(unplaced);
    }

    private static String withoutArtifacts(String json) {
        return json.substring(0, json.lastIndexOf("\"artifacts\":"));
    }

    @Test
    void shouldMakeOneRevisionOfABurst() {
        RestartedStage stage = new RestartedStage();
        for (String line : talk("s-a", "101", "77", 0, "")) {
            stage.receive(line.getBytes(UTF_8));
        }
        stage.pass(30_000);
        stage.taken();

        for (int i = 0; i < 10; i++) {
            stage.receive(insights("s-a", "77", i, "\"Summary\":\"" + i + "\"").getBytes(UTF_8));
            stage.pass(200);
        }
        stage.restart(CallLimits.DEFAULT);
        stage.pass(2_000);
        assertThat(stage.takenCalls()).isEmpty();
        stage.pass(1_500);

        assertThat(stage.takenCalls()).hasSize(1).allSatisfy(call -> {
            assertThat(RestartedStage.json(call)).contains("\"summary\":\"9\"");
            assertThat(call.artifactsOnly()).isTrue();
            assertThat(call.lastReceivedAt()).isEqualTo(RestartedStage.START + 30_000);
        });
        stage.pass(Duration.ofHours(30).toMillis());
        assertThat(stage.takenCalls()).isEmpty();
    }

    @Test
    void shouldSayThatAClosedSessionTakesNoMore() {
        RestartedStage stage = new RestartedStage();
        for (String line : talk("s-a", "101", "77", 0, "")) {
            stage.receive(line.getBytes(UTF_8));
        }
        stage.pass(Duration.ofHours(23).toMillis());
        stage.receive(insights("s-a", "77", 5, "\"Summary\":\"early enough\"").getBytes(UTF_8));
        stage.pass(Duration.ofHours(2).toMillis());
        stage.taken();

        stage.receive(insights("s-a", "77", 6, "\"Summary\":\"too late\"").getBytes(UTF_8));
        stage.receive(ready("77", 5).getBytes(UTF_8));

        assertThat(stage.fates()).extracting(Enum::name).containsExactly("KEPT", "TOO_LATE", "TOO_LATE");
    }

    @Test
    void shouldHaveRoomAgainWhenOneOfTooManyMovesToAnotherCall() {
        List<String> lines = new ArrayList<>(mailbox("s-c", "101", "+15550100001", 60, ""));
        for (int i = 0; i <= 100; i++) {
            String message = ",\"message\":{\"messageId\":" + (1_000 + i) + "}";
            lines.add(event("s-c", 5 + i, "p-c-2", "101", 60, "Disconnected", "", message));
            lines.add(voicemail(1_000 + i, "101", "", 60, 60));
        }
        String first = ",\"message\":{\"messageId\":1000}";
        List<String> moving = mailbox("s-d", "101", "+15550100002", 30, first);
        RestartedStage stage = new RestartedStage();
        lines.forEach(line -> stage.receive(line.getBytes(UTF_8)));
        stage.pass(30_000);
        CallsFold fold = new CallsFold();
        List<StageOutput.CallEmission> before = stage.takenCalls();
        before.forEach(call -> fold.add(call.key(), RestartedStage.json(call)));
        assertThat(before)
                .last()
                .satisfies(call -> assertThat(RestartedStage.json(call))
                        .contains("\"capped\"", "\"1000\"", "\"1099\"")
                        .doesNotContain("\"1100\""));

        moving.forEach(line -> stage.receive(line.getBytes(UTF_8)));
        stage.pass(30_000);

        lines.addAll(moving);
        List<String> expected = assembly(lines).records(CallRules.DEFAULT).stream()
                .map(record -> new String(CallRecordJson.write(record, 1), UTF_8))
                .toList();
        stage.takenCalls().forEach(call -> fold.add(call.key(), RestartedStage.json(call)));
        assertThat(fold.records().values()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(expected)
                .anySatisfy(record -> assertThat(record).contains("\"1100\"").doesNotContain("\"capped\""));
    }

    /** RingCentral sends a message again when somebody has heard it. */
    @Test
    void shouldSayThatAClosedSessionTakesNoNewerMessage() {
        RestartedStage stage = new RestartedStage();
        stage.receive(voicemail(1, "101", "", 60, 60).getBytes(UTF_8));
        stage.pass(1_000);
        for (String line : mailbox("s-c", "101", "+15550100001", 60, "")) {
            stage.receive(line.getBytes(UTF_8));
        }
        stage.pass(Duration.ofHours(25).toMillis());

        stage.receive(voicemail(1, "101", "", 60, 90_000).getBytes(UTF_8));

        assertThat(stage.fates()).extracting(Enum::name).containsExactly("WAITS", "TOO_LATE");
    }

    /** What the topic holds in the end, without its values. */
    private static Set<String> artifactKeys(List<StageOutput> out) {
        Map<String, Boolean> newest = new TreeMap<>();
        RestartedStage.only(StageOutput.ArtifactUpdate.class, out)
                .forEach(update -> newest.put(update.key(), update.json() != null));
        Set<String> keys = new HashSet<>();
        newest.forEach((key, there) -> {
            if (there) {
                keys.add(key);
            }
        });
        return keys;
    }

    /** Calls that name the same recording all show it; it belongs to the one with the earliest event. */
    private static Set<String> keysOf(List<CallRecord> records) {
        Map<String, Artifact> first = new HashMap<>();
        Set<String> keys = new HashSet<>();
        for (CallRecord record : records) {
            for (Artifact artifact : record.artifacts()) {
                if (artifact.kind() == FactKind.RECORDING && artifact.readyAt() != null) {
                    first.merge(
                            artifact.id(),
                            artifact,
                            BinaryOperator.minBy(Comparator.comparing(Artifact::createdAt)
                                    .thenComparing(Artifact::telephonySessionId)));
                } else if (artifact.kind() != FactKind.RECORDING) {
                    keys.add(key(artifact));
                }
            }
            record.callLog().forEach(entry -> keys.add("1/" + entry.telephonySessionId() + "/callLog/" + entry.id()));
        }
        first.values().forEach(recording -> keys.add(key(recording)));
        return keys;
    }

    private static String key(Artifact artifact) {
        return "1/" + artifact.telephonySessionId() + "/" + artifact.kind().wireName() + "/" + artifact.id();
    }

    private Assembly assembly(List<String> lines) {
        Assembly assembly = new Assembly();
        for (String line : lines) {
            ParseResult reading = reader.read(line.getBytes(UTF_8));
            assertThat(reading.rejection()).isNull();
            reading.events().forEach(assembly::add);
            if (reading instanceof ParseResult.OfFact fact) {
                assembly.add(fact.notice());
            }
        }
        return assembly;
    }

    private String id(String line) {
        FactNotice notice = ((ParseResult.OfFact) reader.read(line.getBytes(UTF_8))).notice();
        return notice.kind() + notice.id();
    }

    /** Calls of a minute with few people and mailboxes, so that much fits, and much is not certain. */
    private static List<String> lines(Random random) {
        List<String> lines = new ArrayList<>();
        String unseen = random.nextInt(3) == 0 ? ",\"peerId\":{\"telephonySessionId\":\"s-y\"}" : "";
        lines.addAll(talk("s-a", "101", "71", random.nextInt(60), unseen));
        String peer = ",\"peerId\":{\"telephonySessionId\":\"s-a\",\"partyId\":\"p-a-1\"}";
        lines.addAll(talk("s-b", "102", random.nextInt(4) == 0 ? "71" : "72", random.nextInt(60), peer));
        for (String session : List.of("s-c", "s-d", "s-e", "s-f")) {
            String caller = "+1555010000" + random.nextInt(3);
            String named = random.nextInt(8) == 0 ? ",\"message\":{\"messageId\":" + random.nextInt(4) + "}" : "";
            lines.addAll(mailbox(session, "10" + random.nextInt(2), caller, random.nextInt(200), named));
        }
        for (int i = 0; i < 6; i++) {
            String session = List.of("s-a", "s-b", "s-c", "s-x").get(random.nextInt(4));
            String member =
                    List.of("Summary", "CallNotes", "NextSteps", "Transcript").get(random.nextInt(4));
            lines.add(insights(
                    session,
                    "7" + random.nextInt(3),
                    random.nextInt(4),
                    "\"" + member + "\":[{\"value\":\"" + random.nextInt(3) + "\"}]"));
        }
        for (int i = 0; i < 6; i++) {
            String caller = random.nextInt(4) == 0 ? "" : "+1555010000" + random.nextInt(3);
            int created = random.nextInt(200);
            lines.add(voicemail(random.nextInt(4), "10" + random.nextInt(2), caller, created, created + i));
        }
        lines.add(ready("71", random.nextInt(5)));
        lines.add(ready("71", random.nextInt(5)));
        lines.add(ready("72", 3));
        lines.add(ready("79", 3));
        for (int i = 0; i < 6; i++) {
            String session = List.of("s-a", "s-b", "s-c", "s-x", "s-y").get(random.nextInt(5));
            String message = random.nextInt(3) == 0 ? ",\"message\":{\"id\":" + random.nextInt(4) + "}" : "";
            lines.add(logged("9" + random.nextInt(4), session, random.nextInt(60), random.nextInt(4), message));
        }
        return lines;
    }

    private static List<String> talk(String session, String extension, String recording, int start, String peer) {
        String party = session.replace("s-", "p-") + "-1";
        String end = peer.isEmpty() ? "Disconnected" : "Gone\",\"reason\":\"AttendedTransfer";
        String named = ",\"recordings\":[{\"id\":\"" + recording + "\",\"active\":true}]";
        return List.of(
                event(session, 2, party, extension, start, "Setup", "", ""),
                event(session, 3, party, extension, start + 5, "Answered", "", named),
                event(session, 4, party, extension, start + 40, end, peer, ""));
    }

    private static List<String> mailbox(String session, String extension, String caller, int end, String more) {
        String party = session.replace("s-", "p-") + "-2";
        String from = ",\"from\":{\"phoneNumber\":\"" + caller + "\"}";
        return List.of(
                event(session, 2, party, extension, end - 20, "Proceeding", "", from),
                event(session, 3, party, extension, end - 10, "Voicemail", "", from),
                event(session, 4, party, extension, end, "Disconnected", "", from + more));
    }

    private static String event(
            String session,
            int sequence,
            String party,
            String extension,
            int second,
            String status,
            String moreStatus,
            String more) {
        return """
                {"event":"/restapi/v1.0/account/1/telephony/sessions","body":{"sequence":%d,"telephonySessionId":"%s",
                "eventTime":"%s","parties":[{"accountId":"1","id":"%s","direction":"Inbound","extensionId":"%s",
                "status":{"code":"%s"%s}%s}]}}""".formatted(sequence, session, time(second), party, extension, status, moreStatus, more);
    }

    private static String ready(String id, int minute) {
        return """
                {"event":"/restapi/v1.0/account/1/recording/%s","body":{"id":%s,"duration":55,"readyAt":"%s"}}""".formatted(id, id, time(60 * minute));
    }

    private static String insights(String session, String recording, int modified, String members) {
        return """
                {"event":"/ai/ringsense/v1/public/accounts/1/domains/pbx/insights","body":{"sourceSessionId":"%s",
                "sourceRecordId":"%s","lastModifiedTime":"%s","insights":{%s}}}""".formatted(session, recording, time(1_000 + modified), members);
    }

    private static String logged(String id, String session, int start, int modified, String more) {
        return """
                {"event":"/restapi/v1.0/account/1/call-log/%s","body":{"id":"%s","telephonySessionId":"%s","direction":"Inbound",
                "result":"Missed","startTime":"%s","duration":7,"lastModifiedTime":"%s"%s}}""".formatted(id, id, session, time(start), time(1_000 + modified), more);
    }

    private static String voicemail(int id, String extension, String caller, int created, int modified) {
        String from = caller.isEmpty() ? "" : ",\"from\":{\"phoneNumber\":\"" + caller + "\"}";
        return """
                {"event":"/restapi/v1.0/account/1/extension/%s/voicemail","body":{"id":%d,"creationTime":"%s",
                "lastModifiedTime":"%s"%s}}""".formatted(extension, id, time(created), time(modified), from);
    }

    private static Instant time(int second) {
        return BEGIN.plusSeconds(second);
    }
}
