package io.callweave.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.value.Field;
import io.callweave.value.FieldType;
import io.callweave.value.Keyword;
import io.callweave.value.ValueType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The JSON Schema of a described value, with the definitions of all values that stand in it. */
final class ValueSchema {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String ISO_TIME = "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$";

    /** With which every session begins. */
    private static final int FIRST_SEQUENCE = 2;

    private final Map<String, ObjectNode> definitions = new TreeMap<>();

    private ValueSchema() {}

    static ObjectNode of(ValueType<?> type) {
        ValueSchema whole = new ValueSchema();
        ObjectNode schema = NODES.objectNode();
        schema.put("$schema", Schemas.DIALECT);
        schema.put("$id", "urn:callweave:schema:" + Schemas.VERSION + ":" + type.name());
        schema.put("title", type.title());
        schema.put("description", type.meaning().sentences());
        ValueType.Keyed keyed = type.keyed();
        if (keyed != null) {
            schema.put("x-key", keyed.key());
            schema.put("x-tombstones", keyed.tombstones());
        }
        see(schema, type);
        schema.put("type", "object");
        whole.fields(schema, type);
        if (!whole.definitions.isEmpty()) {
            schema.putObject("$defs").setAll(whole.definitions);
        }
        return schema;
    }

    private String define(ValueType<?> type) {
        if (!definitions.containsKey(type.name())) {
            ObjectNode definition = NODES.objectNode();
            definitions.put(type.name(), definition);
            definition.put("title", type.title());
            definition.put("description", type.meaning().sentences());
            definition.put("type", "object");
            see(definition, type);
            fields(definition, type);
        }
        return "#/$defs/" + type.name();
    }

    private static void see(ObjectNode schema, ValueType<?> type) {
        if (type.meaning().keywords().get(Keyword.SEE) instanceof String page) {
            schema.put(Keyword.SEE.schemaName(), page);
        }
    }

    /** None is ever left out. */
    private void fields(ObjectNode schema, ValueType<?> type) {
        ArrayNode required = schema.putArray("required");
        ObjectNode properties = schema.putObject("properties");
        for (Field<?> field : type.fields()) {
            required.add(field.name());
            properties.set(field.name(), property(field));
        }
    }

    private ObjectNode property(Field<?> field) {
        ObjectNode property = NODES.objectNode();
        switch (field.type()) {
            case TEXT -> type(property, "string", field);
            case TIME ->
                type(property, "string", field).put("format", "date-time").put("pattern", ISO_TIME);
            case INTEGER -> type(property, "integer", field).put("minimum", 0);
            case MILLISECONDS ->
                type(property, "integer", field).put("minimum", 0).put("x-unit", "ms");
            case SECONDS -> type(property, "integer", field).put("minimum", 0).put("x-unit", "s");
            case RATIO -> type(property, "number", field).put("minimum", 0).put("maximum", 1);
            case AMOUNT -> type(property, "number", field).put("minimum", 0);
            case FLAG -> type(property, "boolean", field);
            case JSON -> type(property, "object", field);
            case TEXTS -> {
                ObjectNode text =
                        type(property, "array", field).putObject("items").put("type", "string");
                field.meaning().keywords().forEach((keyword, value) -> words(text, keyword, value, false));
            }
            case RANGES -> ranges(type(property, "array", field).putObject("items"));
            case OBJECTS -> type(property, "array", field).putObject("items").put("$ref", define(in(field)));
            case OBJECT -> {
                if (field.isNullable()) {
                    ArrayNode either = property.putArray("anyOf");
                    either.addObject().put("$ref", define(in(field)));
                    either.addObject().put("type", "null");
                }
            }
        }
        field.meaning().keywords().forEach((keyword, value) -> {
            if (value instanceof String text) {
                property.put(keyword.schemaName(), text);
            } else if (value instanceof Long number) {
                property.put(keyword.schemaName(), number);
            } else if (field.type() == FieldType.TEXT) {
                words(property, keyword, value, field.isNullable());
            }
        });
        if (field.type() == FieldType.OBJECT && !field.isNullable()) {
            property.put("$ref", define(in(field)));
        }
        return property;
    }

    private static ObjectNode type(ObjectNode property, String name, Field<?> field) {
        if (field.isNullable()) {
            property.putArray("type").add(name).add("null");
        } else {
            property.put("type", name);
        }
        return property;
    }

    private static void words(ObjectNode schema, Keyword keyword, Object value, boolean orNull) {
        if (value instanceof List<?> words) {
            ArrayNode all = schema.putArray(keyword.schemaName());
            words.forEach(word -> all.add((String) word));
            if (orNull && keyword == Keyword.ENUM) {
                all.addNull();
            }
        }
    }

    private static void ranges(ObjectNode range) {
        range.put("type", "array");
        range.putObject("items").put("type", "integer").put("minimum", FIRST_SEQUENCE);
        range.put("minItems", 2).put("maxItems", 2);
    }

    private static ValueType<?> in(Field<?> field) {
        ValueType<?> of = field.of();
        if (of == null) {
            throw new IllegalStateException("The field " + field.name() + " does not say what stands in it.");
        }
        return of;
    }
}
