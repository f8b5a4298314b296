package io.callweave.value;

/** What stands in a field. The unit of a duration is part of it. */
public enum FieldType {
    TEXT,
    /** ISO-8601, UTC, in milliseconds. */
    TIME,
    /** Never below 0. */
    INTEGER,
    /** A duration as an integer, never below 0. */
    MILLISECONDS,
    /** A duration as an integer, never below 0. */
    SECONDS,
    /** A number from 0 to 1. */
    RATIO,
    /** A decimal number, never below 0, such as a price. */
    AMOUNT,
    FLAG,
    /** Another described value. */
    OBJECT,
    /** A list of another described value. */
    OBJECTS,
    /** A list of texts. */
    TEXTS,
    /** A list of closed ranges of sequence numbers, each as its first and last one. */
    RANGES,
    /** An object as somebody else wrote it. */
    JSON
}
