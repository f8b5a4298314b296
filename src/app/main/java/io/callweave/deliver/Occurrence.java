package io.callweave.deliver;

import io.callweave.topics.Headers;

/**
 * Something that happened, and that subscribers may want to know.
 *
 * @param account that it belongs to
 * @param slot names what it is about, such as {@code accountId/callId}; of one slot, one occurrence is posted at a time
 * @param version orders the occurrences of a slot
 * @param id of the webhook, the same in every attempt
 * @param time when it happened, in milliseconds since the epoch
 * @param value JSON as on the topic; of a record with {@link #FEED_GAP}, with that member at its end
 * @param artifactsOnly whether only the artifacts of the record differ from the revision before, and from each that it replaced
 */
public record Occurrence(
        EventType type,
        String account,
        String slot,
        Version version,
        String id,
        long time,
        byte[] value,
        boolean artifactsOnly) {

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

    /** And the record's header of this name, if it has one. */
    public static final String FEED_GAP = Headers.FEED_GAP;

    /** One of which it is not known what is new. */
    public Occurrence(
            EventType type, String account, String slot, Version version, String id, long time, byte[] value) {
        this(type, account, slot, version, id, time, value, false);
    }

    /** The same with its value, or without. */
    public Occurrence with(byte[] other) {
        return new Occurrence(type, account, slot, version, id, time, other, artifactsOnly);
    }

    /** The same, told instead of one that was not told yet. */
    public Occurrence insteadOf(Occurrence untold) {
        return artifactsOnly && !untold.artifactsOnly
                ? new Occurrence(type, account, slot, version, id, time, value)
                : this;
    }
}
