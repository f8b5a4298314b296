package io.callweave.feedgap;

/**
 * A time in which notifications of an account may be missing.
 *
 * @param transport that may have lost notifications
 * @param from in milliseconds since the epoch: until then the feed was whole
 * @param to in milliseconds since the epoch: from then on it is whole again
 */
public record FeedGap(String accountId, String transport, long from, long to, Reason reason) {

    /** Why. */
    public enum Reason {
        /** RingCentral did not keep the session, because it was away for too long. */
        RECOVERY_FAILED("recoveryFailed"),
        /** There was no session to recover, such as after an update of the bridge. */
        NO_RECOVERY("noRecovery"),
        /** A bridge was killed; what it had received and not yet kept is unknown. */
        BRIDGE_KILLED("bridgeKilled"),
        /** The session was recovered, but RingCentral keeps only so many notifications. */
        BUFFER_FULL("bufferFull"),
        /** RingCentral blacklisted the webhook subscription. */
        BLACKLISTED("blacklisted"),
        /** The webhook subscription had expired, or somebody had deleted it. */
        SUBSCRIPTION_GONE("subscriptionGone");

        private final String wireName;

        Reason(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }
}
