package io.callweave.deliver.subscription;

import io.callweave.files.FileFault;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.settings.SettingsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts secrets with AES-256-GCM. The keys are in a file: one per line, 32 bytes in Base64. The first encrypts, all decrypt, so
 * that a key can be replaced. The id of the subscription is authenticated too: a secret that somebody copies to another
 * subscription is not decrypted.
 */
public final class SecretKeys {

    /** How a stored secret begins. */
    public static final String PREFIX = "aes:";

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int ID_LENGTH = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, SecretKeySpec> keys;

    private SecretKeys(Map<String, SecretKeySpec> keys) {
        this.keys = keys;
    }

    /**
     * The keys of deliver.key-file; none without it.
     *
     * @throws SettingsException if the file cannot be used
     */
    public static SecretKeys of(Settings settings) {
        return settings.find(KnownSettings.DELIVER_KEY_FILE)
                .map(SecretKeys::read)
                .orElseGet(SecretKeys::none);
    }

    /** No file: nothing is encrypted or decrypted. */
    public static SecretKeys none() {
        return new SecretKeys(Map.of());
    }

    /**
     * Reads them.
     *
     * @throws SettingsException if that is not possible, or the file has no key; one sentence
     */
    public static SecretKeys read(Path file) {
        Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank()) {
                    byte[] key = Base64.getDecoder().decode(line.strip());
                    if (key.length != KEY_BYTES) {
                        throw new IllegalArgumentException("Wrong length.");
                    }
                    keys.put(id(key), new SecretKeySpec(key, "AES"));
                }
            }
        } catch (IOException e) {
            throw new SettingsException(
                    "deliver.key-file is " + file + ", which cannot be read: " + FileFault.reason(file, e) + ".", e);
        } catch (IllegalArgumentException e) {
            throw malformed(file);
        }
        if (keys.isEmpty()) {
            throw malformed(file);
        }
        return new SecretKeys(keys);
    }

    /**
     * Encrypts one; the result begins with {@link #PREFIX}.
     *
     * @throws SecretException without a key
     */
    public String encrypt(String secret, String subscription) {
        var current = keys.entrySet().stream()
                .findFirst()
                .orElseThrow(() -> new SecretException(
                        "A secret can only be kept with deliver.key-file; without it, name an environment variable or a"
                                + " file that has the secret.",
                        null));
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] sealed = run(
                Cipher.ENCRYPT_MODE, current.getValue(), nonce, subscription, secret.getBytes(StandardCharsets.UTF_8));
        byte[] all = new byte[nonce.length + sealed.length];
        System.arraycopy(nonce, 0, all, 0, nonce.length);
        System.arraycopy(sealed, 0, all, nonce.length, sealed.length);
        return PREFIX + current.getKey() + ":" + Base64.getEncoder().encodeToString(all);
    }

    /**
     * Decrypts one.
     *
     * @throws SecretException if its key is not in the file, or if it was changed
     */
    public String decrypt(String stored, String subscription) {
        String[] parts = stored.split(":", 3);
        SecretKeySpec key = parts.length == 3 ? keys.get(parts[1]) : null;
        if (key == null) {
            throw new SecretException(
                    "The key of the secret of subscription " + subscription
                            + " is not in the file that deliver.key-file names.",
                    null);
        }
        byte[] all = Base64.getDecoder().decode(parts[2]);
        byte[] nonce = new byte[NONCE_BYTES];
        byte[] sealed = new byte[all.length - NONCE_BYTES];
        System.arraycopy(all, 0, nonce, 0, nonce.length);
        System.arraycopy(all, nonce.length, sealed, 0, sealed.length);
        return new String(run(Cipher.DECRYPT_MODE, key, nonce, subscription, sealed), StandardCharsets.UTF_8);
    }

    private static byte[] run(int mode, SecretKeySpec key, byte[] nonce, String subscription, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(subscription.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new SecretException("The secret of subscription " + subscription + " cannot be decrypted.", e);
        }
    }

    private static String id(byte[] key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key);
            return HexFormat.of().formatHex(hash).substring(0, ID_LENGTH);
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** Without the cause: its message can quote the key. */
    private static SettingsException malformed(Path file) {
        return new SettingsException("deliver.key-file is " + file
                + ", which must have 32 bytes in Base64 on each line; \"openssl rand -base64 32\""
                + " makes such a line.");
    }
}
