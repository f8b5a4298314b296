package io.callweave.schema;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.topics.Topic;
import io.callweave.value.Field;
import io.callweave.value.Meaning;
import io.callweave.value.ValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A table of fields as the documents have it. Fields of which the same is said stand in one row. */
final class FieldTable {

    private static final String OUTPUTS = "`party-events`, `live-calls`, `calls`, `party-metrics`, `window-metrics`";
    private static final int MOST_WORDS = 9;

    /** The values whose fields the tables of one page describe. */
    private static final String HOME = "records.md";

    private static final Map<String, String> LINKS =
            Map.of("calls", "[call](records.md#the-call)", "party", "[party](records.md#parties)");

    private final String document;
    private final JsonNode schema;
    private final Map<List<String>, List<String>> rows = new LinkedHashMap<>();

    private FieldTable(String document, JsonNode schema) {
        this.document = document;
        this.schema = schema;
    }

    /** Of a described value, on a page of {@code docs}. */
    static String of(ValueType<?> type, String document) {
        FieldTable table = new FieldTable(document, ValueSchema.of(type));
        for (Field<?> field : type.fields()) {
            JsonNode property = table.schema.path("properties").path(field.name());
            String elsewhere = table.describedElsewhere(field);
            if (elsewhere == null) {
                table.row(table.name(field.name(), property), table.typed(property));
            } else {
                table.row("`" + field.name() + "`", elsewhere);
            }
        }
        return table.markdown("field | type and meaning\n---|---\n");
    }

    static String ofHeaders(String document) {
        FieldTable table = new FieldTable(document, Schemas.file("headers.json").at("/$defs/header"));
        table.schema
                .path("properties")
                .properties()
                .forEach(header -> table.row(
                        table.name(header.getKey(), header.getValue()),
                        topicsWith(header.getKey()),
                        meaning(header.getValue())));
        return table.markdown("header | on | value\n---|---|---\n");
    }

    /** The topics with their keys, and what is in them. */
    static String ofTopics(String document) {
        StringBuilder table = new StringBuilder("topic | key | value\n---|---|---\n");
        for (Topic topic : Topic.values()) {
            JsonNode schema = Schemas.ofValue(topic.suffix());
            FieldTable one = new FieldTable(document, schema);
            table.append(
                    one.name(topic.suffix(), schema) + " | " + topic.meaning().replaceFirst(": ", " | ") + "\n");
        }
        return table.toString();
    }

    /** How long topics keep their records. */
    static String ofPolicies() {
        StringBuilder table =
                new StringBuilder("topic | cleanup | retention | largest record | more\n---|---|---|---|---\n");
        for (Topic topic : Topic.values()) {
            Map<String, String> policy = new TreeMap<>(topic.defaultPolicy());
            String kept = policy.remove("retention.ms");
            String cleanup =
                    Objects.requireNonNull(policy.remove("cleanup.policy")).replace(",", ", ");
            long bytes = Long.parseLong(Objects.requireNonNull(policy.remove("max.message.bytes")));
            table.append("`" + topic.suffix() + "` | " + cleanup + " | "
                    + (kept == null
                            ? "unlimited"
                            : Duration.ofMillis(Long.parseLong(kept)).toDays() + " days")
                    + " | " + (bytes >> 20) + " MiB"
                    + ((bytes & 0xFFFFF) == 0 ? "" : " + " + (bytes >> 10 & 1023) + " KiB")
                    + " | "
                    + policy.entrySet().stream()
                            .map(more -> "`" + more.getKey() + "=" + more.getValue() + "`")
                            .collect(joining(", "))
                    + "\n");
        }
        return table.toString();
    }

    private void row(String name, String... cells) {
        rows.computeIfAbsent(List.of(cells), any -> new ArrayList<>()).add(name);
    }

    private String markdown(String head) {
        StringBuilder text = new StringBuilder(head);
        rows.forEach((cells, fields) -> text.append(String.join(", ", fields))
                .append(" | ")
                .append(String.join(" | ", cells))
                .append('\n'));
        return text.toString();
    }

