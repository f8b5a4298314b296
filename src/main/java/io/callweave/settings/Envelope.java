package io.callweave.settings;

/** Whether values of topics that are tables say what their columns are. */
public enum Envelope {
    NONE,
    /** As Kafka Connect's JsonConverter reads them with schemas. */
    CONNECT
}
