package io.callweave.local;

/**
 * One line of a file of notifications.
 *
 * @see FileNotifications
 */
public final class NotificationLine {

    private final byte[] value;
    private final String file;
    private final long number;

    /**
     * A line.
     *
     * @param value not copied
     * @param file names where it comes from
     * @param number of the line, from 1
     */
    public NotificationLine(byte[] value, String file, long number) {
        this.value = value;
        this.file = file;
        this.number = number;
    }

    /** The bytes as they are in the file, without the line's end. Not a copy. */
    public byte[] value() {
        return value;
    }

    /** The file, by the name that the user gave, and the line, such as {@code kinds.ndjson:17}. */
    public String source() {
        return file + ":" + number;
    }

    @Override
    public String toString() {
        return source();
    }
}
