package io.callweave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.local.Brokers;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicsCommandIT {

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

        assertThat(created).isEqualTo(Callweave.DONE);
        assertThat(out.toString().lines()).hasSize(8).contains("fine.notifications", "fine.calls");
        assertThat(err.toString()).isEqualToIgnoringNewLines("callweave: 8 topics created.");
        assertThat(topics("create", "--topics-prefix=fine.", "--partitions=2")).isEqualTo(Callweave.DONE);
        assertThat(err.toString()).contains("0 topics created; 8 existed and are as they were");

        int checked = topics("check", "--topics-prefix=fine.", "--partitions=2", "--notifications-retention=3d");

        assertThat(checked).isEqualTo(Callweave.DONE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).isEqualToIgnoringNewLines("callweave: the topics are fine.");
    }

    @Test
    void shouldPrintWhatDiffersAndFailIfItMatters() throws Exception {
        Brokers.createTopic(kafka, "poor.calls", 2, Map.of("retention.ms", "60000"));
        Brokers.createTopic(kafka, "callweave-poor-by-account-repartition", 5, Map.of());
        topics("create", "--topics-prefix=poor.", "--partitions=2");

        int status = topics("check", "--topics-prefix=poor.", "--application-id=callweave-poor");

        assertThat(status).isEqualTo(Callweave.FAILED);
        assertThat(out.toString().lines())
                .contains(
                        "poor.calls: cleanup.policy is delete and should be compact,delete.",
                        "poor.calls: retention.ms is 60000 (1 min) and should be 7776000000 (90 d).")
                .anyMatch(line ->
                        line.startsWith("callweave-poor-by-account-repartition: the number of partitions is 5"));
        assertThat(err.toString()).contains("of these differences matter.");
    }

    @Test
    void shouldNotFailForADifferenceThatDoesNoHarm() {
        topics("create", "--topics-prefix=more.", "--partitions=1", "--notifications-retention=30d");

        int status = topics("check", "--topics-prefix=more.");

        assertThat(status).isEqualTo(Callweave.DONE);
        assertThat(out.toString())
                .isEqualToIgnoringNewLines(
                        "more.notifications: retention.ms is 2592000000 (30 d) and should be 604800000"
                                + " (7 d); that does no harm.");
    }

    @Test
    void shouldDescribeEachTopic() throws Exception {
        Brokers.createTopic(kafka, "shown.notifications", 4, Map.of("message.timestamp.type", "LogAppendTime"));

        int status = topics("describe", "--topics-prefix=shown.");

        assertThat(status).isEqualTo(Callweave.DONE);
        assertThat(out.toString().lines())
                .hasSize(9)
                .anyMatch(line -> line.matches("topic +partitions +replicas +policy +meaning"))
                .anyMatch(line -> line.matches(
                        "shown\\.notifications +4 +1 +delete for ever, LogAppendTime +telephonySessionId: the notif.*"))
                .anyMatch(line -> line.matches("shown\\.calls +- +- +missing +accountId/callId: the call record.*"));
    }

    @Test
    void shouldSayWhichTopicTheClusterRefuses() {
        int status = topics("create", "--topics-prefix=refused.", "--replication-factor=3");

        assertThat(status).isEqualTo(Callweave.FAILED);
        assertThat(err.toString()).startsWith("callweave: The topic refused.").contains("cannot be created");
    }

    @Test
    void shouldSayHowToNameTheBrokers() {
        int status = run("topics", "check");

        assertThat(status).isEqualTo(Callweave.WRONG_USAGE);
        assertThat(err.toString()).contains("bootstrap.servers is not set", "--bootstrap-servers");
    }

    @Test
    void shouldRejectANumberOfPartitionsThatIsNone() {
        int status = topics("create", "--partitions=0");

        assertThat(status).isEqualTo(Callweave.WRONG_USAGE);
        assertThat(err.toString()).contains("--partitions is 0; it must be from 1 to 10000.");
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
