package io.callweave.settings.value;

/** What decides the partition of a notification. */
public enum PartitionBy {
    /** The record's key, as with every producer. */
    SESSION,
    /** The account, so that the notification is where it is needed. */
    ACCOUNT
}
