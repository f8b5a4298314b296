package io.callweave.topics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.schema.Schemas;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** The AsyncAPI document: made of the schemas and the topics' policies. */
public final class AsyncApi {

    private final Function<String, ObjectNode> valueSchemas;

    private AsyncApi(Function<String, ObjectNode> valueSchemas) {
        this.valueSchemas = valueSchemas;
    }

    /** All topics as one AsyncAPI 3 document. */
    public static ObjectNode document() {
        return new AsyncApi(Schemas::ofValue).make();
    }

    private ObjectNode make() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("asyncapi", "3.0.0");
        document.putObject("info")
                .put("title", "Callweave")
                .put("version", Schemas.VERSION)
                .put(
                        "description",
                        "Complete RingCentral calls in real time, on Kafka. Keys are UTF-8 text, values UTF-8 JSON."
                                + " Read with isolation.level=read_committed.")
                .putObject("license")
                .put("name", "Apache-2.0")
                .put("url", "https://www.apache.org/licenses/LICENSE-2.0.txt");
        document.put("defaultContentType", "application/json");
        ObjectNode channels = document.putObject("channels");
        ObjectNode operations = document.putObject("operations");
        ObjectNode components = document.putObject("components");
        ObjectNode messages = components.putObject("messages");
        ObjectNode schemas = components.putObject("schemas");
        components
                .putObject("parameters")
                .putObject("prefix")
                .put("description", "The setting `topics.prefix`.")
                .put("default", Topic.DEFAULT_PREFIX);
        for (Topic topic : Topic.values()) {
            channels.set(topic.suffix(), channel(topic));
            operations.set(topic.suffix(), operation(topic));
            messages.set(topic.suffix(), message(topic, schemas));
        }
        return document;
    }

    private ObjectNode channel(Topic topic) {
        ObjectNode channel = JsonNodeFactory.instance.objectNode();
        channel.put("address", "{prefix}" + topic.suffix());
        channel.put(
                "description",
                valueSchemas.apply(topic.suffix()).get("description").asText());
        channel.putObject("messages").set(topic.suffix(), ref("components/messages/" + topic.suffix()));
        channel.putObject("parameters").set("prefix", ref("components/parameters/prefix"));
        Map<String, String> policy = topic.defaultPolicy();
        ObjectNode kafka = channel.putObject("bindings").putObject("kafka");
        kafka.put("partitions", Topic.DEFAULT_PARTITIONS);
        ObjectNode configuration = kafka.putObject("topicConfiguration");
        ArrayNode cleanup = configuration.putArray("cleanup.policy");
        for (String each : Objects.requireNonNull(policy.get("cleanup.policy")).split(",", -1)) {
            cleanup.add(each);
        }
        if (policy.containsKey("retention.ms")) {
            configuration.put("retention.ms", Long.parseLong(policy.get("retention.ms")));
        }
        configuration.put("max.message.bytes", Integer.parseInt(policy.get("max.message.bytes")));
        kafka.put("bindingVersion", "0.5.0");
        return channel;
    }

    /** As Callweave sees it: it writes all of them, and others read them; the directory it reads too. */
    private static ObjectNode operation(Topic topic) {
        ObjectNode operation = JsonNodeFactory.instance.objectNode();
        operation.put("action", "send");
        operation.set("channel", ref("channels/" + topic.suffix()));
        return operation;
    }

    private ObjectNode message(Topic topic, ObjectNode schemas) {
        ObjectNode value = valueSchemas.apply(topic.suffix());
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.put("name", topic.suffix());
        message.put("description", value.get("description").asText());
        message.set("headers", hoisted(Schemas.ofHeaders(topic.suffix()), schemas));
        if (topic == Topic.DEAD_LETTERS) {
            message.put("contentType", "application/octet-stream");
        } else {
            schemas.set(topic.suffix(), hoisted(value, schemas));
            message.set("payload", ref("components/schemas/" + topic.suffix()));
        }
        message.putObject("bindings")
                .putObject("kafka")
                .put("bindingVersion", "0.5.0")
                .putObject("key")
                .put("type", "string")
                .put("description", value.get("x-key").asText());
        return message;
    }

    /** With its definitions among the components, where all messages share them. */
    private static ObjectNode hoisted(ObjectNode schema, ObjectNode schemas) {
        schema.remove("$schema");
        schema.remove("$id");
        JsonNode definitions = schema.remove("$defs");
        if (definitions != null) {
            definitions.properties().forEach(each -> {
                repoint(each.getValue());
                JsonNode known = schemas.get(each.getKey());
                if (known != null && !known.equals(each.getValue())) {
                    throw new IllegalStateException("There are two schemas with the name " + each.getKey() + ".");
                }
                schemas.set(each.getKey(), each.getValue());
            });
        }
        repoint(schema);
        return schema;
    }

    private static void repoint(JsonNode node) {
        if (node instanceof ObjectNode object && object.has("$ref")) {
            object.put("$ref", object.get("$ref").asText().replace("#/$defs/", "#/components/schemas/"));
        }
        node.forEach(AsyncApi::repoint);
    }

    private static ObjectNode ref(String to) {
        return JsonNodeFactory.instance.objectNode().put("$ref", "#/" + to);
    }
}
