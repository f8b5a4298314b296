package io.callweave.words;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.call.CallRules;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.record.Assembly;
import io.callweave.call.record.CallOutcome;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.PartyRecord;
import io.callweave.call.record.SessionRecord;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryLookup;
import io.callweave.notification.NotificationReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Sixty calls of all kinds as each place shows them, a page for each in {@code src/samples/told}. With
 * {@code -Dcallweave.write-docs=true} the pages are written.
 */
class ToldCallsDocumentationTest {

    private static final Path SAMPLES = Path.of("src", "samples");
    private static final Path PAGES = SAMPLES.resolve("told");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGES_OF_CALLS = 60;

    /** All calls of these; then of the others the first of each kind. */
    private static final List<String> WHOLE = List.of("examples", "real", "reported");

    private static final List<String> OF_EACH_KIND = List.of(
            "acceptance/kinds",
            "acceptance/handovers",
            "acceptance/queues",
            "acceptance/accounts",
            "acceptance/dropped");

    /** Some of the people and the queue of the examples. */
    private static final List<DirectoryEntry> KNOWN = List.of(
            entry("62000104016", "Dana", DirectoryEntry.USER),
            entry("62000106016", "Bo", DirectoryEntry.USER),
            entry("62000107016", "Kim", DirectoryEntry.USER),
            entry("62096127016", "Support", DirectoryEntry.QUEUE));

    private static DirectoryEntry entry(String extension, String name, String type) {
        return new DirectoryEntry("809646016", extension, name, type, null, null, null);
    }

    private final Set<String> kinds = new HashSet<>();
    private final Map<String, ToldCall> calls = new LinkedHashMap<>();

    @Test
    void shouldShowEachCallInAllPlacesAsThePagesSay() throws IOException {
        for (String folder : WHOLE) {
            for (Path file : files(folder)) {
                addAll(file, true);
            }
        }
        for (String file : OF_EACH_KIND) {
            addAll(SAMPLES.resolve(file + ".ndjson"), false);
        }
        Map<String, String> made = new TreeMap<>();
        for (Map.Entry<String, ToldCall> call : calls.entrySet()) {
            made.put(call.getKey() + ".md", page(call.getKey(), call.getValue()));
        }
        made.put("README.md", index());

        if (Boolean.getBoolean("callweave.write-docs")) {
            write(made);
        }
        Map<String, String> there = new TreeMap<>();
        for (Path file : list(PAGES)) {
            there.put(file.getFileName().toString(), Files.readString(file));
        }
        assertThat(there)
                .as("to write src/samples/told: mvn test -Dtest=ToldCallsDocumentationTest -Dcallweave.write-docs=true")
                .isEqualTo(made);
    }

    private static void write(Map<String, String> made) throws IOException {
        Files.createDirectories(PAGES);
        for (Path file : list(PAGES)) {
            Files.delete(file);
        }
        for (Map.Entry<String, String> page : made.entrySet()) {
            Files.writeString(PAGES.resolve(page.getKey()), page.getValue());
        }
    }

