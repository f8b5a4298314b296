package io.callweave.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.call.CallRules;
import io.callweave.call.completion.CompletionReason;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.joining.Link;
import io.callweave.call.record.Assembly;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.Incomplete;
import io.callweave.call.session.Role;
import io.callweave.cli.Callweave;
import io.callweave.explain.Explanation;
import io.callweave.explain.RecordedLines;
import io.callweave.files.FileNotifications;
import io.callweave.files.Tally;
import io.callweave.metrics.CountedCall;
import io.callweave.metrics.Measures;
import io.callweave.metrics.Scope;
import io.callweave.metrics.WindowAggregate;
import io.callweave.metrics.WindowKey;
import io.callweave.metrics.WindowRules;
import io.callweave.metrics.WindowSize;
import io.callweave.notification.NotificationLimits;
import io.callweave.notification.NotificationReader;
import io.callweave.notification.OtherEvent;
import io.callweave.notification.RejectReason;
import io.callweave.record.CallRecordJson;
import io.callweave.record.WindowJson;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Setting;
import io.callweave.topics.Headers;
import io.callweave.topics.Topic;
import io.callweave.topology.calls.CallOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/** What the documents say is so. It looks at everything in them that a machine can compare with the product. */
class DocumentationTest {

    private static final Path README = Path.of("README.md");
    private static final Path COMMANDS = Path.of("docs", "commands.md");
    private static final Path CALLS = Path.of("docs", "calls.md");
    private static final Path FIGURES = Path.of("docs", "figures.md");
    private static final Path RECORDS = Path.of("docs", "records.md");
    private static final Path TOPICS = Path.of("docs", "topics.md");

    private static final Path EXAMPLES = Path.of("docs", "examples");
    private static final String EXAMPLE = "src/samples/real/csn-pstn-to-rc-ivr.ndjson";
    private static final String EXPLAINED = "src/samples/explain/late.ndjson";
    private static final String EXPLAINED_CALL = "s-3e5a1c7d9b2f4860a1c3e5d7f9b1a2c4";

    private static final Pattern DEFAULT = Pattern.compile("^`([a-z-]+\\.[a-z.-]+)` \\| `?([^|`]+)`? \\|");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");

    /** Commands of other programs; the first two are functions of the run-book. */
    private static final Pattern OF_OTHERS = Pattern.compile("(k|kafka|kubectl|helm) ");

    private static final CommandLine CALLWEAVE = Callweave.commandLine();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TestFactory
    Stream<DynamicTest> shouldLinkToWhatIsThere() {
        return MarkdownFile.all().stream()
                .flatMap(file -> file.links().stream()
                        .filter(link -> !link.contains("://"))
                        .map(link -> DynamicTest.dynamicTest(file.path() + ": " + link, () -> resolve(file, link))));
    }

    private static void resolve(MarkdownFile file, String link) {
        String[] parts = link.split("#", 2);
        Path folder = file.path().resolveSibling("");
        Path target =
                parts[0].isEmpty() ? file.path() : folder.resolve(parts[0]).normalize();

        assertThat(target).exists();
        if (parts.length == 2) {
            assertThat(MarkdownFile.read(target).anchors()).contains(parts[1]);
        }
    }

    @TestFactory
    Stream<DynamicTest> shouldShowJsonThatIsJson() {
        return MarkdownFile.all().stream()
                .flatMap(file -> file.fences().stream()
                        .filter(fence -> fence.language().equals("json"))
                        .map(fence -> DynamicTest.dynamicTest(
                                file.path() + ": "
                                        + fence.text().lines().findFirst().orElse(""),
                                () -> assertThatCode(() -> JSON.readTree(fence.text()))
                                        .doesNotThrowAnyException())));
    }

    @TestFactory
    Stream<DynamicTest> shouldShowCommandsThatTheCommandLineTakes() {
        return MarkdownFile.all().stream()
                .flatMap(file -> file.launcherCalls().stream()
                        .filter(call -> !call.equals("COMMAND"))
                        .distinct()
                        .map(call -> DynamicTest.dynamicTest(file.path() + ": " + call, () -> parse(call))));
    }

    private static void parse(String call) {
        String[] arguments = call.split(" +");

        assertThatCode(() -> CALLWEAVE.parseArgs(arguments)).doesNotThrowAnyException();
        for (String argument : arguments) {
            if (argument.startsWith("src/")) {
                assertThat(matching(argument)).as("files of " + argument).isNotEmpty();
            }
        }
    }

