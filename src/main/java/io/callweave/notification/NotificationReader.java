package io.callweave.notification;

/** Turns the bytes of one notification into party events, or tells why it cannot. Thread-safe. */
public final class NotificationReader {

    public static final int DEFAULT_MAX_BYTES = 1024 * 1024;

    private final int maxBytes;

    public NotificationReader() {
        this(DEFAULT_MAX_BYTES);
    }

    /** @param maxBytes the size up to which notifications are taken */
    public NotificationReader(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Never throws: whatever the bytes are, there is a reason to put on them. */
    public Reading read(byte[] value) {
        try {
            NotificationScan scan = NotificationScan.of(value, maxBytes, false);
            return scan instanceof NotificationScan.Found found
                    ? new EnvelopeReader(found.envelope(), maxBytes).read()
                    : new Reading.Rejected(Known.NOTHING, ((NotificationScan.Refused) scan).rejection());
        } catch (RuntimeException | StackOverflowError e) {
            return new Reading.Rejected(Known.NOTHING, Rejection.internalError(e));
        }
    }
}
