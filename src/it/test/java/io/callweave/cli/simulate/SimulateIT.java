package io.callweave.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.cli.Callweave;
import io.callweave.cli.common.ExitStatus;
import io.callweave.local.Brokers;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.testcalls.Truth;
import io.callweave.topics.Headers;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicPlan;
import io.callweave.topics.TopicReader;
import io.callweave.topics.Topics;
import io.callweave.topology.CallsFold;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An hour of a contact centre, delivered badly, through the whole product: every call as it really was. */
@Tag("full")
class SimulateIT {

    @TempDir
    private Path directory;

    private final StringWriter err = new StringWriter();

    @Test
    void shouldComeToTheCallsThatReallyWere() throws IOException {
        Truth truth = simulate("hour", "--seats=60", "--deliver=shuffled=5s,duplicated=5%,late=0.1%");

        List<String> revisions = run("hour");

        assertThat(truth.size()).isGreaterThan(300);
        assertThat(revisions).as("some came so late that they were a revision").hasSizeGreaterThan(truth.size());
        CallsFold fold = CallsFold.of(revisions);
        assertThat(fold.sessionsCountedTwice()).isEmpty();
        assertThat(truth.differences(fold.records().values())).isEmpty();
    }

    @Test
    void shouldSayWhatIsMissingOfCallsThatLostSomething() throws IOException {
        Truth truth = simulate(
                "lossy",
                "--seats=40",
                "--accounts=2",
                "--for=30m",
                "--deliver=shuffled=5s,duplicated=5%,dropped=1%,late=0.1%");

        CallsFold fold = CallsFold.of(run("lossy"));

        assertThat(truth.withLosses()).isGreaterThan(15);
        assertThat(fold.sessionsCountedTwice()).isEmpty();
        assertThat(truth.differencesWithLosses(fold.records().values())).isEmpty();
    }

    @Test
    void shouldWriteToATopicAsABridgeDoes() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.resolve("kafka")))) {
            try (Admin admin = Brokers.admin(kafka)) {
                Topics.create(admin, new TopicPlan("sim.", Duration.ofDays(30), true, 1 << 20), 4, (short) 1);
            }
            assertThat(execute(List.of(
                            "simulate",
                            "--for=5m",
                            "--rate=2000",
                            "--bootstrap-servers=" + kafka.bootstrapServers(),
                            "--topics-prefix=sim.")))
                    .as("%s", err)
                    .isEqualTo(ExitStatus.DONE);
            Path file = directory.resolve("same.ndjson");
            execute(List.of("simulate", "--for=5m", "--out=" + file));

            List<String> values = new ArrayList<>();
            new TopicReader(kafka.bootstrapServers()).readMerged(Topic.NOTIFICATIONS.name("sim."), read -> {
                String value = new String(read.value(), StandardCharsets.UTF_8);
                values.add(value);
                assertThat(value).contains(new String(read.key(), StandardCharsets.UTF_8));
                assertThat(Headers.text(read.headers(), Headers.TRANSPORT)).isEqualTo("simulate");
                assertThat(Headers.text(read.headers(), Headers.ACCOUNT)).startsWith("4");
            });
            assertThat(values).containsExactlyInAnyOrderElementsOf(Files.readAllLines(file));
        }
    }

    private Truth simulate(String name, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "simulate",
                "--out=" + directory.resolve(name + ".ndjson"),
                "--truth=" + directory.resolve(name + ".truth.ndjson")));
        arguments.addAll(Arrays.asList(options));
        assertThat(execute(arguments)).as("%s", err).isEqualTo(ExitStatus.DONE);
        return Truth.of(Files.readAllLines(directory.resolve(name + ".truth.ndjson")));
    }

    private List<String> run(String name) throws IOException {
        Path calls = directory.resolve(name + ".calls.ndjson");
        assertThat(execute(List.of(
                        "run",
                        "--partitions=4",
                        "--calls=" + calls,
                        directory.resolve(name + ".ndjson").toString())))
                .as("%s", err)
                .isEqualTo(ExitStatus.DONE);
        assertThat(err.toString()).contains("0 bad");
        return Files.readAllLines(calls);
    }

    private int execute(List<String> arguments) {
        return Callweave.commandLine()
                .setErr(new PrintWriter(err, true))
                .setOut(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }
}