    /** The meaning behind the type. Most fields are text, so that is said only of those that can be null. */
    private String typed(JsonNode property) {
        String[] type = type(property).split(": ", 2);
        String name = type[0].equals("text") ? "" : "*" + type[0] + "* ";
        String words = type.length == 1 ? "" : type[1] + ". ";
        return name + words + meaning(property);
    }

    /** Where another page describes the field; null if this page does. Each meaning stands in one place. */
    private @Nullable String describedElsewhere(Field<?> field) {
        Meaning.Original original = field.meaning().original();
        String link = original == null ? null : LINKS.get(original.type().name());
        if (link == null || document.equals(HOME)) {
            return null;
        }
        String there = original.field().name();
        return there.equals(field.name()) ? "As in the " + link + "." : "`" + there + "` of the " + link + ".";
    }

    private JsonNode target(JsonNode reference) {
        return schema.at(reference.get("$ref").asText().substring(1));
    }

    private String type(JsonNode property) {
        // A question mark says that it can be null.
        if (property.has("$ref")) {
            return object(target(property));
        }
        if (property.has("anyOf")) {
            return orNull(type(property.at("/anyOf/0")));
        }
        JsonNode type = property.path("type");
        String name = type.isArray() ? type.path(0).asText() : type.asText();
        String text = switch (name) {
            case "string" -> string(property);
            case "array" -> "list of " + several(property.get("items"));
            default -> property.has("x-unit") ? property.get("x-unit").asText() : name;
        };
        return type.isArray() ? orNull(text) : text;
    }

    /** With the mark for null before the words that are allowed. */
    private static String orNull(String type) {
        return type.startsWith("text:") ? "text?:" + type.substring(5) : type + "?";
    }

    private static String string(JsonNode property) {
        if (property.path("format").asText().equals("date-time")) {
            return "time";
        }
        JsonNode words = property.has("enum") ? property.get("enum") : property.path("x-known-values");
        if (words.isEmpty()
                || words.size() > MOST_WORDS
                || StreamSupport.stream(words.spliterator(), false)
                        .anyMatch(word -> property.path("description").asText().contains("`" + word.asText() + "`"))) {
            return "text";
        }
        return StreamSupport.stream(words.spliterator(), false)
                .filter(word -> !word.isNull())
                .map(word -> "`" + word.asText() + "`")
                .collect(joining(", ", "text: ", ""));
    }

    private String several(JsonNode items) {
        if (items.has("$ref")) {
            return object(target(items));
        }
        return items.path("type").asText().equals("array")
                ? "[first, last]"
                : string(items).replace("text", "texts");
    }

    private String object(JsonNode value) {
        if (value.path("properties").size() <= 3) {
            List<String> names = new ArrayList<>();
            value.path("properties").fieldNames().forEachRemaining(names::add);
            return "`{" + String.join(", ", names) + "}`";
        }
        String title = value.get("title").asText();
        return value.has("x-see") ? "[" + title + "](" + link(value) + ")" : title;
    }

    /** A link to where more is said, if there is such a place. */
    private String name(String field, JsonNode property) {
        return property.has("x-see") ? "[`" + field + "`](" + link(property) + ")" : "`" + field + "`";
    }

    private static String meaning(JsonNode property) {
        return property.path("description").asText();
    }

    private String link(JsonNode described) {
        String see = described.get("x-see").asText();
        return see.startsWith(document + "#") ? see.substring(document.length()) : see;
    }

    private static String topicsWith(String header) {
        String topics = Arrays.stream(Topic.values())
                .filter(topic ->
                        Schemas.ofHeaders(topic.suffix()).path("properties").has(header))
                .map(topic -> "`" + topic.suffix() + "`")
                .collect(joining(", "));
        return topics.replace(OUTPUTS, "outputs");
    }
}
