package io.callweave.deliver.post;

import io.callweave.deliver.Occurrence;

/**
 * An occurrence on its way to one subscriber.
 *
 * @param subscription its id
 * @param accepted when it was queued first, in milliseconds since the epoch
 * @param attempts how many have failed
 * @param due when the next one is, in milliseconds since the epoch
 * @param failure how the last one ended; empty if there was none
 * @param origin where it was read
 */
public record QueuedWebhook(
        String subscription,
        Occurrence occurrence,
        long accepted,
        int attempts,
        long due,
        String failure,
        Origin origin) {

    /**
     * A record of a topic.
     *
     * @param topic its name
     * @param offset in the partition of the queue
     */
    public record Origin(String topic, long offset) {}

    /** A new one, due at once. */
    public static QueuedWebhook of(String subscription, Occurrence occurrence, long now, Origin origin) {
        return new QueuedWebhook(subscription, occurrence, now, 0, now, "", origin);
    }

    /** Not due before this time. */
    public QueuedWebhook waitingUntil(long time) {
        return new QueuedWebhook(subscription, occurrence, accepted, attempts, Math.max(due, time), failure, origin);
    }

    /** Takes the place of one that may not have been posted. */
    public QueuedWebhook insteadOf(QueuedWebhook unposted) {
        return new QueuedWebhook(
                subscription, occurrence.insteadOf(unposted.occurrence), accepted, attempts, due, failure, origin);
    }

    /** The same with its value, or without. */
    public QueuedWebhook with(byte[] value) {
        return new QueuedWebhook(subscription, occurrence.with(value), accepted, attempts, due, failure, origin);
    }

    /** After a failure. */
    public QueuedWebhook again(long next, String why) {
        return new QueuedWebhook(subscription, occurrence, accepted, attempts + 1, next, why, origin);
    }

    /** Whether both are the same occurrence. */
    public boolean isSame(QueuedWebhook other) {
        return occurrence.version().equals(other.occurrence.version()) && occurrence.type() == other.occurrence.type();
    }

    /** Without the value. */
    @Override
    public String toString() {
        return "Delivery[" + subscription + ", " + occurrence.id() + ", " + attempts + "]";
    }
}
