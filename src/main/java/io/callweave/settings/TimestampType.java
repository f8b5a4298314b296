package io.callweave.settings;

/** Whose time a record on {@code notifications} carries. */
public enum TimestampType {
    LOG_APPEND_TIME,
    CREATE_TIME
}
