package io.callweave.cli.deliver;

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
 * @param shown to be printed once; empty for a reference
 */
record NewSecret(SigningSecret stored, Optional<String> shown) {

    /**
     * A reference, or a new one that is encrypted.
     *
     * @throws SecretException if neither is possible
     */
    static NewSecret of(@Nullable String reference, SecretKeys keys, String subscription) {
        if (reference != null) {
            return new NewSecret(new SigningSecret(SecretSource.checked(reference), null), Optional.empty());
        }
        String secret = SecretSource.generate();
        return new NewSecret(new SigningSecret(keys.encrypt(secret, subscription), null), Optional.of(secret));
    }
}
