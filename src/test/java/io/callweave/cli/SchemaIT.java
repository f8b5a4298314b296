package io.callweave.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.cli.common.ExitStatus;
import io.callweave.schema.StrictSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every line that {@code run} writes is as the schemas say. */
@Timeout(value = 3, unit = TimeUnit.MINUTES) // for what would hang
@Tag("full")
class SchemaIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    @Test
    void shouldWriteOnlyWhatTheSchemasDescribe() throws IOException {
        Path garbage =
                Files.write(directory.resolve("garbage.ndjson"), "{\n[]\n{\"event\":\"\u00e4\"}\n".getBytes(UTF_8));
        List<String> arguments = new ArrayList<>(List.of("run"));
        for (String topic :
                List.of("calls", "live-calls", "party-events", "party-metrics", "window-metrics", "dead-letters")) {
            arguments.add("--" + topic);
            arguments.add(out(topic).toString());
        }
        arguments.add(garbage.toString());
        arguments.addAll(samples());

        assertThat(Callweave.commandLine().execute(arguments.toArray(String[]::new)))
                .isEqualTo(ExitStatus.DONE);

        for (String topic : List.of("calls", "party-metrics", "window-metrics", "dead-letters")) {
            assertThat(lines(topic)).isNotEmpty().allSatisfy(line -> StrictSchemas.assertValue(topic, line));
        }
        for (String topic : List.of("live-calls", "party-events")) {
            assertThat(lines(topic)).isNotEmpty().allSatisfy(line -> {
                JsonNode value = JSON.readTree(line).get("value");
                if (!value.isNull()) {
                    StrictSchemas.assertValue(topic, value.toString());
                }
            });
        }
    }

    private Path out(String topic) {
        return directory.resolve(topic + ".out");
    }

    private List<String> lines(String topic) throws IOException {
        return Files.readAllLines(out(topic), UTF_8);
    }

    private static List<String> samples() throws IOException {
        List<String> samples = new ArrayList<>();
        for (String folder : List.of("real", "acceptance")) {
            try (Stream<Path> files = Files.list(Path.of("src", "test", "resources", folder))) {
                files.map(Path::toString)
                        .filter(file -> file.endsWith(".ndjson") && !file.endsWith(".calls.ndjson"))
                        .sorted()
                        .forEach(samples::add);
            }
        }
        return samples;
    }
}
