package io.callweave.cli.console.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.cli.role.Installation;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A console with little memory that starts where there are many calls. How long it takes is measured by {@link RebuildTimes}. */
@Tag("full")
class ConsoleRebuildIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CALLS = 20_000;

    @TempDir
    private Path directory;

    @Test
    void shouldHaveAllCallsAndTheirNewestRevisionsOnceItIsReady() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.resolve("kafka")));
                Installation topics = Installation.create(kafka, directory, "rebuild", Map.of())) {
            assertThat(topics).isNotNull();
            long bytes = RebuildTopic.fill(kafka.bootstrapServers(), CALLS);
            long began = System.nanoTime();
            try (ConsoleProcess console =
                    ConsoleProcess.start(directory, kafka.bootstrapServers(), RebuildTopic.PREFIX)) {
                console.awaitReady();
                System.out.printf(
                        "%d calls, %d MB: ready after %.1f s, CPU %.1f s, VmHWM %s%n",
                        CALLS,
                        bytes / 1_000_000,
                        (System.nanoTime() - began) / 1e9,
                        console.cpu().toMillis() / 1e3,
                        console.status().get("VmHWM"));

                assertThat(JSON.readTree(console.post("/v1/calls/statistics", "{}"))
                                .path("calls")
                                .asInt())
                        .isEqualTo(CALLS);
                JsonNode newest = JSON.readTree(console.post("/v1/calls/search", "{\"limit\":400}"))
                        .path("calls");
                assertThat(newest).hasSize(400).allSatisfy(row -> {
                    int number = Integer.parseInt(row.path("callId").asText().substring(2));
                    assertThat(row.path("revision").asInt()).isEqualTo(number % 10 == 0 ? 2 : 1);
                });
                assertThat(newest.findValuesAsText("revision")).contains("1", "2");
                JsonNode last = newest.get(399);
                String path = "/v1/calls/" + last.path("accountId").asText() + "/"
                        + last.path("callId").asText();
                assertThat(JSON.readTree(console.get(path).orElseThrow()).path("lanes"))
                        .isNotEmpty();
                assertThat(console.isAlive()).isTrue();
            }
        }
    }
}
