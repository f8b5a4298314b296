package io.callweave.schema;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.topology.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of fields in the documents are made of the schemas, between marks: {@code <!-- fields: types.json#/$defs/leg -->}. */
class FieldsDocumentationTest {

    private static final Pattern TABLE =
            Pattern.compile("<!-- fields: ([a-z-]+\\.json)#(\\S*) -->\n(.*?)<!-- fields: end -->\n", Pattern.DOTALL);
    private static final String DOCS = "docs";
    private static final int MOST_WORDS = 9;

    @ParameterizedTest
    @ValueSource(strings = {"records.md", "topics.md", "metrics.md", "directory.md"})
    void shouldBeMadeOfTheSchemas(String document) throws IOException {
        Path path = Path.of(DOCS, document);
        String text = Files.readString(path, StandardCharsets.UTF_8);
        Matcher tables = TABLE.matcher(text);
        assertThat(tables.results()).isNotEmpty();

        String current = tables.replaceAll(table -> Matcher.quoteReplacement(madeAnew(table, document)));

        if (Boolean.getBoolean("callweave.write-docs")) {
            Files.writeString(path, current, StandardCharsets.UTF_8);
        } else {
            assertThat(text)
                    .as(path + " is stale; to write it anew: "
                            + "mvn test -Dtest=FieldsDocumentationTest -Dcallweave.write-docs=true")
                    .isEqualTo(current);
        }
    }

    private static String madeAnew(MatchResult table, String document) {
        JsonNode schema = Schemas.file(table.group(1)).at(table.group(2));
        boolean headers = table.group(1).equals("headers.json");
        boolean named = schema.path("properties").findValue("x-business-analytics") != null;
        List<List<String>> rows = new ArrayList<>();
        schema.path("properties").properties().forEach(field -> {
            ObjectNode property = whole(field.getValue());
            rows.add(List.of(
                    "`" + field.getKey() + "`",
                    headers ? topicsWith(field.getKey()) : type(property, document),
                    meaning(property, document),
                    property.path("x-business-analytics").asText()));
        });
        StringBuilder made = new StringBuilder("<!-- fields: " + table.group(1) + "#" + table.group(2) + " -->\n");
        made.append(headers ? "| header | on | value |" : "| field | type | meaning |");
        made.append(named ? " in Business Analytics |\n|---|---|---|---|\n" : "\n|---|---|---|\n");
        // Fields of which the same is said stand in one row.
        Map<List<String>, List<String>> grouped = new LinkedHashMap<>();
        rows.forEach(row -> grouped.computeIfAbsent(row.subList(1, named ? 4 : 3), cells -> new ArrayList<>())
                .add(row.get(0)));
        grouped.forEach((cells, fields) -> made.append("| ")
                .append(String.join(", ", fields))
                .append(" | ")
                .append(String.join(" | ", cells))
                .append(" |\n"));
        return made.append("<!-- fields: end -->\n").toString().replace("  |", " |");
    }

    /** With what a reference into a definition stands for. */
    private static ObjectNode whole(JsonNode property) {
        ObjectNode whole = property.deepCopy();
        if (property.path("$ref").asText().contains("/properties/")) {
            target(property.get("$ref").asText()).properties().forEach(each -> {
                if (!whole.has(each.getKey())) {
                    whole.set(each.getKey(), each.getValue());
                }
            });
            whole.remove("$ref");
        }
        return whole;
    }

    private static JsonNode target(String ref) {
        String[] parts = ref.split("#", 2);
        JsonNode target = Schemas.file(parts[0]).at(parts[1]);
        return target.isObject() && target.path("$ref").asText().contains("/properties/") ? whole(target) : target;
    }

    private static String type(JsonNode schema, String document) {
        if (schema.has("$ref")) {
            return object(target(schema.get("$ref").asText()), document);
        }
        if (schema.has("anyOf")) {
            return type(schema.at("/anyOf/0"), document) + " or null";
        }
        JsonNode type = schema.path("type");
        String name = type.isArray() ? type.path(0).asText() : type.asText();
        String unit = schema.has("x-unit") ? " (" + schema.get("x-unit").asText() + ")" : "";
        return switch (name) {
                    case "string" -> string(schema);
                    case "boolean" -> "true, false";
                    case "array" -> "list of " + several(schema.get("items"), document);
                    default -> name + unit;
                }
                + (type.isArray() ? " or null" : "");
    }

    private static String string(JsonNode schema) {
        if (schema.path("format").asText().equals("date-time")) {
            return "time";
        }
        JsonNode words = schema.has("enum") ? schema.get("enum") : schema.path("x-known-values");
        if (words.isEmpty()
                || words.size() > MOST_WORDS
                || schema.path("description")
                        .asText()
                        .contains("`" + words.path(0).asText() + "`")) {
            return "text";
        }
        return StreamSupport.stream(words.spliterator(), false)
                .filter(word -> !word.isNull())
                .map(word -> "`" + word.asText() + "`")
                .collect(joining(", ", "text: ", ""));
    }

    private static String several(JsonNode items, String document) {
        if (items.has("$ref")) {
            return object(target(items.get("$ref").asText()), document);
        }
        return items.path("type").asText().equals("array")
                ? "[first, last]"
                : string(items).replace("text", "texts");
    }

    private static String object(JsonNode schema, String document) {
        if (schema.path("properties").size() <= 3) {
            List<String> names = new ArrayList<>();
            schema.path("properties").fieldNames().forEachRemaining(names::add);
            return "`{" + String.join(", ", names) + "}`";
        }
        String title = schema.get("title").asText();
        return schema.has("x-see") ? "[" + title + "](" + link(schema, document) + ")" : title;
    }

    private static String meaning(JsonNode schema, String document) {
        String meaning = schema.path("description").asText();
        return schema.has("x-see") ? meaning + " [More](" + link(schema, document) + ")" : meaning;
    }

    private static String link(JsonNode schema, String document) {
        String see = schema.get("x-see").asText();
        return see.startsWith(document + "#") ? see.substring(document.length()) : see;
    }

    private static String topicsWith(String header) {
        return Arrays.stream(Topic.values())
                .filter(topic ->
                        Schemas.ofHeaders(topic.suffix()).path("properties").has(header))
                .map(topic -> "`" + topic.suffix() + "`")
                .collect(joining(", "));
    }
}
