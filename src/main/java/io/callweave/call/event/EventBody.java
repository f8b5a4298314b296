package io.callweave.call.event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The body of a party event: the raw JSON texts of the party object, {@code eventTime}, {@code origin} and
 * {@code sessionId} as they are in the notification, joined by {@link #SEPARATOR}; an absent one is empty. Two bodies
 * are the same if their SHA-256 is, so the texts need not be kept.
 */
public final class EventBody {

    /** JSON text cannot contain this character. */
    public static final char SEPARATOR = '\0';

    /** How long a SHA-256 is, in bytes. */
    public static final int SHA_256_BYTES = 32;

    private final @Nullable String text;
    private byte @Nullable [] sha256;

    private EventBody(@Nullable String text, byte @Nullable [] sha256) {
        this.text = text;
        this.sha256 = sha256;
    }

    /** A body as it was received. */
    public static EventBody of(String text) {
        return new EventBody(text, null);
    }

    /** A body with a known SHA-256 and unknown texts. */
    public static EventBody ofSha256(byte[] sha256) {
        return new EventBody(null, sha256);
    }

    /** The SHA-256 of its UTF-8. Do not change the array. */
    public byte[] sha256() {
        byte[] known = sha256;
        if (known == null) {
            known = digest().digest(text().getBytes(StandardCharsets.UTF_8));
            sha256 = known;
        }
        return known;
    }

    /**
     * The texts.
     *
     * @throws IllegalStateException if they were not kept
     */
    public String text() {
        if (text == null) {
            throw new IllegalStateException("Only the SHA-256 of this body is known.");
        }
        return text;
    }

    /** The party object as it was received; the texts must be there. */
    public String partyText() {
        String all = text();
        int end = all.indexOf(SEPARATOR);
        return end < 0 ? all : all.substring(0, end);
    }

    /** The same body without its texts. */
    public EventBody withoutText() {
        return text == null ? this : new EventBody(null, sha256());
    }

    /** Whether its SHA-256, as an unsigned number, is greater than that of the other one. */
    boolean isGreaterThan(EventBody other) {
        return !equals(other) && Arrays.compareUnsigned(sha256(), other.sha256()) > 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof EventBody body)) {
            return false;
        }
        boolean bothTexts = text != null && body.text != null;
        return bothTexts ? text().equals(body.text()) : Arrays.equals(sha256(), body.sha256());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sha256());
    }

    @Override
    public String toString() {
        return text != null ? text : "SHA-256 " + Arrays.toString(sha256);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
