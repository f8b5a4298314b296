package io.callweave.schema;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.topics.Headers;
import io.callweave.topics.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Readers with the schemas of the last release must be able to read the records of today, and records of the last release must
 * still be accepted; {@link Promise} says which of the two holds for which topic. A break needs a new version, {@link
 * Schemas.VERSION}, and its reason in CHANGELOG.md.
 */
class ReleasedSchemasTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path RELEASED = Path.of("src", "main", "resources", "io", "callweave", "schema", "released");

    @Test
    void shouldNotBreakThoseWhoGoByTheLastRelease() throws IOException {
        int last = lastVersion();
        int current = Integer.parseInt(Schemas.VERSION);

        assertThat(current).as("the schema version, after the released " + last).isBetween(last, last + 1);
        if (current == last) {
            assertThat(breaksSince(last))
                    .as("Those who go by the schemas of version " + last + " would break; "
                            + "leave that as it was, or raise Schemas.VERSION and say why in CHANGELOG.md")
                    .isEmpty();
        }
    }

    /** {@code mvn test -Dtest=ReleasedSchemasTest -Dcallweave.release-schemas=true} is a part of each release. */
    @Test
    @EnabledIfSystemProperty(named = "callweave.release-schemas", matches = "true")
    void shouldKeepTheSchemasOfThisRelease() throws IOException {
        Path folder = RELEASED.resolve(Schemas.VERSION);
        Files.createDirectories(folder);
        for (Topic topic : Topic.values()) {
            Files.writeString(
                    folder.resolve(topic.suffix() + ".json"), Schemas.print(both(topic)), StandardCharsets.UTF_8);
        }

        assertThat(breaksSince(Integer.parseInt(Schemas.VERSION))).isEmpty();
    }

    private static List<String> breaksSince(int version) throws IOException {
        List<String> breaks = new ArrayList<>();
        Map<String, Topic> topics = Arrays.stream(Topic.values()).collect(toMap(Topic::suffix, topic -> topic));
        for (String file : names(RELEASED.resolve(Integer.toString(version)))) {
            String name = file.replace(".json", "");
            Topic topic = topics.get(name);
            if (topic == null) {
                breaks.add("The topic " + name + " is gone.");
                continue;
            }
            JsonNode released = JSON.readTree(
                    RELEASED.resolve(Integer.toString(version)).resolve(file).toFile());
            breaks.addAll(
                    Compatibility.breaks(name, Promise.ofValue(topic), released.get("value"), Schemas.ofValue(name)));
            breaks.addAll(Compatibility.breaks(
                    name + " headers", Promise.ofHeaders(topic), released.get("headers"), Schemas.ofHeaders(name)));
        }
        return breaks;
    }

    private static ObjectNode both(Topic topic) {
        ObjectNode both = JsonNodeFactory.instance.objectNode();
        both.set("value", Schemas.ofValue(topic.suffix()));
        both.set("headers", Schemas.ofHeaders(topic.suffix()));
        return both;
    }

    private static int lastVersion() throws IOException {
        return names(RELEASED).stream().mapToInt(Integer::parseInt).max().orElseThrow();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }
}
