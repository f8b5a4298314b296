package io.callweave.platform.pubnub;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts as RingCentral does: AES with a key of 128 bits in ECB mode, all in Base64. */
final class Encryption {

    private static final String TRANSFORMATION = "AES/ECB/PKCS5Padding";

    private Encryption() {}

    static String of(String text, String key) {
        try {
            Cipher cipher = cipher();
            cipher.init(
                    Cipher.ENCRYPT_MODE, new SecretKeySpec(Base64.getDecoder().decode(key), "AES"));
            return Base64.getEncoder().encodeToString(cipher.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has AES.", e);
        }
    }

    private static Cipher cipher() throws GeneralSecurityException {
        return Cipher.getInstance(TRANSFORMATION);
    }
}
