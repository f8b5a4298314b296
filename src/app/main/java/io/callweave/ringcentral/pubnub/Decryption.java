package io.callweave.ringcentral.pubnub;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** Decrypts what RingCentral encrypted: AES in ECB mode with PKCS #7 padding, as its own SDKs do; all in Base64. */
final class Decryption {

    private static final String TRANSFORMATION = "AES/ECB/PKCS5Padding";

    private final String key;

    /** @param key empty if messages are not encrypted */
    Decryption(String key) {
        this.key = key;
    }

    /** The message; as it came if it cannot be decrypted, so that its bytes are not lost. */
    String of(String message) {
        if (key.isEmpty()) {
            return message;
        }
        try {
            Cipher cipher = cipher();
            cipher.init(
                    Cipher.DECRYPT_MODE, new SecretKeySpec(Base64.getDecoder().decode(key), "AES"));
            return new String(cipher.doFinal(Base64.getDecoder().decode(message)), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return message;
        }
    }

    private static Cipher cipher() throws GeneralSecurityException {
        return Cipher.getInstance(TRANSFORMATION);
    }
}
