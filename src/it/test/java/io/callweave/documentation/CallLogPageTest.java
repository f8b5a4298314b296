package io.callweave.documentation;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.ringcentral.definitions.CallLogFromParty;
import com.ringcentral.definitions.CallLogRecord;
import com.ringcentral.definitions.CallLogRecordLegInfo;
import com.ringcentral.definitions.CallLogRecordingInfo;
import com.ringcentral.definitions.CallLogToParty;
import io.callweave.TestJson;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.record.CallRecord;
import io.callweave.call.session.Session;
import io.callweave.notification.NotificationReader;
import io.callweave.record.CallRecordJson;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.testcalls.Assembled;
import io.callweave.testcalls.CallDomain;
import io.callweave.testcalls.ExampleCalls;
import io.callweave.testcalls.PhoneCalls;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/calls.md names every field of RingCentral's Call Log record and of ours, and the words that ours has. */
@Domain(CallDomain.class)
@Domain(DomainContext.Global.class)
class CallLogPageTest {

    private static final Path PAGE = Path.of("docs", "calls.md");
    private static final List<String> ENUMERATIONS =
            List.of("type", "direction", "action", "result", "reason", "legType");
    private static final List<String> UNANSWERED = List.of(
            "TargetBusy",
            "Rejected",
            "InvalidNumber",
            "InternationalDisabled",
            "DestinationBlocked",
            "NotEnoughFunds",
            "InternalError",
            "Cancelled",
            "NoAnswer");

    @ParameterizedTest
    @ValueSource(
            classes = {
                CallLogRecord.class,
                CallLogRecordLegInfo.class,
                CallLogFromParty.class,
                CallLogToParty.class,
                CallLogRecordingInfo.class
            })
    void shouldNameEveryFieldOfTheirs(Class<?> theirs) {
        List<String> fields = Arrays.stream(theirs.getFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .map(Field::getName)
                .toList();

        assertThat(fields).isNotEmpty();
        assertThat(named()).as("docs/calls.md, what only our record has").containsAll(fields);
    }

    @Test
    void shouldNameEveryFieldOfOurs() {
        Set<String> fields = new TreeSet<>();
        for (JsonNode record : Assembled.trees(lines("attended"))) {
            record.fieldNames().forEachRemaining(fields::add);
            record.path("legs").forEach(leg -> leg.fieldNames().forEachRemaining(fields::add));
        }

        assertThat(fields).contains("callId", "legs", "legType");
        assertThat(named()).containsAll(fields);
    }

    @Test
    void shouldListTheWordsThatOursHasAndNoOthers() {
        Map<String, Set<String>> written = new TreeMap<>();
        records().forEach(record -> collect(record, written));

        assertThat(listed()).isEqualTo(written);
    }

    @Property(tries = 100)
    void shouldListTheWordsOfAnyCall(@ForAll PhoneCalls calls) {
        Map<String, Set<String>> written = new TreeMap<>();
        for (PhoneCall call : calls.calls()) {
            Assembled.trees(call.lines()).forEach(record -> collect(record, written));
        }

        Map<String, Set<String>> listed = listed();
        written.forEach((field, words) ->
                assertThat(listed.getOrDefault(field, Set.of())).as(field).containsAll(words));
    }

    private static Set<String> named() {
        Set<String> named = new TreeSet<>();
        MarkdownFile.read(PAGE).codes().forEach(code -> named.addAll(List.of(code.split("[{},.\\s]+"))));
        return named;
    }

    /** The rows of the table of words. */
    private static Map<String, Set<String>> listed() {
        Map<String, Set<String>> listed = new TreeMap<>();
        boolean inside = false;
        for (String line : MarkdownFile.text(PAGE).lines().toList()) {
            inside = inside ? line.contains("|") : line.equals("field | words");
            if (inside && line.startsWith("`")) {
                String[] cells = line.split(" *\\| *", -1);
                listed.put(cells[0].replace("`", ""), new TreeSet<>(List.of(cells[1].split(" · "))));
            }
        }
        return listed;
    }

    private static List<JsonNode> records() {
        List<JsonNode> records = new ArrayList<>();
        ExampleCalls.lines().values().forEach(lines -> records.addAll(Assembled.trees(lines)));
        records.addAll(Assembled.trees(io.callweave.testcalls.ExpectedCalls.lines("acceptance/kinds.ndjson")));
        List<PhoneCall> calls = new ArrayList<>();
        for (String reason : UNANSWERED) {
            calls.add(call().outbound("104", "+15550100003").unsuccessful(reason));
        }
        calls.add(call().inbound("+15550100002").ringing("104").abandoned());
        calls.add(call().inbound("+15550100002").ringing("104").unsuccessful("Cancelled"));
        calls.add(call().inbound("+15550100002")
                .ivr("Menu")
                .queue("Support", "104")
                .abandoned());
        calls.add(call().ringOut("104", "+15550100002").answered().hangUp());
        calls.add(call().inbound("+15550100002")
                .answeredBy("104")
                .parkedInLocation()
                .fetchedFromLocationBy("106")
                .hangUp());
        calls.forEach(call -> records.addAll(Assembled.trees(call.lines())));
        records.add(ofSessionsOnly(lines("queue")));
        return records;
    }

    /** What goes out if a call cannot be put together. */
    private static JsonNode ofSessionsOnly(List<String> lines) {
        List<PartyEvent> events = new ArrayList<>();
        NotificationReader reader = new NotificationReader();
        lines.subList(0, 3)
                .forEach(line -> events.addAll(reader.read(line.getBytes(UTF_8)).events()));
        Session session = Session.of(events.get(0).session(), events);
        return tree(CallRecord.ofSessionsOnly(List.of(session)));
    }

    private static void collect(JsonNode record, Map<String, Set<String>> written) {
        for (String field : ENUMERATIONS) {
            Set<String> words = written.computeIfAbsent(field, any -> new TreeSet<>());
            List<JsonNode> places = new ArrayList<>(List.of(record));
            record.path("legs").forEach(places::add);
            places.stream()
                    .map(place -> place.path(field))
                    .filter(JsonNode::isTextual)
                    .forEach(word -> words.add(word.asText()));
        }
    }

    private static List<String> lines(String example) {
        return ExampleCalls.lines().getOrDefault(example, List.of());
    }

    private static JsonNode tree(CallRecord call) {
        return TestJson.tree(CallRecordJson.write(call, 0));
    }
}
