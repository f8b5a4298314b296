package io.callweave.files;

import org.jspecify.annotations.Nullable;

/**
 * One line of a file of notifications.
 *
 * @see FileNotifications
 */
public final class NotificationLine {

    private final byte[] value;
    private final String file;
    private final long number;
    private final @Nullable Long receivedAt;

    /**
     * A line.
     *
     * @param value not copied
     * @param file names where it comes from
     * @param number of the line, from 1
     */
    public NotificationLine(byte[] value, String file, long number) {
        this(value, file, number, null);
    }

    /**
     * The same, of which the receipt is known.
     *
     * @param receivedAt in milliseconds since the epoch; null if only the line itself says something about it
     */
    public NotificationLine(byte[] value, String file, long number, @Nullable Long receivedAt) {
        this.value = value;
        this.file = file;
        this.number = number;
        this.receivedAt = receivedAt;
    }

    /** The bytes as they are in the file, without the line's end. Not a copy. */
    public byte[] value() {
        return value;
    }

    /** The file, by the name that the user gave, and the line, such as {@code kinds.ndjson:17}. */
    public String source() {
        return file + ":" + number;
    }

    /** When it was received, in milliseconds since the epoch; null if that is not known. */
    public @Nullable Long receivedAt() {
        return receivedAt;
    }

    @Override
    public String toString() {
        return source();
    }
}
