package io.callweave.schema;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The schemas as the tests hold them against what goes out, with an independent validator: stricter than readers may be, so
 * that a field or a word that is not in the schema fails.
 */
public final class StrictSchemas {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
    private static final Map<String, Schema> VALUES = new ConcurrentHashMap<>();
    private static final Map<String, Schema> AS_PUBLISHED = new ConcurrentHashMap<>();
    private static final Map<String, Schema> HEADERS = new ConcurrentHashMap<>();

    private StrictSchemas() {}

    /** Holds a value against the schema of its topic. */
    public static void assertValue(String topic, String json) {
        Schema schema = VALUES.computeIfAbsent(topic, name -> validator(strict(Schemas.ofValue(name))));
        assertValid("A value of " + topic, schema, json);
    }

    /** Holds a value against the schema as readers have it, which lets unknown fields and words pass. */
    public static void assertAccepted(String topic, String json) {
        Schema schema = AS_PUBLISHED.computeIfAbsent(topic, name -> validator(Schemas.ofValue(name)));
        assertValid("A value of " + topic, schema, json);
    }

    /** Holds the headers of a record against the schema of its topic. */
    public static void assertHeaders(String topic, Map<String, String> headers) {
        Schema schema = HEADERS.computeIfAbsent(topic, name -> validator(strict(Schemas.ofHeaders(name))));
        assertValid("Headers on " + topic, schema, JSON.valueToTree(headers).toString());
    }

    private static Schema validator(JsonNode schema) {
        return REGISTRY.getSchema(schema.toString());
    }

    private static void assertValid(String what, Schema schema, String json) {
        List<Error> errors = schema.validate(json, InputFormat.JSON);
        if (!errors.isEmpty()) {
            fail(
                    "%s is not as its schema says:%n%s%nin %s",
                    what,
                    errors.stream()
                            .map(error -> error.getInstanceLocation() + " " + error.getMessage())
                            .collect(joining("\n")),
                    json);
        }
    }

    /** Nothing but the properties that are named, and no words but those that are known. */
    static JsonNode strict(JsonNode schema) {
        JsonNode copy = schema.deepCopy();
        tighten(copy);
        return copy;
    }

    private static void tighten(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            if (object.has("properties") && !object.has("additionalProperties")) {
                object.put("additionalProperties", false);
            }
            if (object.has("x-known-values")) {
                ArrayNode words = object.putArray("enum").addAll((ArrayNode) object.get("x-known-values"));
                if (object.path("type").isArray()) {
                    words.addNull();
                }
            }
        }
        schema.forEach(StrictSchemas::tighten);
    }
}
