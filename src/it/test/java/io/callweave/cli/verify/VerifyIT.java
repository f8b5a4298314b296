package io.callweave.cli.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.cli.Callweave;
import io.callweave.cli.common.ExitStatus;
import io.callweave.export.DuckDb;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.metrics.RecordDigest;
import io.callweave.testcalls.ExpectedCalls;
import io.callweave.topics.Topic;
import io.callweave.topics.Topics;
import io.callweave.topology.calls.AssembledCalls;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table of calls against the topics of a broker. */
class VerifyIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> COLUMNS =
            List.of("callId", "accountId", "revision", "epoch", "startTime", "status");

    private static final long EPOCH = 1_790_000_000_000L;

    @TempDir
    private static Path data;

    private static EmbeddedKafka kafka;
    private static int tests;

    @TempDir
    private Path directory;

    private final StringWriter err = new StringWriter();

    /** As they are on the topic: with two revisions, one superseded call, the rest as they are. */
    private final List<ObjectNode> newest = new ArrayList<>();

    private String prefix;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(data.resolve("kafka")));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @BeforeEach
    void fillTopics() throws IOException {
        prefix = "verify" + tests++ + ".";
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            Topics.create(admin, prefix, 2, (short) 1, Topics.Variant.FILES);
        }
        List<byte[]> notifications = ExpectedCalls.lines("acceptance/clean.ndjson").stream()
                .map(line -> line.getBytes(UTF_8))
                .toList();
        for (String call :
                List.copyOf(AssembledCalls.ofLines(notifications).values()).subList(0, 20)) {
            newest.add(((ObjectNode) JSON.readTree(call)).put("epoch", EPOCH));
        }
        Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            newest.forEach(call -> send(producer, Topic.CALLS, key(call), call));
            for (ObjectNode revised : List.of(newest.get(0), newest.get(1))) {
                send(producer, Topic.CALLS, key(revised), revised.put("revision", 2));
            }
            send(
                    producer,
                    Topic.CALLS,
                    key(newest.get(1)),
                    newest.get(1).put("revision", 3).put("status", "superseded"));
            Map<String, long[]> hours = new HashMap<>();
            for (ObjectNode call : newest) {
                if (!call.path("status").asText().equals("superseded")) {
                    long[] sums = hours.computeIfAbsent(window(call), key -> new long[2]);
                    sums[0]++;
                    sums[1] += digest(call);
                }
            }
            hours.forEach((key, sums) -> sendWindow(producer, key, sums[0], sums[1]));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"calls.ndjson", "calls.csv", "calls.parquet"})
    void shouldProveByDigestsThatAnExportIsRight(String file) {
        String table = directory.resolve(file).toString();
        callweave("export", "--out=" + table);

        assertThat(verify(table)).as("%s", err).isEqualTo(ExitStatus.DONE);

        assertThat(err.toString()).contains(" 0 compared row by row");
    }

    @ParameterizedTest
    @ValueSource(strings = {"calls.ndjson", "calls.csv", "calls.parquet", "jdbc:sqlite:"})
    void shouldNameExactlyTheWrongRowsAndFetchThemAgain(String form) throws Exception {
        List<ObjectNode> own = copy();
        ObjectNode missing = own.remove(5);
        own.get(0).put("revision", 1);
        own.get(1).put("revision", 2).put("status", "complete");
        ObjectNode unknown = own.get(7).deepCopy().put("callId", "s-invented");
        own.add(unknown);
        Path keys = directory.resolve("keys.txt");

        List<String> arguments = table(form, own);
        arguments.addAll(List.of("--settle=0s", "--keys=" + keys));

        assertThat(verify(arguments.toArray(String[]::new))).as("%s", err).isEqualTo(ExitStatus.FAILED);

        assertThat(differences())
                .containsOnly(
                        Map.entry(key(missing), "missing"),
                        Map.entry(key(newest.get(0)), "old"),
                        Map.entry(key(newest.get(1)), "superseded"),
                        Map.entry(key(unknown), "unknown"));
        assertThat(Files.readAllLines(keys))
                .containsExactlyInAnyOrder(key(missing), key(newest.get(0)), key(newest.get(1)));
        Path again = directory.resolve("again.ndjson");
        assertThat(callweave("export", "--keys=" + keys, "--out=" + again)).isEqualTo(ExitStatus.DONE);
        assertThat(Files.readAllLines(again))
                .containsExactlyInAnyOrder(
                        missing.toString(),
                        newest.get(0).toString(),
                        newest.get(1).toString());
    }

    @Test
    void shouldReadTheFieldsOfARowInAnyOrder() throws Exception {
        List<ObjectNode> own = new ArrayList<>();
        for (ObjectNode call : newest) {
            ObjectNode row = JSON.createObjectNode();
            List.of("status", "startTime", "revision", "callId", "accountId", "epoch")
                    .forEach(field -> row.set(field, call.get(field)));
            own.add(row);
        }

        int status = verify(table("calls.ndjson", own).toArray(String[]::new));

        assertThat(status).as("%s", err).isEqualTo(ExitStatus.DONE);
        assertThat(differences()).isEmpty();
    }

    @Test
    void shouldReadWhatSpreadsheetsAndPandasWrite() throws Exception {
        StringBuilder rows = new StringBuilder("\uFEFFcallId,accountId,revision,epoch,startTime,status\r\n");
        for (ObjectNode call : newest) {
            rows.append("%s,%s,%s.0,%s.0,%s,%s\r\n"
                    .formatted(COLUMNS.stream()
                            .map(column -> call.path(column).asText())
                            .toArray()));
        }

        int status =
                verify(Files.writeString(directory.resolve("own.csv"), rows).toString());

        assertThat(status).as("%s", err).isEqualTo(ExitStatus.DONE);
        assertThat(differences()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--rows", "--to=2027-01-01", "--from=2026-03-02T11:00:00Z"})
    void shouldBelieveTheNewestRevisionWhenACallBegan(String how) throws Exception {
        ObjectNode first = newest.get(5)
                .deepCopy()
                .put("accountId", "777")
                .put("callId", "s-moved")
                .put("startTime", "2026-03-02T11:00:01.000Z");
        ObjectNode moved = first.deepCopy().put("revision", 2).put("startTime", "2026-03-02T10:59:59.000Z");
        ObjectNode lost = first.deepCopy().put("callId", "s-lost").put("startTime", "2026-03-02T11:30:00.000Z");
        Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            List.of(first, moved, lost).forEach(call -> send(producer, Topic.CALLS, key(call), call));
            List.of(moved, lost).forEach(call -> sendWindow(producer, window(call), 1, digest(call)));
        }
        List<ObjectNode> own = copy();
        own.add(moved);
        List<String> arguments = table("calls.ndjson", own);
        arguments.addAll(List.of("--settle=0s", "--account=777", how));

        assertThat(verify(arguments.toArray(String[]::new))).as("%s", err).isEqualTo(ExitStatus.FAILED);

        assertThat(differences()).containsOnly(Map.entry(key(lost), "missing"));
    }

    /** Only the first day after the beginning of the first window is searched for calls before it. */
    @Test
    void shouldFindTheNewestRevisionOfACallBeforeTheFirstWindow() throws Exception {
        ObjectNode first = newest.get(5)
                .deepCopy()
                .put("accountId", "777")
                .put("callId", "s-moved")
                .put("startTime", "2026-03-01T08:00:00.000Z");
        ObjectNode revised = first.deepCopy().put("revision", 2).put("startTime", "2026-03-02T12:00:00.000Z");
        Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            var unused = producer.send(new ProducerRecord<>(
                    Topic.CALLS.name(prefix),
                    0,
                    Instant.parse("2026-03-01T08:05:00Z").toEpochMilli(),
                    key(first).getBytes(UTF_8),
                    first.toString().getBytes(UTF_8)));
            send(producer, Topic.CALLS, key(revised), revised);
            sendWindow(producer, window(revised), 1, digest(revised));
        }

        List<String> arguments = table("calls.ndjson", List.of(revised));
        arguments.add("--account=777");

        int status = verify(arguments.toArray(String[]::new));

        assertThat(status).as("%s", err).isEqualTo(ExitStatus.DONE);
        assertThat(differences()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing.csv", "calls.xlsx", "broken.parquet", "other.ndjson", "folder.csv"})
    void shouldTellATableThatCannotBeReadFromAWrongOne(String name) throws Exception {
        Files.writeString(directory.resolve("calls.xlsx"), "x");
        Files.writeString(directory.resolve("broken.parquet"), "x");
        Files.writeString(directory.resolve("other.ndjson"), "{\"callId\":\"s-1\"}");
        Files.createDirectory(directory.resolve("folder.csv"));

        int status = verify(directory.resolve(name).toString());

        assertThat(status).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains(name).hasLineCount(1);
    }

    @Test
    void shouldTellCallsThatMayStillBeOnTheirWayFromMissingOnes() throws Exception {
        List<ObjectNode> own = copy();
        own.remove(5);

        int status = verify(table("calls.ndjson", own).toArray(String[]::new));

        assertThat(status).as("%s", err).isEqualTo(ExitStatus.DONE);
        assertThat(differences()).containsOnly(Map.entry(key(newest.get(5)), "changing"));
    }

    @Test
    void shouldNotNameCallsThatNobodyMaySee() throws Exception {
        List<ObjectNode> own = copy();
        ObjectNode hidden = own.remove(5);
        String number = hidden.path("from").path("phoneNumber").asText();
        own.removeIf(call -> call.toString().contains(number));
        List<String> arguments = table("calls.ndjson", own);
        arguments.addAll(List.of("--settle=0s", "--privacy-exclude=number:" + number));

        assertThat(verify(arguments.toArray(String[]::new))).as("%s", err).isEqualTo(ExitStatus.DONE);

        assertThat(differences()).isEmpty();
    }

    private List<ObjectNode> copy() {
        return new ArrayList<>(newest.stream().map(ObjectNode::deepCopy).toList());
    }

    /** Writes a table in this form. */
    private List<String> table(String form, List<ObjectNode> calls) throws IOException, SQLException {
        Path ndjson = directory.resolve("own.ndjson");
        Files.write(ndjson, calls.stream().map(JsonNode::toString).toList());
        if (form.startsWith("jdbc:")) {
            String url = form + directory.resolve("own.db");
            fill(url, calls);
            return new ArrayList<>(List.of(url, "--query=SELECT * FROM calls"));
        }
        Path table = directory.resolve("own-" + form);
        if (form.endsWith(".ndjson")) {
            Files.move(ndjson, table);
        } else {
            // As others write them: all columns snake_case, times as their database has them.
            try (DuckDb duck = new DuckDb(directory)) {
                duck.execute("COPY (SELECT callId AS call_id, accountId AS account_id, revision, epoch,"
                        + " startTime::TIMESTAMP AS start_time, status FROM 'own.ndjson') TO '"
                        + table + "'");
            }
        }
        return new ArrayList<>(List.of(table.toString()));
    }

    private static void fill(String url, List<ObjectNode> calls) throws SQLException {
        try (Connection database = DriverManager.getConnection(url);
                PreparedStatement create =
                        database.prepareStatement("CREATE TABLE calls (" + String.join(", ", COLUMNS) + ")")) {
            create.execute();
            try (PreparedStatement insert = database.prepareStatement("INSERT INTO calls VALUES (?, ?, ?, ?, ?, ?)")) {
                for (ObjectNode call : calls) {
                    for (int i = 0; i < COLUMNS.size(); i++) {
                        insert.setString(i + 1, call.path(COLUMNS.get(i)).asText());
                    }
                    insert.execute();
                }
            }
        }
    }

    private Map<String, String> differences() throws IOException {
        Map<String, String> differences = new HashMap<>();
        for (String line : Files.readAllLines(directory.resolve("differences.ndjson"))) {
            JsonNode difference = JSON.readTree(line);
            differences.put(key(difference), difference.path("difference").asText());
        }
        return differences;
    }

    /** The key of its hour. */
    private static String window(JsonNode call) {
        String account = call.path("accountId").asText();
        Instant hour = Instant.parse(call.path("startTime").asText()).truncatedTo(ChronoUnit.HOURS);
        return account + "/account/" + account + "/PT1H/" + hour;
    }

    private static long digest(JsonNode call) {
        return RecordDigest.of(
                call.path("callId").asText(),
                call.path("epoch").asLong(),
                call.path("revision").asLong());
    }

    private static String key(JsonNode call) {
        return call.path("accountId").asText() + "/" + call.path("callId").asText();
    }

    private void send(Producer<byte[], byte[]> producer, Topic topic, String key, JsonNode value) {
        var unused = producer.send(new ProducerRecord<>(
                topic.name(prefix), key.getBytes(UTF_8), value.toString().getBytes(UTF_8)));
    }

    private void sendWindow(Producer<byte[], byte[]> producer, String key, long records, long digest) {
        send(
                producer,
                Topic.WINDOW_METRICS,
                key,
                JSON.createObjectNode()
                        .put("epoch", EPOCH)
                        .put("records", records)
                        .put("recordsDigest", RecordDigest.text(digest)));
    }

    private int verify(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.add("--out=" + directory.resolve("differences.ndjson"));
        return callweave("verify", all.toArray(String[]::new));
    }

    private int callweave(String command, String... arguments) {
        List<String> all = new ArrayList<>(
                List.of(command, "--bootstrap-servers=" + kafka.bootstrapServers(), "--topics-prefix=" + prefix));
        all.addAll(Arrays.asList(arguments));
        return Callweave.commandLine().setErr(new PrintWriter(err, true)).execute(all.toArray(String[]::new));
    }
}
