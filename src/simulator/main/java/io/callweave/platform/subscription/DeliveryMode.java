package io.callweave.platform.subscription;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.platform.rest.FrameChannel;
import io.callweave.platform.rest.PlatformRequest;
import org.jspecify.annotations.Nullable;

/** Where the notifications of a subscription go. */
public sealed interface DeliveryMode {

    /** How long a subscription lives at most, in seconds. */
    long longestLife();

    /** As a reply shows it: a verification token is never shown. */
    ObjectNode json();

    /**
     * Each notification is posted.
     *
     * @param verificationToken sent along with each, null for none
     */
    record Webhook(String address, @Nullable String verificationToken) implements DeliveryMode {

        private static final long TEN_YEARS = 315_360_000;

        @Override
        public long longestLife() {
            return TEN_YEARS;
        }

        @Override
        public ObjectNode json() {
            return PlatformRequest.object()
                    .put("transportType", "WebHook")
                    .put("encryption", false)
                    .put("address", address);
        }

        @Override
        public String toString() {
            return "Webhook[" + address + "]";
        }
    }

    /** The WebSocket on which it was created. */
    record Socket(FrameChannel channel) implements DeliveryMode {

        private static final long ONE_DAY = 86_400;

        @Override
        public long longestLife() {
            return ONE_DAY;
        }

        @Override
        public ObjectNode json() {
            return PlatformRequest.object().put("transportType", "WebSocket").put("encryption", false);
        }
    }

    /**
     * A channel of PubNub.
     *
     * @param encryptionKey 128 bits in Base64
     */
    record PubNub(String channel, boolean encryption, String subscriberKey, String encryptionKey)
            implements DeliveryMode {

        private static final long SEVEN_DAYS = 604_800;

        @Override
        public long longestLife() {
            return SEVEN_DAYS;
        }

        @Override
        public ObjectNode json() {
            ObjectNode json = PlatformRequest.object()
                    .put("transportType", "PubNub")
                    .put("encryption", encryption)
                    .put("address", channel)
                    .put("subscriberKey", subscriberKey)
                    .put("secretKey", "sec-simulated");
            return encryption ? json.put("encryptionAlgorithm", "AES").put("encryptionKey", encryptionKey) : json;
        }
    }
}
