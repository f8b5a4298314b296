package io.callweave.cli.export;

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
import io.callweave.testcalls.ExpectedCalls;
import io.callweave.topics.Topic;
import io.callweave.topics.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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

/** Out of the topics of a broker. Each test has topics of its own. */
class ExportIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path data;

    private static EmbeddedKafka kafka;
    private static int tests;

    @TempDir
    private Path directory;

    private final StringWriter err = new StringWriter();
    private String prefix;
    private Producer<byte[], byte[]> producer;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(data.resolve("kafka")));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @BeforeEach
    void createTopics() {
        prefix = "export" + tests++ + ".";
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            Topics.create(admin, prefix, 2, (short) 1, Topics.Variant.FILES);
        }
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @Test
    void shouldExportTheNewestRecordOfEachCallAndNoSupersededOne() throws Exception {
        List<String> calls = expected();
        for (String call : calls) {
            send(Topic.CALLS, 0, key(call), call);
        }
        String first = calls.get(0);
        String second = calls.get(1);
        String third = calls.get(2);
        String revised = with(first, 1, 2, "complete");
        String reset = with(third, 2, 1, "complete");
        send(Topic.CALLS, 0, key(first), revised);
        send(Topic.CALLS, 0, key(second), with(second, 0, 2, "superseded"));
        // After a reset with another number of partitions, the newest record need not be where the older ones are.
        send(Topic.CALLS, 1, key(third), reset);
        send(Topic.CALLS, 0, key(third), with(third, 1, 9, "complete"));
        producer.close();

        assertThat(export("--out=" + directory)).as("%s", err).isEqualTo(ExitStatus.DONE);
        assertThat(export("--format=parquet", "--out=" + directory)).isEqualTo(ExitStatus.DONE);
        assertThat(export("--revisions", "--out=" + directory.resolve("all.ndjson")))
                .isEqualTo(ExitStatus.DONE);

        List<String> newest = new ArrayList<>(calls.subList(3, calls.size()));
        newest.add(revised);
        newest.add(reset);
        assertThat(Files.readAllLines(directory.resolve("calls.ndjson"))).containsExactlyInAnyOrderElementsOf(newest);
        assertThat(Files.readAllLines(directory.resolve("all.ndjson"))).hasSize(calls.size() + 4);
        try (DuckDb duck = new DuckDb(directory)) {
            assertThat(duck.rows("SELECT callId, epoch, revision FROM 'calls.parquet' ORDER BY callId"))
                    .isEqualTo(duck.rows("SELECT callId, epoch, revision FROM 'calls.ndjson' ORDER BY callId"))
                    .hasSize(newest.size());
        }
        assertThat(err.toString()).contains("callweave: " + newest.size() + " calls exported.");
    }

    @Test
    void shouldLeaveOutExcludedCallsOfTopicsWithTheirRowsAndEvents() throws Exception {
        List<String> calls = expected();
        String hidden = calls.get(0);
        String account = JSON.readTree(hidden).path("accountId").asText();
        String number = JSON.readTree(hidden).path("from").path("phoneNumber").asText();
        String session = JSON.readTree(hidden)
                .path("sessions")
                .path(0)
                .path("telephonySessionId")
                .asText();
        for (String call : calls) {
            send(Topic.CALLS, 0, key(call), call);
        }
        for (String each : List.of(session, "s-shown")) {
            send(
                    Topic.PARTY_METRICS,
                    0,
                    account + "/" + each + "/p-1",
                    "{\"accountId\":\"" + account
                            + "\",\"callId\":\"c\",\"revision\":1,\"epoch\":0,\"telephonySessionId\":\"" + each
                            + "\",\"startTime\":\"2026-03-01T00:00:00.000Z\"}");
        }
        producer.close();

        int status = export("--what=calls,rows", "--privacy-exclude=number:" + number, "--out=" + directory);

        assertThat(status).as("%s", err).isEqualTo(ExitStatus.DONE);
        assertThat(Files.readAllLines(directory.resolve("calls.ndjson")))
                .isNotEmpty()
                .noneMatch(line -> line.contains("\"" + number + "\""));
        assertThat(Files.readAllLines(directory.resolve("rows.ndjson")))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("s-shown"));
        assertThat(err.toString()).contains(" left out by privacy.exclude.");
    }

    /** An earlier revision need not name what is excluded. */
    @Test
    void shouldLeaveOutAllRevisionsOfAnExcludedCall() throws Exception {
        String hidden = expected().get(0);
        String number = JSON.readTree(hidden).path("from").path("phoneNumber").asText();
        String revised = with(hidden, 0, 2, "complete");
        String shown = expected().get(1);
        send(Topic.CALLS, 0, key(hidden), hidden.replace("\"" + number + "\"", "null"));
        send(Topic.CALLS, 0, key(hidden), revised);
        send(Topic.CALLS, 0, key(shown), shown);
        producer.close();

        int status = export("--revisions", "--privacy-exclude=number:" + number, "--out=" + directory);

        assertThat(status).as("%s", err).isEqualTo(ExitStatus.DONE);
        assertThat(Files.readAllLines(directory.resolve("calls.ndjson"))).containsExactly(shown);
    }

    @Test
    void shouldExportTheLastValueOfEachKeyOfOtherTables() throws IOException {
        String row =
                "{\"accountId\":\"8\",\"callId\":\"s-1\",\"revision\":3,\"epoch\":0,\"startTime\":\"2026-03-01T00:00:00.000Z\"}";
        // The row moved to another call, the revisions of which are fewer.
        String moved = row.replace("s-1", "s-2").replace("\"revision\":3", "\"revision\":1");
        send(Topic.PARTY_METRICS, 0, "8/s-1/p-1", row);
        send(Topic.PARTY_METRICS, 0, "8/s-1/p-1", moved);
        String window =
                "{\"accountId\":\"8\",\"scope\":\"account\",\"windowStart\":\"2026-03-01T00:00:00.000Z\",\"epoch\":0}";
        send(Topic.WINDOW_METRICS, 0, "8/a", window);
        send(Topic.WINDOW_METRICS, 0, "8/b", window);
        send(Topic.WINDOW_METRICS, 0, "8/a", null);
        producer.close();

        assertThat(export("--what=rows,windows", "--out=" + directory))
                .as("%s", err)
                .isEqualTo(ExitStatus.DONE);

        assertThat(Files.readAllLines(directory.resolve("rows.ndjson"))).containsExactly(moved);
        assertThat(Files.readAllLines(directory.resolve("windows.ndjson"))).containsExactly(window);
    }

    @Test
    void shouldChooseByPeriodAndAccount() throws IOException {
        for (int hour = 0; hour < 4; hour++) {
            for (String account : List.of("8", "9")) {
                send(Topic.PARTY_EVENTS, 0, "s-" + hour, event(account, hour));
            }
        }
        producer.close();

        export(
                "--what=events",
                "--account=9",
                "--from=2026-03-01T02:00+01:00",
                "--to=2026-03-01T03:00:00Z",
                "--out=" + directory.resolve("events.ndjson"));

        assertThat(Files.readAllLines(directory.resolve("events.ndjson")))
                .containsExactly(event("9", 1), event("9", 2));
    }

    @Test
    void shouldSayInOneSentenceWhatItCannotRead() throws IOException {
        send(Topic.CALLS, 1, "8/s-1", "{\"schema\":{},\"payload\":{}}");
        producer.close();
        Path out = Files.writeString(directory.resolve("calls.ndjson"), "kept");

        assertThat(export("--out=" + out)).isEqualTo(ExitStatus.FAILED);

        assertThat(err.toString())
                .isEqualToIgnoringNewLines("callweave: The record at offset 0 of " + prefix
                        + "calls-1 has no startTime; export reads the topics of streams as they are without"
                        + " topics.envelope.");
        assertThat(out).hasContent("kept");
        assertThat(directory.resolve("calls.ndjson.part")).doesNotExist();
    }

    private static String event(String account, int hour) {
        return "{\"accountId\":\"" + account + "\",\"eventTime\":\"2026-03-01T0" + hour + ":00:00.000Z\"}";
    }

    private static List<String> expected() {
        return ExpectedCalls.lines("acceptance/clean.calls.ndjson").subList(0, 10);
    }

    private static String key(String call) throws IOException {
        JsonNode json = JSON.readTree(call);
        return json.path("accountId").asText() + "/" + json.path("callId").asText();
    }

    private static String with(String call, long epoch, long revision, String status) throws IOException {
        ObjectNode json = (ObjectNode) JSON.readTree(call);
        return json.put("epoch", epoch)
                .put("revision", revision)
                .put("status", status)
                .toString();
    }

    private void send(Topic topic, int partition, String key, String value) {
        var unused = producer.send(new ProducerRecord<>(
                topic.name(prefix), partition, key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8)));
    }

    private int export(String... arguments) {
        List<String> all = new ArrayList<>(
                List.of("export", "--bootstrap-servers=" + kafka.bootstrapServers(), "--topics-prefix=" + prefix));
        all.addAll(Arrays.asList(arguments));
        return Callweave.commandLine().setErr(new PrintWriter(err, true)).execute(all.toArray(String[]::new));
    }
}
