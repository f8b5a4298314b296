package io.callweave.explain.share;

import static io.callweave.TestJson.tree;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.call.CallRules;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.record.Assembly;
import io.callweave.call.record.CallRecord;
import io.callweave.explain.RecordedLine;
import io.callweave.explain.RecordedLines;
import io.callweave.notification.NotificationReader;
import io.callweave.notification.ParseResult;
import io.callweave.record.CallRecordJson;
import io.callweave.simulation.platform.Notification;
import io.callweave.testcalls.CallDomain;
import io.callweave.testcalls.Chaos;
import io.callweave.testcalls.PhoneCalls;
import io.callweave.topology.calls.CallOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.domains.Domain;

@Domain(CallDomain.class)
class SharedCallTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final NotificationReader READER = new NotificationReader();

    /** The calls of a file are many, and each looks at all of its lines. */
    private static final Map<String, ParseResult> READ = new HashMap<>();

    /** Texts that mean the same to everybody, and numbers of one or two digits; all others have to be masked. */
    private static final Set<String> HARMLESS = Set.of(
            "eventTime",
            "timestamp",
            "event",
            "code",
            "reason",
            "rcc",
            "type",
            "direction",
            "conferenceRole",
            "ringOutRole");

    /** What was shared of one call, and its record before and after. */
    private record Shared(List<String> original, List<String> lines, JsonNode before, JsonNode after) {}

    @Example
    void shouldLeaveTheRecordOfEveryCallOfTheSamples() throws IOException {
        assertSame(List.of("real", "explain", "examples"));
    }

    /** Several hundred calls. */
    @Example
    @Tag("full")
    void shouldLeaveTheRecordOfEveryAcceptedCall() throws IOException {
        assertSame(List.of("acceptance"));
    }

    private static void assertSame(List<String> folders) throws IOException {
        List<Path> samples = samples(folders);
        assertThat(samples).isNotEmpty();
        for (Path file : samples) {
            share(Files.readAllLines(file)).forEach(SharedCallTest::assertSame);
        }
    }

    @Property(tries = 100)
    void shouldLeaveTheRecordOfRandomCalls(@ForAll PhoneCalls calls) {
        List<String> lines =
                calls.calls().stream().flatMap(call -> call.lines().stream()).toList();

        share(lines).forEach(SharedCallTest::assertSame);
    }

    /** Also if other bodies have the same identity, ids are alike, and times run backwards. */
    @Property(tries = 200)
    void shouldLeaveTheRecordOfWhateverIsSent(@ForAll Chaos chaos) {
        share(chaos.notifications().stream().map(Notification::json).toList()).forEach(SharedCallTest::assertSame);
    }

    @Example
    void shouldSayInTheFirstLineHowItWasMade() throws IOException {
        Shared shared = share(Files.readAllLines(Path.of("src/samples/real/csn-pstn-to-rc-ivr.ndjson")))
                .get(0);

        assertThat(JSON.readTree(shared.lines().get(0)))
                .isEqualTo(
                        JSON.readTree("{\"event\":\"/callweave/shared-call\",\"callweave\":\"1\",\"call\":\"s-0001\","
                                + "\"notifications\":%d}"
                                        .formatted(shared.original().size())));
        assertThat(read(shared.lines().get(0))).isInstanceOf(ParseResult.Skipped.class);
    }

    @Example
    void shouldMaskWhatNobodyKnows() {
        String line = """
                {"event":"/restapi/v1.0/account/12345/extension/67890/telephony/sessions?phoneNumber=%2B15550104444",
                "timestamp":"+15550105555","ownerId":12345,"body":{"sequence":2,"telephonySessionId":"s-a",
                "eventTime":"2026-03-02T09:00:00Z","novel":{"phone":"p-1-16505557712","sequence":16505557713,"Zaphod B":"Zaphod","likes":15550106666,"pi":3.14159,"on":true},
                "parties":[{"id":"p-a-1","direction":"Zaphod 777","status":{"code":"Answered","reason":"Ask 15550107777"},
                "extensionId":67890,"from":{"name":"Zaphod","phoneNumber":"+1 555-010-8888"}}]}}
                """.replace("\n", "");

        Shared shared = share(List.of(line)).get(0);

        assertThat(shared.lines().get(1))
                .doesNotContain("Zaphod", "12345", "67890", "555", "777", "3.14159")
                .contains(
                        "\"sequence\":2",
                        "\"eventTime\":\"2026-03-02T09:00:00Z\"",
                        "\"code\":\"Answered\"",
                        "\"on\":true");
        assertThat(shared.after().path("accountId").asText())
                .isEqualTo(tree(shared.lines().get(1)).path("ownerId").asText());
    }

    @Example
    void shouldMaskWordsThatCouldBeNames() {
        String line = """
                {"event":"/restapi/v1.0/account/1/telephony/sessions","timestamp":"2026-03-02T09:00:00Z","ownerId":"1",
                "body":{"sequence":2,"telephonySessionId":"s-a","eventTime":"2026-03-02T09:00:00Z",
                "origin":{"type":"zaphod-b"},"parties":[{"id":"p-a-1","accountId":"1","direction":"inbound",
                "status":{"code":"CODE","reason":"REASON"}}]}}
                """.replace("\n", "");

        assertThat(masked(line, "answered", "zaphod"))
                .contains("\"answered\"", "\"inbound\"")
                .doesNotContain("zaphod");
        assertThat(masked(line, "NovelCode", "Zaphod-B"))
                .contains("\"NovelCode\"")
                .doesNotContain("Zaphod");
        assertThat(masked(line, "Z" + "a".repeat(40), "z2")).doesNotContain("Zaa", "z2");
    }

    /** The numbers that it tries give the hashes of the bodies their order. */
    @Example
    void shouldTryFewNumbersHoweverManyBodiesAnEventHas() {
        String line = """
                {"event":"/restapi/v1.0/account/1/telephony/sessions","timestamp":"2026-03-02T09:00:00Z","ownerId":"1",
                "body":{"sequence":2,"telephonySessionId":"s-a","eventTime":"2026-03-02T09:00:00Z",
                "parties":[{"id":"p-a-1","accountId":"1","direction":"Inbound","status":{"code":"Answered"},
                "from":{"phoneNumber":"+1555010%04d"}}]}}
                """.replace("\n", "");

        Shared shared = share(IntStream.range(0, 500).mapToObj(line::formatted).toList())
                .get(0);

        same("", shared.before(), shared.after(), new HashMap<>(), new HashMap<>());
        assertThat(shared.lines().stream().skip(1))
                .allMatch(each -> tree(each).at("/body/parties/0/masked").asInt(-1) >= 0)
                .allMatch(each -> tree(each).at("/body/parties/0/masked").asInt() < 400);
    }

    private static String masked(String line, String code, String reason) {
        return share(List.of(line.replace("CODE", code).replace("REASON", reason)))
                .get(0)
                .lines()
                .get(1);
    }

    private static void assertSame(Shared shared) {
        assertThat(shared.after()).as("%s", shared.original()).isNotNull();
        same("", shared.before(), shared.after(), new HashMap<>(), new HashMap<>());
        String all = String.join("\n", shared.lines());
        Set<String> values = new HashSet<>();
        shared.lines().forEach(line -> texts("", tree(line), values));
        Set<String> secrets = new HashSet<>();
        shared.original().forEach(line -> texts("", tree(line), secrets));
        secrets.removeIf("conference"::equalsIgnoreCase); // RingCentral's own word
        assertThat(values).as("whole values").doesNotContainAnyElementsOf(secrets);
        assertThat(secrets.stream().filter(secret -> secret.length() > 5)).noneMatch(all::contains);
    }

    /** Equal but for texts, of which each stands for one other, always the same. */
    private static void same(
            String at, JsonNode before, JsonNode after, Map<String, String> there, Map<String, String> back) {
        // The id of an extension is a number in the form of the Call Log.
        if (before.getNodeType() == after.getNodeType()
                && (before.isTextual() || (before.isNumber() && at.equals("id")))) {
            String one = before.asText();
            String other = after.asText();
            if (HARMLESS.contains(at)
                    || at.matches(
                            ".*Time|time|firstSeen|status|type|kind|role|result|action|.*Reason|.*Status|origin|introducedBy|incomplete|legType|outcome|reason")) {
                assertThat(other).as(at).isEqualTo(one);
                return;
            }
            assertThat(there.computeIfAbsent(one, added -> other))
                    .as("%s of %s", at, one)
                    .isEqualTo(other);
            assertThat(back.computeIfAbsent(other, added -> one))
                    .as("%s of %s", at, other)
                    .isEqualTo(one);
            return;
        }
        assertThat(after.getNodeType()).as(at).isEqualTo(before.getNodeType());
        assertThat(after.size()).as(at).isEqualTo(before.size());
        if (before.isObject()) {
            assertThat(List.copyOf(names(after))).isEqualTo(List.copyOf(names(before)));
            names(before).forEach(name -> same(name, before.get(name), after.get(name), there, back));
        } else if (before.isArray()) {
            for (int i = 0; i < before.size(); i++) {
                same(at, before.get(i), after.get(i), there, back);
            }
        } else {
            assertThat(after).as(at).isEqualTo(before);
        }
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        for (Iterator<String> all = object.fieldNames(); all.hasNext(); ) {
            names.add(all.next());
        }
        return names;
    }

    /** All texts that have to be masked. */
    private static void texts(String at, JsonNode node, Set<String> found) {
        if (node.isTextual() && !HARMLESS.contains(at) && !node.asText().isBlank()) {
            found.add(node.asText());
        } else if (node.isNumber() && !at.equals("sequence") && node.asText().length() > 2) {
            found.add(node.asText());
        }
        if (node.isObject()) {
            names(node).forEach(name -> texts(name, node.get(name), found));
        } else {
            node.forEach(element -> texts(at, element, found));
        }
    }

    /** Each call of these lines. */
    private static List<Shared> share(List<String> lines) {
        Map<String, byte[]> originals = new HashMap<>();
        List<RecordedLine> recorded = new ArrayList<>();
        for (String line : lines) {
            ParseResult reading = read(line);
            String source = "line:" + recorded.size();
            originals.put(source, line.getBytes(UTF_8));
            recorded.add(
                    new RecordedLine(source, 0L, false, reading.known(), reading.events(), null, reading.rejection()));
        }
        List<Shared> shared = new ArrayList<>();
        for (CallRecord call : assembled(lines)) {
            List<String> masked = SharedCall.of(
                            new RecordedLines(recorded),
                            originals,
                            call.accountId(),
                            call.callId(),
                            CallOptions.DEFAULT,
                            Map.of("callweave", "1"))
                    .stream()
                    .map(line -> new String(line, UTF_8))
                    .toList();
            String maskedId = tree(masked.get(0)).path("call").asText();
            List<CallRecord> again = assembled(masked).stream()
                    .filter(each -> each.callId().equals(maskedId))
                    .toList();
            assertThat(again).as("%s", masked).hasSize(1);
            shared.add(new Shared(
                    ofTheCall(call, lines),
                    masked,
                    tree(new String(CallRecordJson.write(call, 1), UTF_8)),
                    tree(new String(CallRecordJson.write(again.get(0), 1), UTF_8))));
        }
        return shared;
    }

    /** The lines of its sessions, and of those that name them or that they name. */
    private static List<String> ofTheCall(CallRecord call, List<String> lines) {
        Set<String> own = new HashSet<>();
        call.sessions().forEach(session -> own.add(session.telephonySessionId()));
        Set<String> all = new HashSet<>(own);
        for (PartyEvent event : events(call, lines)) {
            String session = event.session().telephonySessionId();
            String peer =
                    event.facts().peer() == null ? "" : event.facts().peer().telephonySessionId();
            if (own.contains(session) || own.contains(peer)) {
                all.add(session);
                all.add(peer);
            }
        }
        return lines.stream()
                .filter(line -> events(call, List.of(line)).stream()
                        .anyMatch(event -> all.contains(event.session().telephonySessionId())))
                .toList();
    }

    private static List<PartyEvent> events(CallRecord call, List<String> lines) {
        return lines.stream()
                .flatMap(line -> read(line).events().stream())
                .filter(event -> event.session().accountId().equals(call.accountId()))
                .toList();
    }

    private static ParseResult read(String line) {
        return READ.computeIfAbsent(line, added -> READER.read(line.getBytes(UTF_8)));
    }

    private static List<CallRecord> assembled(List<String> lines) {
        Assembly assembly = new Assembly();
        lines.forEach(line -> read(line).events().forEach(assembly::add));
        return assembly.records(CallRules.DEFAULT);
    }

    private static List<Path> samples(List<String> folders) throws IOException {
        List<Path> samples = new ArrayList<>();
        for (String folder : folders) {
            try (Stream<Path> files = Files.list(Path.of("src/samples", folder))) {
                files.filter(file -> file.toString().endsWith(".ndjson")
                                && !file.toString().endsWith(".calls.ndjson"))
                        .sorted()
                        .forEach(samples::add);
            }
        }
        return samples;
    }
}
