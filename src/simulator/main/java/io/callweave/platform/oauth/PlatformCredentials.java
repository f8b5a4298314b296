package io.callweave.platform.oauth;

import java.util.Set;
import java.util.TreeSet;

/**
 * How one account signs in. These secrets protect nothing: the account id decides them, so that anyone can type them.
 *
 * @param jwt the assertion of the account's first user
 * @param permissions those of the application
 */
public record PlatformCredentials(
        String accountId, String clientId, String clientSecret, String jwt, Set<String> permissions) {

    public static final String CALL_CONTROL = "CallControl";
    public static final String READ_ACCOUNTS = "ReadAccounts";
    public static final String READ_CALL_LOG = "ReadCallLog";
    public static final String READ_CALL_RECORDING = "ReadCallRecording";
    public static final String READ_MESSAGES = "ReadMessages";
    public static final String RING_SENSE = "RingSense";
    public static final String WEBHOOKS = "SubscriptionWebhook";
    public static final String WEB_SOCKETS = "WebSocketsSubscription";
    public static final String PUBNUB = "SubscriptionPubNub";

    /** Every permission that this server looks at. */
    public static final Set<String> ALL = Set.of(
            CALL_CONTROL,
            READ_ACCOUNTS,
            READ_CALL_LOG,
            READ_CALL_RECORDING,
            READ_MESSAGES,
            RING_SENSE,
            WEBHOOKS,
            WEB_SOCKETS,
            PUBNUB);

    public PlatformCredentials {
        permissions = Set.copyOf(permissions);
    }

    /** {@code client-ID}, {@code secret-ID} and {@code jwt-ID}, with all permissions. */
    public static PlatformCredentials of(String accountId) {
        return new PlatformCredentials(
                accountId, "client-" + accountId, "secret-" + accountId, "jwt-" + accountId, ALL);
    }

    public PlatformCredentials without(Set<String> missing) {
        Set<String> left = new TreeSet<>(permissions);
        left.removeAll(missing);
        return new PlatformCredentials(accountId, clientId, clientSecret, jwt, left);
    }

    /** The first user has the extension id of the account, as in all samples of whole calls. */
    String extensionId() {
        return accountId;
    }

    @Override
    public String toString() {
        return "PlatformCredentials[" + accountId + "]";
    }
}
