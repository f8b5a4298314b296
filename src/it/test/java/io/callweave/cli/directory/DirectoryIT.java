package io.callweave.cli.directory;

import static io.callweave.TestJson.tree;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.cli.Callweave;
import io.callweave.cli.CommandProcess;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.role.Installation;
import io.callweave.directory.DirectoryCsv;
import io.callweave.directory.DirectoryEntry;
import io.callweave.local.Brokers;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.runtime.StreamsRole;
import io.callweave.schema.StrictSchemas;
import io.callweave.topics.DirectoryTopic;
import io.callweave.topics.Topic;
import io.callweave.topology.directory.TestDirectory;
import io.callweave.topology.windows.ExpectedWindows;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The directory over a real broker: loaded by the command, joined by the topology of two instances, and of a run. */
class DirectoryIT {

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.resolve("kafka")));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    @Tag("full")
    void shouldJoinWhatWasLoadedIntoRowsAndWindows() throws Exception {
        List<String> lines = Files.readAllLines(resource("acceptance/clean.ndjson"));
        List<DirectoryEntry> entries = TestDirectory.of(bytes(lines));
        assertThat(entries).isNotEmpty();
        try (Installation installation = Installation.create(kafka, directory, "joined", Map.of())) {
            assertThat(execute("directory", "load", csv(entries), "--topics-prefix=joined."))
                    .as("%s", err)
                    .isEqualTo(ExitStatus.DONE);
            assertThat(err.toString()).contains(entries.size() + " new, 0 changed, 0 as they were; 0 deleted.");
            installation.read(Topic.DIRECTORY).forEach(DirectoryIT::assertDescribed);
            // What somebody else wrote there stops nothing.
            put("joined.directory", "no/entry", "{");
            installation.expectExtensions(entries);

            installation.startAndAwait("one");
            installation.start("two");
            installation.accept(lines);
            installation.awaitAssembled();

            assertThat(installation.deadLetters()).isEmpty();
            assertNames(installation.read(Topic.PARTY_METRICS), entries);
        }
    }

    @Test
    @Tag("full")
    void shouldFollowTheTopicWhileItRuns() throws Exception {
        DirectoryEntry anna = new DirectoryEntry("1", "104", "Anna", "user", null, "Sales", null);
        DirectoryEntry ben = new DirectoryEntry("1", "105", "Ben", "user", null, "Sales", null);
        try (Installation installation = Installation.create(kafka, directory, "followed", Map.of())) {
            StreamsRole app = installation.startAndAwait("one");

            load("followed.", List.of(anna, ben));
            awaitMetric(app, "callweave_directory_entries 2.0");
            assertThat(execute("directory", "load", csv(List.of(ben)), "--replace", "--topics-prefix=followed."))
                    .isEqualTo(ExitStatus.DONE);
            awaitMetric(app, "callweave_directory_entries 1.0");
            put("followed.directory", "1/106", "[]");
            awaitMetric(app, "callweave_directory_rejected_total 1.0");
            await().until(() -> app.state() == KafkaStreams.State.RUNNING);
        }
    }

    @Test
    @Tag("full")
    void shouldLoadWhatHasChangedAndShowWhatIsThere() throws Exception {
        Brokers.createTopic(kafka, "shown.directory", 3, Map.of("cleanup.policy", "compact"));
        DirectoryEntry anna =
                new DirectoryEntry("1", "104", "Anna \"\u00d6z\", Sales", "user", "Berlin", "Sales", "Europe/Berlin");
        DirectoryEntry ben = new DirectoryEntry("1", "105", "Ben", "user", null, "Sales", null);
        DirectoryEntry stranger = new DirectoryEntry("2", "104", null, "queue", null, null, null);
        DirectoryEntry renamed = new DirectoryEntry("1", "105", "Benjamin", "user", null, "Sales", null);
        DirectoryEntry cleo = new DirectoryEntry("1", "106", "Cleo", "ivr", null, null, null);
        load("shown.", List.of(anna, ben, stranger));
        String update = csv(List.of(renamed, cleo));

        err.getBuffer().setLength(0);
        CommandProcess tried = CommandProcess.run(
                null,
                "directory",
                "load",
                update,
                "--replace",
                "--dry-run",
                "--topics-prefix=shown.",
                "--bootstrap-servers=" + kafka.bootstrapServers());
        assertThat(tried.status()).as(tried.err()).isEqualTo(ExitStatus.DONE);
        assertThat(tried.out().lines())
                .containsExactly("new 1/106", "changed 1/105  name: \"Ben\" → \"Benjamin\"", "deleted 1/104");
        assertThat(tried.err())
                .contains("2 extensions read: 1 new, 1 changed, 0 as they were; 1 deleted; nothing was written.");
        assertThat(there("shown.directory")).containsExactly(anna, ben, stranger);

        assertThat(execute("directory", "load", update, "--topics-prefix=shown."))
                .isEqualTo(ExitStatus.DONE);
        assertThat(there("shown.directory")).containsExactly(anna, renamed, cleo, stranger);
        assertThat(execute("directory", "load", update, "--replace", "--topics-prefix=shown."))
                .isEqualTo(ExitStatus.DONE);
        assertThat(there("shown.directory")).containsExactly(renamed, cleo, stranger);
        assertThat(err.toString()).contains("0 new, 0 changed, 2 as they were; 1 deleted.");

        put("shown.directory", "1/107", "?");
        CommandProcess shown = CommandProcess.run(
                null,
                "directory",
                "show",
                "--account=1",
                "--topics-prefix=shown.",
                "--bootstrap-servers=" + kafka.bootstrapServers());
        assertThat(shown.status()).isEqualTo(ExitStatus.DONE);
        assertThat(shown.out()).isEqualTo("""
                        account,extension,name,type,site,department,timeZone
                        1,105,Benjamin,user,,Sales,
                        1,106,Cleo,ivr,,,
                        """);
        assertThat(shown.err()).contains("No extension is described by what is under 1/107.");
        CommandProcess json = CommandProcess.run(
                null,
                "directory",
                "show",
                "--json",
                "--account=1",
                "--topics-prefix=shown.",
                "--bootstrap-servers=" + kafka.bootstrapServers());
        assertThat(json.out())
                .contains("{\"account\":\"1\",\"extension\":\"106\",\"name\":\"Cleo\",\"type\":\"ivr\",\"site\":null,"
                        + "\"department\":null,\"timeZone\":null}");
    }

    @Test
    @Tag("full")
    void shouldLoadTheOtherLinesIfToldAndFromStandardInput() throws Exception {
        Brokers.createTopic(kafka, "skipped.directory", 1, Map.of("cleanup.policy", "compact"));
        byte[] csv = "extension;name;kind\n104;Anna \u00d6z;x\n10/5;Ben;x\n".getBytes(UTF_8);

        CommandProcess loaded = CommandProcess.run(
                csv,
                "directory",
                "load",
                "-",
                "--account=1",
                "--skip-wrong-lines",
                "--topics-prefix=skipped.",
                "--bootstrap-servers=" + kafka.bootstrapServers());

        assertThat(loaded.status()).as(loaded.err()).isEqualTo(ExitStatus.DONE);
        assertThat(loaded.out()).isEmpty();
        assertThat(loaded.err())
                .contains(
                        "Line 3, column extension: it is \"10/5\"",
                        "callweave: columns that are not used: kind.",
                        "1 extension read: 1 new, 0 changed, 0 as they were; 0 deleted; wrong lines: 1.");
        assertThat(there("skipped.directory"))
                .containsExactly(new DirectoryEntry("1", "104", "Anna \u00d6z", "user", null, null, null));
    }

    @Test
    void shouldLeaveWhatTheFileHasNoColumnFor() throws Exception {
        Brokers.createTopic(kafka, "merged.directory", 1, Map.of("cleanup.policy", "compact"));
        load("merged.", List.of(new DirectoryEntry("1", "104", "Anna", "queue", "Berlin", "Sales", "CET")));
        Path names = Files.writeString(directory.resolve("names.csv"), "account;extension;name;site\n1;104;Hotline;\n");

        assertThat(execute("directory", "load", names.toString(), "--topics-prefix=merged."))
                .isEqualTo(ExitStatus.DONE);

        assertThat(there("merged.directory"))
                .containsExactly(new DirectoryEntry("1", "104", "Hotline", "queue", null, "Sales", "CET"));
    }

    @Test
    @Tag("full")
    void shouldDeleteWhatIsNamedAndSayWhatIsNotThere() throws Exception {
        Brokers.createTopic(kafka, "deleted.directory", 3, Map.of("cleanup.policy", "compact"));
        DirectoryEntry anna = new DirectoryEntry("1", "104", "Anna", "user", null, null, null);
        DirectoryEntry ben = new DirectoryEntry("1", "105", "Ben", "user", null, null, null);
        DirectoryEntry cleo = new DirectoryEntry("1", "106", "Cleo", "user", null, null, null);
        load("deleted.", List.of(anna, ben, cleo));
        put("deleted.directory", "no/entry", "{");
        err.getBuffer().setLength(0);

        CommandProcess tried = CommandProcess.run(
                null,
                "directory",
                "delete",
                "1/104",
                "--dry-run",
                "--topics-prefix=deleted.",
                "--bootstrap-servers=" + kafka.bootstrapServers());
        assertThat(tried.status()).as(tried.err()).isEqualTo(ExitStatus.DONE);
        assertThat(tried.out()).isEqualTo("deleted 1/104\n");
        assertThat(tried.err()).contains("callweave: 1 extension deleted; nothing was written.");
        assertThat(there("deleted.directory")).containsExactly(anna, ben, cleo);

        assertThat(execute("directory", "delete", "1/104", "no/entry", "1/104", "--topics-prefix=deleted."))
                .isEqualTo(ExitStatus.DONE);
        assertThat(err.toString().lines()).containsExactly("callweave: 2 extensions deleted.");
        assertThat(execute("directory", "delete", "1/104", "1/105", "105", "--topics-prefix=deleted."))
                .isEqualTo(ExitStatus.FAILED);
        assertThat(err.toString().lines())
                .endsWith(
                        "callweave: Not in the directory: 1/104, 105; \"callweave directory show\" prints what is.",
                        "callweave: 1 extension deleted.");
        assertThat(there("deleted.directory")).containsExactly(cleo);
    }

    @Test
    @Tag("full")
    void shouldMakeNoTopicToDeleteFrom() throws Exception {
        try (Admin admin = Brokers.admin(kafka)) {
            assertThat(execute("directory", "delete", "1/104", "--topics-prefix=nowhere."))
                    .isEqualTo(ExitStatus.FAILED);

            assertThat(err.toString())
                    .contains("callweave: nowhere.directory is missing; \"callweave topics create\" makes it.");
            assertThat(admin.listTopics().names().get()).doesNotContain("nowhere.directory");
        }
    }

    /** Each run has a state of its own, and so another epoch. */
    private static List<String> withoutEpoch(Path output) throws IOException {
        return Files.readAllLines(output).stream()
                .map(line -> line.replaceFirst("\"epoch\":\\d+", "\"epoch\":0"))
                .toList();
    }

    @Test
    @Tag("full")
    void shouldJoinADirectoryInARunAndChangeNoRecord() throws Exception {
        Path lines = resource("acceptance/kinds.ndjson");
        List<byte[]> notifications = bytes(Files.readAllLines(lines));
        List<DirectoryEntry> entries = TestDirectory.of(notifications);
        Path without = Files.createDirectory(directory.resolve("without"));
        Path with = Files.createDirectory(directory.resolve("with"));

        assertThat(run(lines, without)).as("%s", err).isEqualTo(ExitStatus.DONE);
        assertThat(run(lines, with, "--directory=" + csv(entries)))
                .as("%s", err)
                .isEqualTo(ExitStatus.DONE);

        for (String same : List.of("calls", "live-calls", "party-events")) {
            assertThat(withoutEpoch(with.resolve(same)))
                    .as(same)
                    .isNotEmpty()
                    .isEqualTo(withoutEpoch(without.resolve(same)));
        }
        Map<String, String> windows = keyed(with.resolve("window-metrics"));
        assertThat(windows.keySet()).anyMatch(key -> key.contains("/department/"));
        List<String> records = assembled(with.resolve("calls"));
        ExpectedWindows.assertThatAreThese(windows, records, notifications, entries);
        ExpectedWindows.assertThatAreThese(keyed(without.resolve("window-metrics")), records, notifications, List.of());
        Set<String> seen = new TreeSet<>();
        for (String row : Files.readAllLines(with.resolve("party-metrics"))) {
            StrictSchemas.assertValue("party-metrics", row);
            assertName(tree(row), entries);
            seen.add(tree(row).path("accountId").asText() + "/"
                    + tree(row).path("extensionId").asText());
            seen.add(tree(row).path("accountId").asText() + "/"
                    + tree(row).path("queueExtensionId").asText());
        }
        seen.retainAll(entries.stream().map(DirectoryEntry::key).toList());
        assertThat(seen).isNotEmpty();
        assertThat(err.toString())
                .containsOnlyOnce("callweave: " + seen.size() + " of " + entries.size()
                        + " extensions in the directory took part in calls.");
    }

    private int run(Path lines, Path to, String... more) {
        List<String> arguments = new ArrayList<>(List.of("run", lines.toString()));
        for (String output : List.of("calls", "live-calls", "party-events", "party-metrics", "window-metrics")) {
            arguments.add("--" + output + "=" + to.resolve(output));
        }
        arguments.addAll(Arrays.asList(more));
        return command(arguments);
    }

    /** The last record of each call that is none of another. */
    private static List<String> assembled(Path calls) throws IOException {
        Map<String, String> last = new LinkedHashMap<>();
        for (String line : Files.readAllLines(calls)) {
            JsonNode call = tree(line);
            String key =
                    call.path("accountId").asText() + "/" + call.path("callId").asText();
            last.remove(key);
            if (!call.path("status").asText().equals("superseded")) {
                last.put(key, line);
            }
        }
        return List.copyOf(last.values());
    }

    private static Map<String, String> keyed(Path windows) throws IOException {
        Map<String, String> keyed = new TreeMap<>();
        for (String line : Files.readAllLines(windows)) {
            StrictSchemas.assertValue("window-metrics", line);
            JsonNode window = tree(line);
            keyed.put(
                    Stream.of("accountId", "scope", "scopeId", "window", "windowStart")
                            .map(part -> window.path(part).asText())
                            .collect(Collectors.joining("/")),
                    line);
        }
        return keyed;
    }

    private static void assertNames(List<ConsumerRecord<byte[], byte[]>> rows, List<DirectoryEntry> entries) {
        assertThat(rows).isNotEmpty();
        rows.forEach(row -> {
            String json = new String(row.value(), UTF_8);
            StrictSchemas.assertValue("party-metrics", json);
            assertName(tree(json), entries);
        });
    }

    private static void assertName(JsonNode row, List<DirectoryEntry> entries) {
        Map<String, DirectoryEntry> known = new HashMap<>();
        entries.forEach(entry -> known.put(entry.accountId() + "/" + entry.extensionId(), entry));
        DirectoryEntry own = known.get(
                row.path("accountId").asText() + "/" + row.path("extensionId").asText());
        DirectoryEntry queue = known.get(row.path("accountId").asText() + "/"
                + row.path("queueExtensionId").asText());
        assertThat(row.path("extensionName").asText(null)).isEqualTo(own == null ? null : own.name());
        assertThat(row.path("extensionType").asText(null)).isEqualTo(own == null ? null : own.type());
        assertThat(row.path("site").asText(null)).isEqualTo(own == null ? null : own.site());
        assertThat(row.path("department").asText(null)).isEqualTo(own == null ? null : own.department());
        assertThat(row.path("queueName").asText(null)).isEqualTo(queue == null ? null : queue.name());
    }

    private static void assertDescribed(ConsumerRecord<byte[], byte[]> read) {
        StrictSchemas.assertValue("directory", new String(read.value(), UTF_8));
        Map<String, String> headers = new HashMap<>();
        read.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        StrictSchemas.assertHeaders("directory", headers);
    }

    private void load(String prefix, List<DirectoryEntry> entries) throws IOException {
        assertThat(execute("directory", "load", csv(entries), "--topics-prefix=" + prefix))
                .as("%s", err)
                .isEqualTo(ExitStatus.DONE);
    }

    private static List<DirectoryEntry> there(String topic) {
        return List.copyOf(new DirectoryTopic(Map.of("bootstrap.servers", kafka.bootstrapServers()), topic)
                .read()
                .entries()
                .values());
    }

    private static void put(String topic, String key, String value) throws Exception {
        try (Producer<String, byte[]> producer = Brokers.producer(kafka)) {
            producer.send(new ProducerRecord<>(topic, key, value.getBytes(UTF_8)))
                    .get();
        }
    }

    private static void awaitMetric(StreamsRole app, String line) {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create(app.httpAddress() + "/metrics"))
                .build();
        await().until(() -> http.send(request, HttpResponse.BodyHandlers.ofString())
                .body()
                .lines()
                .anyMatch(line::equals));
    }

    private static String csv(List<DirectoryEntry> entries) throws IOException {
        Path file = Files.createTempFile(directory, "extensions", ".csv");
        try (Writer out = Files.newBufferedWriter(file)) {
            DirectoryCsv.write(entries, out);
        }
        return file.toString();
    }

    private int execute(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.add("--bootstrap-servers=" + kafka.bootstrapServers());
        return command(all);
    }

    private int command(List<String> arguments) {
        return Callweave.commandLine()
                .setErr(new PrintWriter(err, true))
                .setOut(new PrintWriter(out, true))
                .execute(arguments.toArray(String[]::new));
    }

    private static List<byte[]> bytes(List<String> lines) {
        return lines.stream().map(line -> line.getBytes(UTF_8)).toList();
    }

    private static Path resource(String name) {
        return Path.of("src", "samples").resolve(name);
    }
}
