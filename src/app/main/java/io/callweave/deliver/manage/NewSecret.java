package io.callweave.deliver.manage;

import io.callweave.deliver.subscription.SecretException;
import io.callweave.deliver.subscription.SecretKeys;
import io.callweave.deliver.subscription.SecretSource;
import io.callweave.deliver.subscription.SigningSecret;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A secret for a subscription.
 *
 * @param stored as the subscription keeps it
 * @param shown to be shown once; empty for a reference
 */
record NewSecret(SigningSecret stored, Optional<String> shown) {

    /**
     * A reference, or a new secret that is encrypted.
     *
     * @throws SubscriptionException if neither is possible
     */
    static NewSecret of(@Nullable String reference, SecretKeys keys, String subscription) {
        try {
            if (reference != null) {
                return new NewSecret(new SigningSecret(SecretSource.checked(reference), null), Optional.empty());
            }
            String secret = SecretSource.generate();
            return new NewSecret(new SigningSecret(keys.encrypt(secret, subscription), null), Optional.of(secret));
        } catch (SecretException e) {
            throw new SubscriptionException(SubscriptionException.Kind.INVALID, String.valueOf(e.getMessage()), e);
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return stored.toString();
    }
}
