package io.callweave.deliver.post;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.callweave.deliver.subscription.SecretException;
import io.callweave.deliver.subscription.SecretSource;
import io.callweave.deliver.subscription.SigningSecret;
import io.callweave.deliver.subscription.WebhookSubscription;
import java.util.Optional;
import java.util.StringJoiner;

/** Signs by the Standard Webhooks specification: one signature for each secret that is valid, newest first. */
final class Signer {

    private final SecretSource secrets;

    Signer(SecretSource secrets) {
        this.secrets = secrets;
    }

    /**
     * The value of {@code webhook-signature}.
     *
     * @param now in milliseconds since the epoch
     * @throws SecretException if the newest secret cannot be found, or none is valid
     */
    String sign(WebhookSubscription subscription, String id, long now, String body) {
        StringJoiner signatures = new StringJoiner(" ");
        for (SigningSecret secret : subscription.secrets()) {
            if (!secret.signs(now)) {
                continue;
            }
            Optional<String> found = found(secret, subscription.id(), signatures.length() == 0);
            if (found.isPresent()) {
                signatures.add(signature(found.get(), id, now, body));
            }
        }
        if (signatures.length() == 0) {
            throw new SecretException("Subscription " + subscription.id() + " has no valid secret.", null);
        }
        return signatures.toString();
    }

    /** An old secret that cannot be found is skipped: a new one is also the remedy for a key that is lost. */
    private Optional<String> found(SigningSecret secret, String subscription, boolean isNewest) {
        try {
            return Optional.of(secrets.find(secret, subscription));
        } catch (SecretException e) {
            if (isNewest) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static String signature(String secret, String id, long now, String body) {
        try {
            return new Webhook(secret).sign(id, now / 1_000, body);
        } catch (EmptyWebhookSecretException | WebhookSigningException e) {
            throw new SecretException("A secret cannot sign.", e);
        }
    }
}
