package io.callweave.topology.calls;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Tells whether two records say the same, whatever their revision and epoch. */
public final class RecordHash {

    private static final byte[] FROM = "\"revision\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TO = "\"status\":".getBytes(StandardCharsets.US_ASCII);
    private static final int BYTES = 16;

    private final MessageDigest digest;

    RecordHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    /**
     * The hash of a record without its revision and epoch.
     *
     * @param json as it is written: in a text before the revision there is no quotation mark that is not escaped
     * @return 16 bytes
     */
    byte[] of(byte[] json) {
        int from = indexOf(json, FROM, 0);
        int to = indexOf(json, TO, from);
        digest.update(json, 0, from);
        digest.update(json, to, json.length - to);
        return Arrays.copyOf(digest.digest(), BYTES);
    }

    private static int indexOf(byte[] json, byte[] name, int start) {
        for (int at = start; at <= json.length - name.length; at++) {
            if (json[at] == name[0] && Arrays.equals(json, at, at + name.length, name, 0, name.length)) {
                return at;
            }
        }
        throw new IllegalArgumentException("This is not a call record.");
    }
}