    @Test
    void shouldNameOnlyOptionsThatThereAre() {
        Set<String> options = new HashSet<>();
        commands()
                .forEach(command ->
                        options.addAll(command.getCommandSpec().optionsMap().keySet()));

        Map<Path, List<String>> named = new TreeMap<>();
        for (MarkdownFile file : MarkdownFile.all()) {
            file.codes().stream()
                    .filter(code -> !OF_OTHERS.matcher(code).lookingAt())
                    .flatMap(code -> OPTION.matcher(code).results())
                    .map(MatchResult::group)
                    .filter(option -> !options.contains(option))
                    .forEach(option -> named.computeIfAbsent(file.path(), path -> new ArrayList<>())
                            .add(option));
        }

        assertThat(named).isEmpty();
    }

    /** Their options are in the help and in the manual page, which is made of it. */
    @Test
    void shouldDescribeEveryCommand() {
        List<String> named = MarkdownFile.read(COMMANDS).codes();

        assertThat(commands())
                .allSatisfy(command ->
                        assertThat(named).anyMatch(code -> code.matches(command.getCommandName() + "( .*)?")));
    }

    @Test
    void shouldSayOfEverySettingWhichCommandsUseIt() {
        Set<String> named = Set.copyOf(MarkdownFile.read(COMMANDS).codes());

        assertThat(KnownSettings.all())
                .as("docs/commands.md, which settings a command uses")
                .extracting(Setting::name)
                .allMatch(name -> named.contains(name) || named.contains(name.substring(0, name.indexOf('.')) + ".*"));
    }

    @Test
    void shouldShowTheTestCommandOfContinuousIntegration() {
        String command = "mvn -B -ntp verify";

        assertThat(MarkdownFile.text(Path.of(".ci", "run"))).contains(" " + command);
        assertThat(MarkdownFile.read(README).fences()).contains(new MarkdownFile.Fence("sh", command + "\n"));
    }

