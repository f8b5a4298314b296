package io.callweave.call.event;

import java.nio.ByteBuffer;
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

    /** Each event needs one, and to look for it among the security providers costs more than to use it. */
    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(EventBody::digest);

    private final @Nullable Sent sent;
    private @Nullable String text;
    private byte @Nullable [] sha256;

    /**
     * Where the texts are in a notification, so that they are neither decoded nor copied as long as nobody asks for them.
     *
     * @param ranges the begin of each text and the end of it, in their order
     */
    private record Sent(byte[] notification, int[] ranges) {

        private void digest(MessageDigest digest) {
            for (int i = 0; i < ranges.length; i += 2) {
                if (i > 0) {
                    digest.update((byte) SEPARATOR);
                }
                digest.update(notification, ranges[i], ranges[i + 1] - ranges[i]);
            }
        }

        private String text() {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < ranges.length; i += 2) {
                if (i > 0) {
                    text.append(SEPARATOR);
                }
                int length = ranges[i + 1] - ranges[i];
                text.append(new String(notification, ranges[i], length, StandardCharsets.UTF_8));
            }
            return text.toString();
        }
    }

    private EventBody(@Nullable Sent sent, @Nullable String text, byte @Nullable [] sha256) {
        this.sent = sent;
        this.text = text;
        this.sha256 = sha256;
    }

    /** A body as it was received. */
    public static EventBody of(String text) {
        return new EventBody(null, text, null);
    }

    /**
     * A body as it was received, in the bytes of its notification.
     *
     * @param notification UTF-8; it must not be changed later
     * @param ranges the begin of each text and the end of it, in their order
     */
    public static EventBody in(byte[] notification, int... ranges) {
        return new EventBody(new Sent(notification, ranges), null, null);
    }

    /** A body with a known SHA-256 and unknown texts. */
    public static EventBody ofSha256(byte[] sha256) {
        return new EventBody(null, null, sha256);
    }

    /** The SHA-256 of its UTF-8. Do not change the array. */
    public byte[] sha256() {
        byte[] known = sha256;
        if (known == null) {
            MessageDigest digest = DIGEST.get();
            if (sent != null) {
                sent.digest(digest);
            } else {
                digest.update(text().getBytes(StandardCharsets.UTF_8));
            }
            known = digest.digest();
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
        String known = text;
        if (known == null) {
            if (sent == null) {
                throw new IllegalStateException("Only the SHA-256 of this body is known.");
            }
            known = sent.text();
            text = known;
        }
        return known;
    }

    private boolean hasText() {
        return text != null || sent != null;
    }

    /** The party object as it was received; the texts must be there. */
    public String partyText() {
        String all = text();
        int end = all.indexOf(SEPARATOR);
        return end < 0 ? all : all.substring(0, end);
    }

    /** The same as UTF-8. Do not change it. */
    public ByteBuffer partyBytes() {
        return sent != null
                ? ByteBuffer.wrap(sent.notification(), sent.ranges()[0], sent.ranges()[1] - sent.ranges()[0])
                : ByteBuffer.wrap(partyText().getBytes(StandardCharsets.UTF_8));
    }

    /** The same body with texts of its own, so that the notification that it came in is not kept. */
    public EventBody detached() {
        return sent == null ? this : new EventBody(null, text(), sha256);
    }

    /** The same body without its texts. */
    public EventBody withoutText() {
        return hasText() ? new EventBody(null, null, sha256()) : this;
    }

    /** Whether its SHA-256, as an unsigned number, is greater than that of the other one. */
    public boolean isGreaterThan(EventBody other) {
        return Arrays.compareUnsigned(sha256(), other.sha256()) > 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EventBody body && Arrays.equals(sha256(), body.sha256());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sha256());
    }

    @Override
    public String toString() {
        return hasText() ? text() : "SHA-256 " + Arrays.toString(sha256);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
