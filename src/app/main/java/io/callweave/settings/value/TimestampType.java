package io.callweave.settings.value;

/** The time of a record on {@code notifications}. */
public enum TimestampType {
    LOG_APPEND_TIME,
    CREATE_TIME
}
