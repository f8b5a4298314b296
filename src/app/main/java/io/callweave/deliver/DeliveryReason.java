package io.callweave.deliver;

/** Why something could not be delivered. */
public enum DeliveryReason {
    /** Every attempt failed. */
    ATTEMPTS("attempts"),
    /** It waited for too long: the endpoint was down, or the subscription paused or suspended. */
    EXPIRED("expired"),
    /** The endpoint answered 410. */
    GONE("gone"),
    /** The subscription was deleted. */
    DELETED("deleted");

    private final String wireName;

    DeliveryReason(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
