package io.callweave.settings.value;

/** Whether the values of table topics include the schema of their columns. */
public enum ValueEnvelope {
    NONE,
    /** The form that Kafka Connect's JsonConverter reads with schemas enabled. */
    CONNECT
}
