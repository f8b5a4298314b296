package io.callweave.documentation;

import static io.callweave.TestJson.tree;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.call.Call;
import io.callweave.call.CallRules;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import io.callweave.call.live.LiveCall;
import io.callweave.call.record.Assembly;
import io.callweave.call.session.Session;
import io.callweave.explain.RecordedLine;
import io.callweave.explain.RecordedLines;
import io.callweave.explain.replay.StageReplay;
import io.callweave.files.FileNotifications;
import io.callweave.files.Tally;
import io.callweave.notification.NotificationLimits;
import io.callweave.record.CallRecordJson;
import io.callweave.record.LiveCallJson;
import io.callweave.topology.calls.CallOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What documents show behind these comments is so:
 *
 * <ul>
 *   <li>{@code record: FILE}, {@code record: FILE --call ID}: members of the record that {@code assemble} prints for these
 *       notifications. A reader sees what is left out of an object; of a list nothing is.
 *   <li>{@code revisions: FILE}: the same, of all records that {@code run} prints.
 *   <li>{@code live: FILE --after N}: the same, of what is on {@code live-calls} after the first N notifications of one call.
 *   <li>{@code source: FILE}: the file, of Java what is below the imports.
 * </ul>
 *
 * <p>With {@code -Dcallweave.write-docs=true} values are written anew; which members are shown stays.
 */
class ShownExamplesTest {

    private static final Pattern SHOWN = Pattern.compile(
            "<!-- (record|revisions|source|live): (\\S+)(?: --(?:call|after) (\\S+))? -->\n```(\\w+)\n(.*?)```\n",
            Pattern.DOTALL);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TestFactory
    Stream<DynamicTest> shouldShowWhatIsSo() {
        return MarkdownFile.all().stream()
                .filter(file -> SHOWN.matcher(MarkdownFile.text(file.path())).find())
                .map(file -> DynamicTest.dynamicTest(file.path().toString(), () -> shouldShowWhatIsSo(file.path())));
    }

    private static void shouldShowWhatIsSo(Path file) throws IOException {
        String document = MarkdownFile.text(file);
        String current = SHOWN.matcher(document).replaceAll(shown -> Matcher.quoteReplacement(current(shown)));
        if (Boolean.getBoolean("callweave.write-docs")) {
            Files.writeString(file, current, UTF_8);
        } else {
            assertThat(document)
                    .as(file + " is stale; to write it anew: "
                            + "mvn test -Dtest=ShownExamplesTest -Dcallweave.write-docs=true")
                    .isEqualTo(current);
        }
    }

    /** A comment that is spelt another way would be an example that nobody looks at. */
    @Test
    void shouldOverlookNone() {
        for (MarkdownFile file : MarkdownFile.all()) {
            long comments = MarkdownFile.text(file.path())
                    .lines()
                    .filter(line -> line.matches("<!-- *(record|revisions|source|live)\\b.*"))
                    .count();
            assertThat(examples(file.path().toString()))
                    .as(file.path().toString())
                    .isEqualTo(comments);
        }
    }

    private static long examples(String file) {
        return SHOWN.matcher(MarkdownFile.text(Path.of(file))).results().count();
    }

    private static String current(MatchResult shown) {
        String head = shown.group().substring(0, shown.start(5) - shown.start());
        return head
                + switch (shown.group(1)) {
                    case "record" -> laidOut(shown, record(shown.group(2), shown.group(3)));
                    case "live" -> laidOut(shown, live(shown.group(2), Integer.parseInt(shown.group(3))));
                    case "revisions" -> laidOut(shown, revisions(shown.group(2)));
                    default -> source(Path.of(shown.group(2)));
                }
                + "```\n";
    }

    private static String laidOut(MatchResult shown, JsonNode real) {
        return LaidOutJson.of(shownOf(real, tree(shown.group(5)), "")) + "\n";
    }

    /** Of what is real, the members that are shown, in the order in which they are. */
    private static JsonNode shownOf(JsonNode real, JsonNode shown, String at) {
        if (shown.isObject() && real.isObject()) {
            ObjectNode part = JSON.createObjectNode();
            shown.properties().forEach(member -> {
                String name = at + "/" + member.getKey();
                assertThat(real.has(member.getKey())).as(name + " is there").isTrue();
                part.set(member.getKey(), shownOf(real.get(member.getKey()), member.getValue(), name));
            });
            return part;
        }
        if (shown.isArray() && real.isArray() && !shown.isEmpty()) {
            ArrayNode part = JSON.createArrayNode();
            for (int i = 0; i < real.size(); i++) {
                part.add(shownOf(real.get(i), shown.get(Math.min(i, shown.size() - 1)), at + "/" + i));
            }
            return part;
        }
        return real;
    }

    private static JsonNode record(String file, @Nullable String callId) {
        Assembly assembly = new Assembly();
        recording(file).lines().forEach(line -> line.events().forEach(assembly::add));
        List<JsonNode> calls = assembly.records(CallRules.DEFAULT).stream()
                .filter(call -> callId == null || call.callId().equals(callId))
                .map(call -> tree(new String(CallRecordJson.write(call, 1), UTF_8)))
                .toList();
        assertThat(calls).as("calls of " + file).hasSize(1);
        return calls.get(0);
    }

    private static JsonNode live(String file, int after) {
        Map<SessionKey, List<PartyEvent>> events = new LinkedHashMap<>();
        recording(file)
                .lines()
                .subList(0, after)
                .forEach(line -> line.events()
                        .forEach(event -> events.computeIfAbsent(event.session(), key -> new ArrayList<>())
                                .add(event)));
        List<Session> sessions = new ArrayList<>();
        events.forEach((key, ofSession) -> sessions.add(Session.of(key, ofSession)));
        return tree(new String(LiveCallJson.write(LiveCall.of(Call.of(sessions, List.of()))), UTF_8));
    }

    private static JsonNode revisions(String file) {
        StageReplay replay = new StageReplay(CallOptions.DEFAULT);
        List<StageReplay.Emission> emissions = new ArrayList<>();
        for (RecordedLine line : recording(file).lines()) {
            Long receivedAt = line.receivedAt();
            assertThat(receivedAt).as(line.source()).isNotNull();
            emissions.addAll(replay.passTo(receivedAt == null ? 0 : receivedAt));
            emissions.addAll(replay.accept(line.events()).emissions());
        }
        emissions.addAll(replay.passToTheEnd());
        ArrayNode records = JSON.createArrayNode();
        emissions.forEach(emission -> records.add(tree(new String(emission.json(), UTF_8))));
        return records;
    }

    private static RecordedLines recording(String file) {
        try (FileNotifications lines = new FileNotifications(List.of(file), InputStream.nullInputStream())) {
            return RecordedLines.read(lines, NotificationLimits.DEFAULT, new Tally());
        }
    }

    private static String source(Path file) {
        String text = MarkdownFile.text(file);
        int imports = text.lastIndexOf("\nimport ");
        return imports < 0 ? text : text.substring(text.indexOf("\n\n", imports) + 2);
    }
}
