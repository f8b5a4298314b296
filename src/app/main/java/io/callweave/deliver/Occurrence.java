package io.callweave.deliver;

/**
 * Something that happened, and that subscribers may want to know.
 *
 * @param account that it belongs to
 * @param slot names what it is about, such as {@code accountId/callId}; of one slot, one occurrence is posted at a time
 * @param version orders the occurrences of a slot
 * @param id of the webhook, the same in every attempt
 * @param time when it happened, in milliseconds since the epoch
 * @param value JSON as on the topic
 */
public record Occurrence(
        EventType type, String account, String slot, Version version, String id, long time, byte[] value) {

    /** What the data of a call have beside the fields of the value: its steps in words. */
    public static final String JOURNEY = "journey";

    /** The same for a subscription that gets no updates: the record is the only one that it gets. */
    public Occurrence asCompleted() {
        return type == EventType.CALL_UPDATED
                ? new Occurrence(EventType.CALL_COMPLETED, account, slot, version, id, time, value)
                : this;
    }

    /** And what the directory knows of its extensions and queues. */
    public static final String EXTENSIONS = "extensions";
}
