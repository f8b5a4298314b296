package io.callweave.bridge.webhook;

import io.callweave.runtime.startup.OperationsException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the certificate is.
 *
 * @param certificate a PEM file with the chain, or a PKCS #12 file with chain and key
 * @param key a PEM file with the PKCS #8 key, not encrypted; null: the certificate is PKCS #12
 * @param password of the PKCS #12 file; empty for none
 */
public record TlsFiles(Path certificate, @Nullable Path key, String password) {

    private static final Pattern PEM_KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");

    /** Guards only what is in memory. */
    static final String STORE_PASSWORD = "in-memory";

    /**
     * Reads certificate and key.
     *
     * @throws OperationsException if they cannot be read; one sentence
     */
    KeyStore read() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            if (key == null) {
                try (var in = Files.newInputStream(certificate)) {
                    store.load(in, password.toCharArray());
                }
                return store;
            }
            store.load(null, null);
            Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(certificate)))
                    .toArray(Certificate[]::new);
            if (chain.length == 0) {
                throw new GeneralSecurityException("no certificate in it");
            }
            PrivateKey privateKey = privateKey(Files.readString(key, StandardCharsets.US_ASCII));
            check(chain[0], privateKey);
            store.setKeyEntry("bridge", privateKey, STORE_PASSWORD.toCharArray(), chain);
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new OperationsException(
                    "The certificate " + certificate + (key == null ? "" : " with the key " + key)
                            + " cannot be used (bridge.tls-certificate, bridge.tls-key-file, bridge.tls-password): "
                            + e.getMessage() + ".",
                    e);
        }
    }

    String storePassword() {
        return key == null ? password : STORE_PASSWORD;
    }

    List<Path> files() {
        return key == null ? List.of(certificate) : List.of(certificate, key);
    }

    /** Shows no password. */
    @Override
    public String toString() {
        return "TlsFiles[" + certificate + ", " + key + "]";
    }

    private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
        Matcher block = PEM_KEY.matcher(pem);
        if (!block.find()) {
            throw new GeneralSecurityException(
                    "the key is not in PKCS #8 (BEGIN PRIVATE KEY); \"openssl pkcs8 -topk8 -nocrypt\" makes it so");
        }
        PKCS8EncodedKeySpec spec =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(block.group(1)));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException another) {
                // The next one may be it.
            }
        }
        throw new GeneralSecurityException("the key is neither RSA nor EC nor Ed25519");
    }

    /** Both are exchanged one after the other, so for a moment they can be of different pairs. */
    private static void check(Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        String algorithm = key.getAlgorithm();
        String signing =
                algorithm.equals("RSA") ? "SHA256withRSA" : algorithm.equals("EC") ? "SHA256withECDSA" : algorithm;
        Signature signature = Signature.getInstance(signing);
        byte[] probe = {1, 2, 3};
        signature.initSign(key);
        signature.update(probe);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(probe);
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("key and certificate are not of one pair");
        }
    }
}
