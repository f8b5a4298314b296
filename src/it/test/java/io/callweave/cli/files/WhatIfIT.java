package io.callweave.cli.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.cli.CommandProcess;
import io.callweave.cli.common.ExitStatus;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.testcalls.ExpectedCalls;
import io.callweave.topics.Headers;
import io.callweave.topics.Topic;
import io.callweave.topics.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The notifications of a cluster, which others may have written. */
class WhatIfIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String CLEAN = "src/samples/acceptance/clean.ndjson";

    @TempDir
    private Path data;

    @Test
    void shouldUseNotificationsOfSeveralLinesAndThoseWhoseHeaderNamesTheAccount() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(data))) {
            Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
            try (Admin admin = Admin.create(client)) {
                Topics.create(admin, "t.", 1, (short) 1, Topics.Variant.FILES);
            }
            List<String> lines = ExpectedCalls.lines("acceptance/clean.ndjson").subList(0, 40);
            try (Producer<byte[], byte[]> producer =
                    new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
                for (String line : lines) {
                    send(producer, JSON.readTree(line).toPrettyString(), "");
                    send(producer, withoutAccount(line), "777");
                }
            }

            String all = whatif(kafka);
            String ofOne = whatif(kafka, "--account=777");

            assertThat(all).contains("before: 80 lines").contains(" 0 bad");
            assertThat(ofOne).contains("before: 40 lines").contains(" 0 bad");
        }
    }

    @Test
    void shouldCountAFactWithoutASessionAsAssembleDoes() throws Exception {
        Path file = Files.writeString(data.resolve("insights.ndjson"), """
                {"event":"/ai/ringsense/v1/public/accounts/1/domains/pbx/insights","body":{"sourceSessionId":"s-1",\
                "sourceRecordId":"7","lastModifiedTime":"2026-03-02T09:10:00Z","insights":{"Summary":[{"value":"."}]}}}
                """);

        String whatif = CommandProcess.run(null, "whatif", file.toString(), "--set=completion.linger=9s")
                .err();

        assertThat(whatif).contains("before: 1 line, 0 call records; 0 skipped, 1 bad (noSession 1).");
    }

    @Test
    void shouldTellAFileThatCannotBeReadFromADifference() throws Exception {
        for (List<String> wrong :
                List.of(List.of("nothing.ndjson", "--set=completion.linger=9s"), List.of(CLEAN, "--jar=nothing.jar"))) {
            List<String> arguments = new ArrayList<>(List.of("whatif"));
            arguments.addAll(wrong);

            CommandProcess whatif = CommandProcess.run(null, arguments.toArray(String[]::new));

            assertThat(whatif.status()).isEqualTo(ExitStatus.WRONG_USAGE);
            assertThat(whatif.err()).contains("nothing.", " does not exist.").hasLineCount(1);
        }
    }

    private static String withoutAccount(String line) {
        return line.replaceAll("/account/\\d+", "/account/~").replaceAll("\"accountId\": ?\"\\d+\", ?", "");
    }

    /** In a process of its own, for it closes the standard output. */
    private static String whatif(EmbeddedKafka kafka, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "whatif",
                "--bootstrap-servers=" + kafka.bootstrapServers(),
                "--topics-prefix=t.",
                "--set=completion.linger=9s"));
        arguments.addAll(List.of(more));
        return CommandProcess.run(null, arguments.toArray(String[]::new)).err();
    }

    private static void send(Producer<byte[], byte[]> producer, String value, String account) {
        var unused = producer.send(new ProducerRecord<>(
                Topic.NOTIFICATIONS.name("t."),
                0,
                "key".getBytes(UTF_8),
                value.getBytes(UTF_8),
                new RecordHeaders().add(Headers.text(Headers.ACCOUNT, account))));
    }
}