    private void addAll(Path file, boolean whole) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        NotificationReader reader = new NotificationReader();
        Assembly assembly = new Assembly();
        Map<String, List<String>> bySession = new LinkedHashMap<>();
        for (String line : lines) {
            for (PartyEvent event :
                    reader.read(line.getBytes(StandardCharsets.UTF_8)).events()) {
                assembly.add(event);
                List<String> own = bySession.computeIfAbsent(key(event), key -> new ArrayList<>());
                if (own.isEmpty() || !own.get(own.size() - 1).equals(line)) {
                    own.add(line);
                }
            }
        }
        List<CallRecord> records = assembly.records(CallRules.DEFAULT);
        for (CallRecord record : records) {
            if (calls.size() == PAGES_OF_CALLS || (!kinds.add(kind(record)) && !whole)) {
                continue;
            }
            List<String> notifications = record.sessions().stream()
                    .map(SessionRecord::telephonySessionId)
                    .flatMap(id -> bySession.getOrDefault(record.accountId() + "/" + id, List.of()).stream())
                    .toList();
            String name =
                    SAMPLES.relativize(file).toString().replace(".ndjson", "").replace('/', '-');
            calls.put(
                    records.size() == 1 ? name : name + "-" + (records.indexOf(record) + 1),
                    new ToldCall(record, notifications, DirectoryLookup.of(KNOWN)));
        }
    }

    private static String key(PartyEvent event) {
        return event.session().accountId() + "/" + event.session().telephonySessionId();
    }

    /** What makes a call worth another page. */
    private static String kind(CallRecord call) {
        return call.direction()
                + call.internal()
                + call.outcome().action()
                + call.outcome().result()
                + CallOutcome.of(call)
                + call.incomplete()
                + Math.min(call.queues().size(), 2)
                + call.transfers().stream()
                        .map(transfer -> transfer.kind().name())
                        .collect(Collectors.toCollection(TreeSet::new))
                + call.parties().stream().map(PartyRecord::role).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String page(String name, ToldCall call) throws IOException {
        CallWords words = call.words();
        StringBuilder page = new StringBuilder("# ").append(name).append("\n\n");
        fence(page, "Sentence, in the drawer of the console", words.sentence());
        fence(page, "Line of `demo`", call.demo());
        fence(page, "Table of `assemble`", call.table());
        fence(page, "List of the console", row(call.row()));
        fence(page, "Steps in the drawer; `journey` of the console's API", String.join("\n", words.journey()));
        fence(page, "Timeline of the console", timeline(call));
        fence(page, "`explain`, the beginning and the journey", explanation(call.explanation()));
        fence(page, "Longest waits of `report`, as CSV", call.reportTable("longest-waits"));
        fence(page, "`journey` of the webhook", journey(call.webhook()));
        fence(page, "`journey` in CSV", call.csv().lines().skip(1).collect(Collectors.joining("\n")));
        ToldCall.Live live = call.half();
        if (live != null) {
            fence(
                    page,
                    "After half of its events: sentence, and `journey` of the webhook",
                    live.sentence() + "\n" + journey(live.webhook()));
        }
        return page.toString().stripTrailing() + "\n";
    }

    private static void fence(StringBuilder page, String title, String text) {
        page.append("## ")
                .append(title)
                .append("\n\n```text\n")
                .append(text.stripTrailing())
                .append("\n```\n\n");
    }

    private static String row(JsonNode row) {
        return Stream.of(
                        "From: " + row.at("/from/label").asText(),
                        "To: " + row.at("/to/label").asText(),
                        "Answered by: "
                                + (row.path("way").isEmpty()
                                        ? row.at("/answeredBy/label").asText("–")
                                        : texts(row.path("way"), " → ")),
                        "Result: " + row.path("outcome").asText()
                                + (row.path("partialReason").isNull()
                                        ? ""
                                        : ", " + row.path("partialReason").asText()))
                .collect(Collectors.joining("\n"));
    }

    private static String texts(JsonNode list, String between) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return String.join(between, texts);
    }

    private static String timeline(ToldCall call) throws IOException {
        long start = call.call().times().startTime();
        List<String> lines = new ArrayList<>();
        JsonNode lanes = call.lanes();
        lanes.forEach(lane -> {
            List<String> spans = new ArrayList<>();
            lane.path("spans")
                    .forEach(span -> spans.add(after(span.path("from"), start) + " "
                            + span.path("state").asText()));
            lines.add(lane.path("label").asText() + " (" + lane.path("role").asText() + "): "
                    + String.join(", ", spans)
                    + (lane.path("note").isNull()
                            ? ""
                            : " [" + lane.path("note").asText() + "]"));
        });
        call.arrows()
                .forEach(arrow -> lines.add(after(arrow.path("at"), start) + " "
                        + arrow.path("text").asText() + ": "
                        + lanes.path(arrow.path("fromLane").asInt())
                                .path("label")
                                .asText() + " → "
                        + lanes.path(arrow.path("toLane").asInt()).path("label").asText()));
        return String.join("\n", lines);
    }

    private static String after(JsonNode time, long start) {
        return Lengths.clock(Math.max(0, Instant.parse(time.asText()).toEpochMilli() - start));
    }

    /** The first section, and the journey of the last record that has one. */
    private static String explanation(String page) {
        String beginning = page.substring(0, page.indexOf("\n\n") + 1);
        int journey = page.lastIndexOf("    journey:\n");
        return journey < 0
                ? beginning
                : beginning
                        + page.substring(journey)
                                .lines()
                                .takeWhile(line -> line.startsWith("    "))
                                .collect(Collectors.joining("\n"));
    }

    private static String journey(String webhook) throws IOException {
        return JSON.readTree(webhook).at("/data/journey").toPrettyString();
    }

    private String index() throws IOException {
        StringBuilder index = new StringBuilder("""
                # Calls as each place shows them

                One page for each call: the sentence, the line of `demo`, the table of `assemble`, the console, `explain`, `report`,
                webhook and CSV. `ToldCallsDocumentationTest` writes and compares them.

                | call | what happened |
                |---|---|
                """);
        for (Map.Entry<String, ToldCall> call : calls.entrySet()) {
            index.append("| [%s](%s.md) | %s |\n"
                    .formatted(
                            call.getKey(),
                            call.getKey(),
                            call.getValue().words().result()));
        }
        return index.toString();
    }

    private static List<Path> files(String folder) throws IOException {
        return list(SAMPLES.resolve(folder)).stream()
                .filter(file -> file.toString().endsWith(".ndjson"))
                .toList();
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
