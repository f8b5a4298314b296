package io.callweave.topology.calls;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Tells whether two records say the same, whatever their revision and epoch. */
public final class RecordHash {

    private static final byte[] FROM = "\"revision\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TO = "\"status\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ARTIFACTS = "\"artifacts\":".getBytes(StandardCharsets.US_ASCII);

    /** Of the artifacts, which are at the end, and of all else. */
    private static final int BYTES_OF_EACH = 8;

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
     * @param json as it is written: in a text there is no quotation mark that is not escaped
     * @return 16 bytes
     */
    byte[] of(byte[] json) {
        int from = indexOf(json, FROM, 0);
        int to = indexOf(json, TO, from);
        int artifacts = lastIndexOf(json, ARTIFACTS);
        digest.update(json, 0, from);
        digest.update(json, to, artifacts - to);
        byte[] hash = Arrays.copyOf(digest.digest(), 2 * BYTES_OF_EACH);
        digest.update(json, artifacts, json.length - artifacts);
        System.arraycopy(digest.digest(), 0, hash, BYTES_OF_EACH, BYTES_OF_EACH);
        return hash;
    }

    /** Whether two different records say the same but for their artifacts. */
    static boolean differInArtifactsOnly(byte[] one, byte[] other) {
        return Arrays.equals(one, 0, BYTES_OF_EACH, other, 0, BYTES_OF_EACH)
                && !Arrays.equals(one, BYTES_OF_EACH, one.length, other, BYTES_OF_EACH, other.length);
    }

    private static int indexOf(byte[] json, byte[] name, int start) {
        for (int at = start; at <= json.length - name.length; at++) {
            if (isAt(at, json, name)) {
                return at;
            }
        }
        throw new IllegalArgumentException("This is not a call record.");
    }

    private static int lastIndexOf(byte[] json, byte[] name) {
        for (int at = json.length - name.length; at >= 0; at--) {
            if (isAt(at, json, name)) {
                return at;
            }
        }
        throw new IllegalArgumentException("This is not a call record.");
    }

    private static boolean isAt(int at, byte[] json, byte[] name) {
        return json[at] == name[0] && Arrays.equals(json, at, at + name.length, name, 0, name.length);
    }
}