    @Test
    void shouldListTheReasonsOfBadInputInTheirOrder() {
        List<String> rows = rows(TOPICS, "reason");

        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(RejectReason.values())
                        .map(RejectReason::wireName)
                        .toList());
    }

    @Test
    void shouldDescribeWhatIsSkipped() {
        assertThat(MarkdownFile.read(TOPICS).codes())
                .containsAll(Arrays.stream(OtherEvent.values())
                        .map(OtherEvent::wireName)
                        .toList());
    }

    @Test
    void shouldDescribeWhatARecordCanSay() {
        List<String> words = new ArrayList<>();
        Arrays.stream(Incomplete.values()).map(Incomplete::wireName).forEach(words::add);
        Arrays.stream(Role.values())
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .forEach(words::add);
        Arrays.stream(Link.Kind.values()).map(DocumentationTest::camelCase).forEach(words::add);

        assertThat(MarkdownFile.read(RECORDS).codes()).containsAll(words);
    }

    @Test
    void shouldDescribeEveryCompletionReason() {
        List<String> reasons = Arrays.stream(CompletionReason.values())
                .map(CompletionReason::wireName)
                .toList();

        assertThat(MarkdownFile.read(CALLS).codes()).containsAll(reasons);
        assertThat(MarkdownFile.read(TOPICS).codes()).containsAll(reasons);
    }

    /** A table of settings that says more than docs/settings.md must not say something else. */
    @Test
    void shouldShowTheDefaultsThatThereAre() {
        Map<String, String> defaults = new TreeMap<>();
        KnownSettings.all()
                .forEach(setting ->
                        defaults.put(setting.name(), setting.byDefault().orElse("none")));

        List<String> shown = MarkdownFile.text(CALLS)
                .lines()
                .filter(row -> DEFAULT.matcher(row).find())
                .toList();

        assertThat(shown).isNotEmpty().allSatisfy(row -> {
            MatchResult cells = DEFAULT.matcher(row).results().findFirst().orElseThrow();
            assertThat(defaults).containsEntry(cells.group(1), cells.group(2));
        });
    }

    @Test
    void shouldSayTheDefaultsOfTopics() {
        String topics = MarkdownFile.text(TOPICS);

        assertThat(topics).contains(Topic.DEFAULT_PARTITIONS + " partitions", "`" + Topic.DEFAULT_PREFIX + "`");
    }

    @Test
    void shouldDescribeEveryHeader() throws Exception {
        List<String> headers = new ArrayList<>();
        for (var constant : Headers.class.getFields()) {
            if (!constant.getName().equals("CURRENT_SCHEMA")) { // a value, not a name
                headers.add((String) constant.get(null));
            }
        }

        assertThat(rows(TOPICS, "header")).containsExactlyInAnyOrderElementsOf(headers);
    }

    @Test
    void shouldCountAsTheProductDoes() {
        String readme = MarkdownFile.text(README);
        String run = MarkdownFile.read(README).launcherCalls().stream()
                .filter(call -> call.startsWith("run "))
                .findFirst()
                .orElseThrow();
        List<String> files = matching(run.substring("run ".length()));
        Tally tally = new Tally();
        try (FileNotifications lines = new FileNotifications(files, InputStream.nullInputStream())) {
            lines.forEachRemaining(line -> tally.line());
        }
        records(files).forEach(call -> tally.call());

        assertThat(readme).contains("\ncallweave: " + tally.summary("call record") + "\n");
    }

    @Test
    void shouldHoldTheWholeRecordOfTheExample() throws IOException {
        assertExample("call.json", LaidOutJson.of(tree(records(List.of(EXAMPLE)).get(0))) + "\n");
    }

    @Test
    void shouldHoldTheWholeWindowOfTheExample() throws IOException {
        assertThat(MarkdownFile.text(FIGURES)).contains("./callweave run --window-metrics windows.ndjson " + EXAMPLE);

        assertExample("window.json", LaidOutJson.of(exampleWindow()) + "\n");
    }

    /** The hour of the account in which the example's call began. */
    private static JsonNode exampleWindow() {
        List<CallRecord> calls = records(List.of(EXAMPLE));
        assertThat(calls).hasSize(1);
        Map<WindowKey, Measures> windows = CountedCall.of(calls.get(0), WindowRules.DEFAULT)
                .windows(calls.get(0).accountId());
        return windows.entrySet().stream()
                .filter(each ->
                        each.getKey().scope() == Scope.ACCOUNT && each.getKey().size() == WindowSize.PT1H)
                .map(each -> WindowJson.write(
                        each.getKey(), null, 0, new WindowAggregate().add(each.getValue()), WindowRules.DEFAULT))
                .map(json -> parse("a window", utf8(json)))
                .findFirst()
                .orElseThrow();
    }

    private static void assertExample(String name, String current) throws IOException {
        Path path = EXAMPLES.resolve(name);
        if (Boolean.getBoolean("callweave.write-docs")) {
            Files.createDirectories(EXAMPLES);
            Files.writeString(path, current, StandardCharsets.UTF_8);
        }
        assertThat(path)
                .as(path + " is stale; to write it again: "
                        + "mvn test -Dtest=DocumentationTest -Dcallweave.write-docs=true")
                .hasContent(current);
    }

    @Test
    void shouldHoldThePageOfTheExample() throws IOException {
        RecordedLines recording;
        try (FileNotifications lines = new FileNotifications(List.of(EXPLAINED), InputStream.nullInputStream())) {
            recording = RecordedLines.read(lines, NotificationLimits.DEFAULT, new Tally());
        }
        String page = Explanation.of(
                recording,
                recording.accountsThatName(EXPLAINED_CALL).first(),
                EXPLAINED_CALL,
                CallOptions.DEFAULT,
                false);

        assertExample("explain.txt", page);
    }

    private static List<CallRecord> records(List<String> files) {
        Assembly assembly = new Assembly();
        events(files).forEach(assembly::add);
        return assembly.records(CallRules.DEFAULT);
    }

    private static List<PartyEvent> events(List<String> files) {
        List<PartyEvent> events = new ArrayList<>();
        NotificationReader reader = new NotificationReader();
        try (FileNotifications lines = new FileNotifications(files, InputStream.nullInputStream())) {
            lines.forEachRemaining(
                    line -> events.addAll(reader.read(line.value()).events()));
        }
        return events;
    }

    private static JsonNode tree(CallRecord call) {
        return parse("a record", utf8(CallRecordJson.write(call, 1)));
    }

    private static String utf8(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    private static JsonNode parse(String what, String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(what, e);
        }
    }

    private static List<CommandLine> commands() {
        return below(CALLWEAVE).toList();
    }

    private static Stream<CommandLine> below(CommandLine command) {
        return command.getSubcommands().values().stream().flatMap(one -> Stream.concat(Stream.of(one), below(one)));
    }

    /** The names in the first column of the tables with this first heading, without the backticks. */
    private static List<String> rows(Path document, String heading) {
        List<String> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : MarkdownFile.text(document).lines().toList()) {
            // The bars at both ends are optional.
            String row = line.startsWith("| ") ? line.substring(2) : line;
            inside = inside ? row.contains("|") : row.startsWith(heading + " |");
            if (inside && row.matches("\\[?`.*")) {
                String cell = row.substring(0, row.indexOf(" |")).replaceAll("\\[(.*?)]\\([^)]*\\)", "$1");
                rows.addAll(List.of(cell.replace("`", "").split(", ")));
            }
        }
        return rows;
    }

    private static String camelCase(Link.Kind kind) {
        StringBuilder name = new StringBuilder();
        for (String word : kind.name().toLowerCase(Locale.ROOT).split("_", -1)) {
            name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }

    /** As the shell would expand it. */
    private static List<String> matching(String pattern) {
        Path path = Path.of(pattern);
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(path.getParent(), path.getFileName().toString())) {
            return StreamSupport.stream(files.spliterator(), false)
                    .map(Path::toString)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
