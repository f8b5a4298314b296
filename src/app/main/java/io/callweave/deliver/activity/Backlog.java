package io.callweave.deliver.activity;

/**
 * What waits for an endpoint in one queue, with the records that are not looked at yet and can become webhooks.
 *
 * @param next when the next attempt is, in milliseconds since the epoch; 0 if nothing waits
 */
public record Backlog(long waiting, long next) {

    public static final Backlog NONE = new Backlog(0, 0);

    /** Both together. */
    public Backlog plus(Backlog other) {
        if (other.waiting == 0) {
            return this;
        }
        return waiting == 0 ? other : new Backlog(waiting + other.waiting, Math.min(next, other.next));
    }
}
