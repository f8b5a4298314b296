package io.callweave.bridge.holder;

/**
 * How far the feed of an account is whole, and how to go on from there.
 *
 * @param wholeUntil in milliseconds since the epoch
 * @param recoveryToken what the transport goes on with, such as that of RingCentral's session; empty if there is nothing
 * @param settled whether all that was received is safe, because the connection was closed in order
 */
public record FeedPosition(long wholeUntil, String recoveryToken, boolean settled) {

    private static final String PUBNUB = "pubnub~";
    private static final String WEBHOOK = "webhook~";

    /**
     * A position on PubNub.
     *
     * @param token says where
     */
    public static FeedPosition onPubNub(long wholeUntil, String token) {
        return new FeedPosition(wholeUntil, PUBNUB + token, true);
    }

    /**
     * When a webhook subscription was seen last.
     *
     * @param subscription its id
     */
    public static FeedPosition ofWebhook(long seen, String subscription) {
        return new FeedPosition(seen, WEBHOOK + subscription, true);
    }

    /** Where it was on PubNub; empty if it was not there. */
    public String pubNubToken() {
        return after(PUBNUB);
    }

    /** The webhook subscription that was seen last; empty if none was. */
    public String webhookSubscription() {
        return after(WEBHOOK);
    }

    /** For a WebSocket, which cannot go on from the token of another transport. */
    public FeedPosition ofWebSocket() {
        return pubNubToken().isEmpty() && webhookSubscription().isEmpty()
                ? this
                : new FeedPosition(wholeUntil, "", settled);
    }

    private String after(String prefix) {
        return recoveryToken.startsWith(prefix) ? recoveryToken.substring(prefix.length()) : "";
    }

    /** Shows no token. */
    @Override
    public String toString() {
        return "FeedPosition[" + wholeUntil + "]";
    }
}
