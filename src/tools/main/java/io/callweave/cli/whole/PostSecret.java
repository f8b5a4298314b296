package io.callweave.cli.whole;

import io.callweave.deliver.subscription.SecretSource;
import io.callweave.files.LocalException;
import io.callweave.files.PrivateFiles;
import io.callweave.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The secret that signs what {@code --post-to} posts. It is the same at each start, so an endpoint that verifies it once does so
 * always.
 *
 * @param text the secret itself
 * @param inWords where it comes from; shows the secret only when it is new
 */
record PostSecret(String text, String inWords) {

    static final String VARIABLE = "WEBHOOK_SECRET";
    static final String FILE = "webhook-secret";

    /**
     * Checks what the user gave.
     *
     * @param given the value of the variable, or null
     * @throws SettingsException if it is no secret
     */
    static void check(@Nullable String given) {
        if (given != null && !given.isEmpty() && !SecretSource.isSecret(given)) {
            throw new SettingsException(
                    VARIABLE
                            + " must be whsec_ and 24 to 64 bytes in Base64; \"openssl rand -base64 32\" makes the second part.");
        }
    }

    /**
     * The given one, or that of the data directory, which is made at the first start.
     *
     * @param given the value of the variable; an empty one counts as none
     * @throws LocalException if the file cannot be used
     */
    static PostSecret of(@Nullable String given, Path directory) {
        if (given != null && !given.isEmpty()) {
            return new PostSecret(given, "the secret of " + VARIABLE);
        }
        Path file = directory.resolve(FILE);
        try {
            return Files.exists(file) ? kept(file) : made(file);
        } catch (IOException e) {
            throw new LocalException(
                    "The file " + file + " cannot be used: " + e.getClass().getSimpleName() + ".", e);
        }
    }

    private static PostSecret kept(Path file) throws IOException {
        String text = Files.readString(file).strip();
        if (!SecretSource.isSecret(text)) {
            throw new LocalException("The file " + file + " holds no secret. Delete it, and the next start makes one.");
        }
        return new PostSecret(text, "the secret in " + file);
    }

    /** Nobody else may read it. */
    private static PostSecret made(Path file) throws IOException {
        String text = SecretSource.generate();
        Files.writeString(PrivateFiles.file(file), text + "\n");
        return new PostSecret(text, "the secret " + text + " (in " + file + ")");
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "PostSecret[" + VARIABLE + "]";
    }
}
