package io.callweave.deliver.subscription;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the secrets that sign. A reference can only name variables and files that are meant for this: somebody who may write
 * subscriptions must not sign with other secrets of the deliverer.
 */
public final class SecretSource {

    /** How the names of environment variables with secrets begin. */
    public static final String VARIABLE_PREFIX = "WEBHOOK_SECRET_";

    private static final String ENVIRONMENT = "env:";
    private static final String FILE = "file:";

    /** Of each secret. */
    public static final String PREFIX = "whsec_";

    /** As in the Standard Webhooks specification: 24 to 64 bytes in Base64, after a prefix. */
    private static final Pattern SECRET = Pattern.compile(PREFIX + "[A-Za-z0-9+/]{32,86}={0,2}");

    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeys keys;
    private final Map<String, String> environment;
    private final Optional<Path> folder;

    /** @param folder of files with secrets */
    public SecretSource(SecretKeys keys, Map<String, String> environment, Optional<Path> folder) {
        this.keys = keys;
        this.environment = Map.copyOf(environment);
        this.folder = folder;
    }

    /** A new secret. */
    public static String generate() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    /** Whether a text can be a secret. */
    public static boolean isSecret(String text) {
        return SECRET.matcher(text).matches();
    }

    /**
     * Looks whether a reference can be kept: {@code env:WEBHOOK_SECRET_…} or {@code file:NAME}.
     *
     * @throws SecretException if not
     */
    public static String checked(String reference) {
        boolean isVariable = reference.startsWith(ENVIRONMENT)
                && reference.substring(ENVIRONMENT.length()).matches(VARIABLE_PREFIX + "[A-Z0-9_]{1,100}");
        boolean isFile = reference.startsWith(FILE)
                && FILE_NAME.matcher(reference.substring(FILE.length())).matches();
        if (!isVariable && !isFile) {
            throw new SecretException(
                    "The reference to a secret must be env:" + VARIABLE_PREFIX
                            + "NAME, or file:NAME for a file in deliver.secrets-dir.",
                    null);
        }
        return reference;
    }

    /**
     * The secret itself.
     *
     * @throws SecretException if it cannot be found
     */
    public String find(SigningSecret secret, String subscription) {
        String stored = secret.stored();
        String found = stored.startsWith(SecretKeys.PREFIX)
                ? keys.decrypt(stored, subscription)
                : referenced(checked(stored), subscription);
        if (!isSecret(found)) {
            throw new SecretException(
                    "The secret of subscription " + subscription + " must be whsec_ and 24 to 64 bytes in Base64.",
                    null);
        }
        return found;
    }

    private String referenced(String reference, String subscription) {
        if (reference.startsWith(ENVIRONMENT)) {
            String found = environment.get(reference.substring(ENVIRONMENT.length()));
            if (found == null) {
                throw missing(reference, subscription, null);
            }
            return found.strip();
        }
        Path file = folder.orElseThrow(() -> missing(reference, subscription, null))
                .resolve(reference.substring(FILE.length()));
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw missing(reference, subscription, e);
        }
    }

    private static SecretException missing(String reference, String subscription, @Nullable Throwable cause) {
        return new SecretException(
                "The secret of subscription " + subscription + " (" + reference + ") is not there.", cause);
    }
}
