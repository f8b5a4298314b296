package io.callweave.bridge.holder;

/**
 * How far the feed of an account is whole, and how to go on from there.
 *
 * @param wholeUntil in milliseconds since the epoch
 * @param recoveryToken of RingCentral's session; empty if there is none
 * @param settled whether all that was received is safe, because the connection was closed in order
 */
public record FeedPosition(long wholeUntil, String recoveryToken, boolean settled) {

    private static final String PUBNUB = "pubnub~";

    /**
     * A position on PubNub.
     *
     * @param token says where
     */
    public static FeedPosition onPubNub(long wholeUntil, String token) {
        return new FeedPosition(wholeUntil, PUBNUB + token, true);
    }

    /** Where it was on PubNub; empty if it was not there. */
    public String pubNubToken() {
        return recoveryToken.startsWith(PUBNUB) ? recoveryToken.substring(PUBNUB.length()) : "";
    }

    /** For a WebSocket, which cannot go on from PubNub's token. */
    public FeedPosition ofWebSocket() {
        return recoveryToken.startsWith(PUBNUB) ? new FeedPosition(wholeUntil, "", settled) : this;
    }

    /** Shows no token. */
    @Override
    public String toString() {
        return "FeedPosition[" + wholeUntil + "]";
    }
}
