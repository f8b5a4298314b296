package io.callweave.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.record.TopicValues;
import io.callweave.value.Field;
import io.callweave.value.JsonLimits;
import io.callweave.value.Timestamps;
import io.callweave.value.ValueType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values as Kafka Connect's JsonConverter reads them with {@code schemas.enable=true}: each brings the columns of its
 * table with it, so that sinks need no schema registry. Lists and objects become columns with JSON in text.
 */
public final class ConnectEnvelope {

    private static final JsonFactory FACTORY = JsonLimits.values();

    private final Map<String, Column> columns;
    private final String schema;

    private ConnectEnvelope(Map<String, Column> columns, String schema) {
        this.columns = columns;
        this.schema = schema;
    }

    /**
     * That of a topic. Only what the record's key is made of cannot be null: a column that comes with a later version has to
     * fit into a table that is there.
     *
     * @param topic its name without the prefix
     */
    public static ConnectEnvelope of(String topic) {
        return of(TopicValues.ofTopic(topic).orElseThrow());
    }

    static ConnectEnvelope of(ValueType<?> type) {
        ValueType.Keyed key = type.keyed();
        Set<String> keyed = key == null ? Set.of() : Set.of(key.key().split("/", -1));
        Map<String, Column> columns = new LinkedHashMap<>();
        ObjectNode struct = JsonNodeFactory.instance.objectNode();
        struct.put("type", "struct").put("name", "callweave." + type.name()).put("optional", false);
        ArrayNode fields = struct.putArray("fields");
        for (Field<?> field : type.fields()) {
            Column column = Column.of(field.type());
            columns.put(field.name(), column);
            fields.add(field(field.name(), column, !keyed.contains(field.name())));
        }
        return new ConnectEnvelope(columns, struct.toString());
    }

    private static JsonNode field(String name, Column column, boolean optional) {
        ObjectNode field = JsonNodeFactory.instance.objectNode();
        field.put("field", name).put("type", column.connectType()).put("optional", optional);
        if (column == Column.TIME) {
            field.put("name", Column.TIMESTAMP).put("version", 1);
        }
        return field;
    }

    /**
     * Wraps one value.
     *
     * @param value as it would be without an envelope, null for a tombstone
     * @return {@code {"schema":…,"payload":…}}; null for a tombstone
     */
    public byte @Nullable [] wrap(byte @Nullable [] value) {
        if (value == null) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length + schema.length() + 1024);
        try (JsonParser in = FACTORY.createParser(value);
                JsonGenerator out = FACTORY.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeFieldName("schema");
            out.writeRawValue(schema);
            out.writeObjectFieldStart("payload");
            in.nextToken();
            for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
                in.nextToken();
                out.writeFieldName(field);
                write(columns.getOrDefault(field, Column.NESTED), in, out);
            }
            out.writeEndObject();
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(Column column, JsonParser in, JsonGenerator out) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            out.writeNull();
        } else if (column == Column.TIME) {
            out.writeNumber(Timestamps.millis(in.getText()));
        } else if (column == Column.NESTED) {
            StringWriter nested = new StringWriter();
            try (JsonGenerator text = FACTORY.createGenerator(nested)) {
                text.copyCurrentStructure(in);
            }
            out.writeString(nested.toString());
        } else {
            out.copyCurrentStructure(in);
        }
    }
}
