package io.callweave.schema;

import com.fasterxml.jackson.databind.JsonNode;

/** A field of a value as a column of a table, in the types of Kafka Connect. */
enum Column {
    TEXT("string"),
    INTEGER("int64"),
    NUMBER("double"),
    FLAG("boolean"),
    /** Milliseconds since the epoch, which sinks know as a time. */
    TIME("int64"),
    /** A list or an object, as JSON in text. */
    NESTED("string");

    /** Kafka Connect's name for {@link #TIME}. */
    static final String TIMESTAMP = "org.apache.kafka.connect.data.Timestamp";

    private final String connectType;

    Column(String connectType) {
        this.connectType = connectType;
    }

    String connectType() {
        return connectType;
    }

    /** The column for a field with this schema. */
    static Column of(JsonNode property) {
        return switch (type(property)) {
            case "string" -> property.path("format").asText().equals("date-time") ? TIME : TEXT;
            case "integer" -> INTEGER;
            case "number" -> NUMBER;
            case "boolean" -> FLAG;
            default -> NESTED;
        };
    }

    /** Null besides it says nothing of the type. */
    private static String type(JsonNode property) {
        JsonNode type = property.path("type");
        return type.isArray() ? type.path(0).asText() : type.asText();
    }
}
