package io.callweave.schema;

import io.callweave.value.FieldType;

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

    static Column of(FieldType type) {
        return switch (type) {
            case TEXT -> TEXT;
            case TIME -> TIME;
            case INTEGER, MILLISECONDS, SECONDS -> INTEGER;
            case RATIO, AMOUNT -> NUMBER;
            case FLAG -> FLAG;
            case OBJECT, OBJECTS, TEXTS, RANGES, JSON -> NESTED;
        };
    }
}
