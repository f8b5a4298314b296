package io.callweave.deliver.post;

import io.callweave.deliver.subscription.SecretException;
import io.callweave.deliver.subscription.SecretSource;
import io.callweave.deliver.subscription.SigningSecret;
import io.callweave.deliver.subscription.WebhookSubscription;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs by the Standard Webhooks specification: one signature for each secret that is valid, newest first. */
final class Signer {

    private static final String ALGORITHM = "HmacSHA256";

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
    String sign(WebhookSubscription subscription, String id, long now, List<ByteBuffer> body) {
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

    /** In parts: a copy of the body for each subscription would take more time than its signature. */
    private static String signature(String secret, String id, long now, List<ByteBuffer> body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            byte[] key = Base64.getDecoder().decode(secret.substring(SecretSource.PREFIX.length()));
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update((id + "." + now / 1_000 + ".").getBytes(StandardCharsets.UTF_8));
            body.forEach(part -> mac.update(part.duplicate()));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new SecretException("A secret cannot sign.", e);
        }
    }
}
