package io.callweave.bridge.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * The tokens that RingCentral may show with a delivery; several while they are being changed. How long a comparison takes
 * tells nothing about them: digests of one length are compared, and each of them. Never shows them.
 */
public final class VerificationTokens {

    private final List<byte[]> digests;

    /** @param tokens none lets everything pass */
    public VerificationTokens(List<String> tokens) {
        digests = tokens.stream().map(VerificationTokens::digest).toList();
    }

    /** False if deliveries need no token. */
    public boolean required() {
        return !digests.isEmpty();
    }

    /** Whether one of the given is one of ours, or none is needed. */
    public boolean accept(List<String> given) {
        boolean found = !required();
        for (String token : given) {
            byte[] digest = digest(token);
            for (byte[] own : digests) {
                found |= MessageDigest.isEqual(own, digest);
            }
        }
        return found;
    }

    @Override
    public String toString() {
        return digests.size() + " tokens";
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java machine has it
        }
    }
}
