package io.callweave.schema;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.record.TopicValues;
import io.callweave.value.ValueType;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/**
 * The JSON Schemas (2020-12) of the topics, each whole in itself: of {@link TopicValues} made from their descriptions; of what
 * others write, and of each header, as they stand in the files beside this class.
 *
 * <p>Keywords of our own: {@code x-key} how the record's key is put together, {@code x-tombstones} whether records without
 * a value occur, {@code x-unit} of a number, {@code x-known-values} all that are written today though others may come,
 * {@code x-business-analytics} RingCentral's name for a figure, {@code x-see} where the documentation says more.
 */
public final class Schemas {

    /** The current version of all schemas, in the header {@code schemaVersion} of output records. */
    public static final String VERSION = "1";

    private static final ObjectMapper JSON = new ObjectMapper();
    static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final String HEADERS = "headers.json";

    /** The name of the schema of a webhook's body. */
    public static final String WEBHOOK = "webhook";

    private static final Set<String> CALLS = Set.of("calls", "live-calls");

    private Schemas() {}

    /**
     * The schema of a topic's values; that of {@code dead-letters} is of its headers, because its values are any bytes.
     *
     * @param topic its name without the prefix
     */
    public static ObjectNode ofValue(String topic) {
        return TopicValues.ofTopic(topic)
                .map(ValueSchema::of)
                .orElseGet(() -> Bundle.of(topic + ".json", "", Schemas::file));
    }

    /** The schema of a topic's headers, as an object that has their texts by name. */
    public static ObjectNode ofHeaders(String topic) {
        ObjectNode schema = JSON.createObjectNode();
        schema.put("$schema", DIALECT);
        schema.put("$id", file(HEADERS).get("$id").asText() + ":" + topic);
        schema.setAll(Bundle.of(HEADERS, "/$defs/" + topic, name -> headers(topic)));
        return schema;
    }

    /** The file of headers, with those of the topic if its value names them. */
    private static ObjectNode headers(String topic) {
        ObjectNode file = file(HEADERS);
        TopicValues.ofTopic(topic).map(ValueType::keyed).ifPresent(keyed -> {
            ObjectNode schema = file.withObject("/$defs/" + topic)
                    .put("description", "The headers on `" + topic + "`.")
                    .put("type", "object");
            ArrayNode required = schema.putArray("required");
            ObjectNode properties = schema.putObject("properties");
            for (String header : keyed.headers()) {
                String name = header.replace("?", "");
                properties.putObject(name).put("$ref", "#/$defs/header/properties/" + name);
                if (name.equals(header)) {
                    required.add(name);
                }
            }
        });
        return file;
    }

    /** The schema of a webhook's body. Subscriptions choose fields, so none of its data is required. */
    public static ObjectNode ofWebhook() {
        return Bundle.of(WEBHOOK + ".json", "", name -> {
            String topic = name.substring(0, name.lastIndexOf('.'));
            return TopicValues.ofTopic(topic).isEmpty() ? file(name) : ofData(topic);
        });
    }

    private static ObjectNode ofData(String topic) {
        ObjectNode data = ofValue(topic);
        data.remove(List.of("$schema", "$id", "x-key", "x-tombstones", "required"));
        if (CALLS.contains(topic)) {
            data.withObject("/properties/journey")
                    .put("type", "array")
                    .put("description", "The call step by step: sentences with times from its start. Only in webhooks.")
                    .putObject("items")
                    .put("type", "string");
            data.withObject("/properties/feedGap")
                    .put("type", "string")
                    .put("description", "The header of the record on the topic, if it has one. Only in webhooks.");
            ObjectNode extensions = data.withObject("/properties/extensions")
                    .put("type", "array")
                    .put(
                            "description",
                            "What the directory knows of the extensions and queues of the call, if it knows any. Only in"
                                    + " webhooks.")
                    .putObject("items")
                    .put("type", "object");
            ObjectNode members = extensions.putObject("properties");
            members.putObject("extensionId").put("type", "string");
            members.putObject("type").put("type", "string");
            for (String member : List.of("name", "site", "department")) {
                members.putObject(member).putArray("type").add("string").add("null");
            }
        }
        return data;
    }

    /** With two spaces a level and a line break at the end. */
    public static String print(JsonNode json) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        try {
            return JSON.writer(new DefaultPrettyPrinter().withObjectIndenter(indenter))
                            .writeValueAsString(json)
                    + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of the files as it is, with references from file to file. */
    static ObjectNode file(String name) {
        try (InputStream in = Schemas.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException("There is no schema " + name + ".");
            }
            return (ObjectNode) JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
