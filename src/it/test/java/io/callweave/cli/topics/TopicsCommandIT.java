package io.callweave.cli.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.cli.Callweave;
import io.callweave.cli.common.ExitStatus;
import io.callweave.local.Brokers;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.topics.Topic;
import io.callweave.topics.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicsCommandIT {

    private static final int TOPICS = Topic.values().length;

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void shouldCreateWhatIsMissingAndFindItFine() {
        int created = topics("create", "--topics-prefix=fine.", "--partitions=2", "--notifications-retention=3d");

        assertThat(created).isEqualTo(ExitStatus.DONE);
        assertThat(out.toString().lines()).hasSize(TOPICS).contains("fine.notifications", "fine.calls");
        assertThat(err.toString()).isEqualToIgnoringNewLines("callweave: " + TOPICS + " topics created.");
        assertThat(topics("create", "--topics-prefix=fine.", "--partitions=2")).isEqualTo(ExitStatus.DONE);
        assertThat(err.toString()).contains("0 topics created; " + TOPICS + " existed and are as they were");

        int checked = topics("check", "--topics-prefix=fine.", "--partitions=2", "--notifications-retention=3d");

        assertThat(checked).isEqualTo(ExitStatus.DONE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).isEqualToIgnoringNewLines("callweave: the topics are fine.");
    }

    @Test
    @Tag("full")
    void shouldPrintJsonForScripts() throws Exception {
        ObjectMapper json = new ObjectMapper();

        assertThat(topics("create", "--json", "--topics-prefix=json.", "--partitions=2"))
                .isEqualTo(ExitStatus.DONE);
        JsonNode created = json.readTree(out.toString());
        assertThat(topics("describe", "--json", "--topics-prefix=json.")).isEqualTo(ExitStatus.DONE);
        JsonNode described = json.readTree(out.toString());
        assertThat(topics("check", "--json", "--topics-prefix=json.")).isEqualTo(ExitStatus.DONE);
        JsonNode fine = json.readTree(out.toString());
        assertThat(topics("check", "--json", "--topics-prefix=json.", "--partitions=3"))
                .isEqualTo(ExitStatus.FAILED);
        JsonNode differing = json.readTree(out.toString());

        assertThat(created)
                .hasSize(TOPICS)
                .anyMatch(topic -> topic.toString().equals("{\"topic\":\"json.calls\",\"created\":true}"));
        assertThat(described)
                .anyMatch(topic -> topic.path("topic").asText().equals("json.calls")
                        && topic.path("exists").asBoolean()
                        && topic.path("partitions").asInt() == 2);
        assertThat(fine).isEmpty();
        assertThat(differing)
                .anyMatch(each -> each.path("matters").asBoolean()
                        && each.path("sentence").asText().startsWith("json.notifications: "));
    }

    @Test
    void shouldPrintWhatDiffersAndFailIfItMatters() throws Exception {
        Brokers.createTopic(kafka, "poor.calls", 2, Map.of("retention.ms", "60000"));
        Brokers.createTopic(kafka, "callweave-poor-routed-repartition", 5, Map.of());
        topics("create", "--topics-prefix=poor.", "--partitions=2");

        int status = topics("check", "--topics-prefix=poor.", "--application-id=callweave-poor");

        assertThat(status).isEqualTo(ExitStatus.FAILED);
        assertThat(out.toString().lines())
                .contains(
                        "poor.calls: cleanup.policy is delete and should be compact,delete.",
                        "poor.calls: retention.ms is 60000 (1 min) and should be 7776000000 (90 d).")
                .anyMatch(line -> line.startsWith(
                        "poor.notifications has 2 partitions and callweave-poor-routed-repartition has 5"));
        assertThat(err.toString()).contains("of these differences matter.");
    }

    @Test
    @Tag("full")
    void shouldNotFailForADifferenceThatDoesNoHarm() {
        topics("create", "--topics-prefix=more.", "--partitions=1", "--notifications-retention=30d");

        int status = topics("check", "--topics-prefix=more.");

        assertThat(status).isEqualTo(ExitStatus.DONE);
        assertThat(out.toString())
                .isEqualToIgnoringNewLines(
                        "more.notifications: retention.ms is 2592000000 (30 d) and should be 604800000"
                                + " (7 d); that does no harm.");
    }

    @Test
    @Tag("full")
    void shouldDescribeEachTopic() throws Exception {
        Brokers.createTopic(kafka, "shown.notifications", 4, Map.of("message.timestamp.type", "LogAppendTime"));

        int status = topics("describe", "--topics-prefix=shown.");

        assertThat(status).isEqualTo(ExitStatus.DONE);
        assertThat(out.toString().lines())
                .hasSize(TOPICS + 1)
                .anyMatch(line -> line.matches("topic +partitions +replicas +policy +meaning"))
                .anyMatch(
                        line -> line.matches(
                                "shown\\.notifications +4 +1 +delete without end, LogAppendTime +telephonySessionId: One RingCentral .*"))
                .anyMatch(line -> line.matches("shown\\.calls +- +- +missing +accountId/callId: One record per .*"));
    }

    @Test
    @Tag("full")
    void shouldSayWhichTopicTheClusterRefuses() {
        int status = topics("create", "--topics-prefix=refused.", "--replication-factor=3");

        assertThat(status).isEqualTo(ExitStatus.FAILED);
        assertThat(err.toString()).startsWith("callweave: The topic refused.").contains("cannot be created");
    }

    @Test
    @Tag("full")
    void shouldKeepEachTopicAsLongAsTheSettingsSay() {
        topics("create", "--topics-prefix=kept.", "--topics-calls-retention=365d", "--partitions=1");

        assertThat(topics("check", "--topics-prefix=kept.", "--topics-calls-retention=365d"))
                .isEqualTo(ExitStatus.DONE);
        assertThat(out.toString()).isEmpty();
        assertThat(topics("check", "--topics-prefix=kept.", "--topics-calls-retention=400d"))
                .isEqualTo(ExitStatus.FAILED);
        assertThat(out.toString())
                .isEqualToIgnoringNewLines(
                        "kept.calls: retention.ms is 31536000000 (365 d) and should be 34560000000 (400 d).");
    }

    /** Nothing listens there. */
    /** What it says in the end is for ClusterIT. */
    @Test
    @Tag("full")
    void shouldSayThatItWaitsForABroker() throws Exception {
        Thread waiting = new Thread(() -> run("topics", "check", "--bootstrap-servers=127.0.0.1:1"));
        waiting.start();

        await().untilAsserted(() -> assertThat(err.toString())
                .isEqualToIgnoringNewLines("callweave: no answer yet from Kafka at 127.0.0.1:1; waiting up to 30 s."));

        waiting.interrupt();
        waiting.join();
    }

    @Test
    @Tag("full")
    void shouldSayHowToNameTheBrokers() {
        int status = run("topics", "check");

        assertThat(status).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("bootstrap.servers is not set", "--bootstrap-servers");
    }

    @Test
    @Tag("full")
    void shouldRejectANumberOfPartitionsThatIsNone() {
        int status = topics("create", "--partitions=0");

        assertThat(status).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("--partitions is 0; it must be from 1 to 10000.");
    }

    /** Not a command makes these, but a run over files: it reads what was recorded years ago, in any order. */
    @Test
    @Tag("full")
    void shouldKeepEverythingOfARunOverFiles() throws Exception {
        try (Admin admin = Brokers.admin(kafka)) {
            Topics.create(admin, "files.", 1, Topics.CLUSTER_DEFAULT_REPLICATION, Topics.Variant.FILES);

            for (Topic topic : Topic.values()) {
                ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name("files."));
                Config config =
                        admin.describeConfigs(List.of(resource)).all().get().get(resource);
                assertThat(config.get("cleanup.policy").value()).isEqualTo("delete");
                assertThat(config.get("retention.ms").value()).isEqualTo("-1");
                assertThat(config.get("retention.bytes").value()).isEqualTo("-1");
                assertThat(config.get("message.timestamp.type").value()).isEqualTo("CreateTime");
            }
        }
    }

    private int topics(String... arguments) {
        List<String> all = new ArrayList<>(List.of("topics"));
        all.addAll(Arrays.asList(arguments));
        all.add("--bootstrap-servers=" + kafka.bootstrapServers());
        return run(all.toArray(String[]::new));
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Callweave.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
