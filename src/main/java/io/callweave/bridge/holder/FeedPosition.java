package io.callweave.bridge.holder;

/**
 * How far the feed of an account is whole, and how to go on from there.
 *
 * @param wholeUntil in milliseconds since the epoch
 * @param recoveryToken of RingCentral's session; empty if there is none
 * @param settled whether all that was received is safe, because the connection was closed in order
 */
public record FeedPosition(long wholeUntil, String recoveryToken, boolean settled) {

    /** Shows no token. */
    @Override
    public String toString() {
        return "FeedPosition[" + wholeUntil + "]";
    }
}
