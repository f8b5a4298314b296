package io.callweave.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.SkippedTests;
import io.callweave.cli.Callweave;
import io.callweave.cli.common.ExitStatus;
import io.callweave.local.Brokers;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.simulation.delivery.DeliveryFaults;
import io.callweave.testcalls.Arrived;
import io.callweave.testcalls.Assembled;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of a cluster, and the page in a real browser. */
class ReportIT {

    private static final boolean REQUIRED = Boolean.getBoolean("callweave.ci");
    private static final int PATIENCE_MINUTES = 4;

    private static final List<String> LINES = Arrived.of(
                    9, 1, 40, Duration.ofMinutes(30), DeliveryFaults.parse("dropped=0.5%"))
            .lines();

    @TempDir
    private Path folder;

    @Test
    void shouldReportTheNewestRecordsAndTheGapsOfACluster() throws Exception {
        List<String> calls = Assembled.lines(LINES);
        Path file = Files.write(folder.resolve("lines.ndjson"), LINES);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(folder.resolve("kafka")))) {
            Brokers.createTopic(kafka, "it.calls", 3, Map.of());
            Brokers.createTopic(kafka, "it.feed-gaps", 1, Map.of());
            try (Producer<String, byte[]> producer = Brokers.producer(kafka)) {
                for (String call : calls) {
                    send(producer, "it.calls", call.replace("\"status\":\"complete\"", "\"status\":\"partial\""));
                    send(producer, "it.calls", call.replace("\"revision\":1,", "\"revision\":2,"));
                }
                send(
                        producer,
                        "it.feed-gaps",
                        "{\"accountId\":\"400001001\",\"transport\":\"webhook\",\"from\":\"2026-03-02T09:10:00.000Z\","
                                + "\"to\":\"2026-03-02T09:12:00.000Z\",\"reason\":\"blacklisted\"}");
            }

            report(
                    "--bootstrap-servers=" + kafka.bootstrapServers(),
                    "--topics-prefix=it.",
                    "--out=" + folder.resolve("cluster"));
            report(file.toString(), "--out=" + folder.resolve("file"));

            for (String name : List.of("totals.csv", "queue-hours.csv", "agents.csv", "numbers.csv", "quality.csv")) {
                assertThat(Files.readString(folder.resolve("cluster").resolve(name)))
                        .as(name)
                        .isEqualTo(Files.readString(folder.resolve("file").resolve(name)));
            }
            assertThat(Files.readString(folder.resolve("cluster").resolve("feed-gaps.csv")))
                    .contains("\r\n2026-03-02T09:10:00.000+00:00,2026-03-02T09:12:00.000+00:00,400001001,120000");
        }
    }

    @Test
    void shouldNameTheRecordThatHasAnEnvelope() throws Exception {
        String call = Assembled.lines(LINES).get(0);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(folder.resolve("kafka")))) {
            Brokers.createTopic(kafka, "it.calls", 1, Map.of());
            try (Producer<String, byte[]> producer = Brokers.producer(kafka)) {
                send(producer, "it.calls", "{\"schema\":{},\"payload\":" + call + "}");
            }
            StringWriter err = new StringWriter();

            int status = report(
                    err, "--bootstrap-servers=" + kafka.bootstrapServers(), "--topics-prefix=it.", "--out=" + folder);

            assertThat(status).isNotEqualTo(ExitStatus.DONE);
            assertThat(err.toString()).contains("offset 0 of it.calls-0", "topics.envelope");
        }
    }

    private static void report(String... arguments) {
        StringWriter err = new StringWriter();
        assertThat(report(err, arguments)).as("%s", err).isEqualTo(ExitStatus.DONE);
    }

    private static int report(StringWriter err, String... arguments) {
        return Callweave.commandLine()
                .setErr(new PrintWriter(err, true))
                .execute(
                        Stream.concat(Stream.of("report"), Stream.of(arguments)).toArray(String[]::new));
    }

    private static void send(Producer<String, byte[]> producer, String topic, String value) throws Exception {
        String key = value.replaceFirst("(?s).*?\"callId\":\"([^\"]*)\".*", "$1");
        producer.send(new ProducerRecord<>(topic, key, value.getBytes(StandardCharsets.UTF_8)))
                .get();
    }

    @Test
    @Tag("programs")
    void shouldDrawItsChartsAndPrintInABrowser() throws Exception {
        Path browser = browser();
        Path file = Files.write(folder.resolve("lines.ndjson"), LINES);
        report(file.toString(), "--out=" + folder.resolve("out"));
        String page = folder.resolve("out/report.html").toUri().toString();
        Path pdf = folder.resolve("report.pdf");

        String dom = run(browser, "--dump-dom", "--enable-logging=stderr", page);
        run(browser, "--print-to-pdf=" + pdf, "--no-pdf-header-footer", page);

        // The script says how many charts it has drawn, so the policy of the page lets it run.
        assertThat(dom).contains("data-charts=\"2\"").doesNotContain("Refused to", "Uncaught", "CONSOLE");
        assertThat(new String(Files.readAllBytes(pdf), StandardCharsets.ISO_8859_1))
                .startsWith("%PDF-");
    }

    private String run(Path browser, String... options) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "browser", ".txt");
        List<String> command = new ArrayList<>(List.of(
                browser.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--window-size=360,800",
                "--user-data-dir=" + folder.resolve("profile")));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("The browser does not end: " + Files.readString(out));
        }
        return Files.readString(out);
    }

    private static Path browser() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(ReportIT::missing);
    }

    private static Path missing() {
        String what = "there is no chromium.";
        if (REQUIRED) {
            throw new IllegalStateException("A browser is required here, but " + what);
        }
        SkippedTests.tell("Test of the report in a browser skipped: " + what);
        return Assumptions.abort(what);
    }
}
