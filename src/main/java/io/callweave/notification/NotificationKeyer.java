package io.callweave.notification;

/**
 * What keys a notification, without reading what it says: the bridge's part of the work. It gives the same answers as {@link
 * NotificationReader} as far as it goes. Thread-safe.
 */
public final class NotificationKeyer {

    private final int maxBytes;

    public NotificationKeyer() {
        this(NotificationReader.DEFAULT_MAX_BYTES);
    }

    /** @param maxBytes the size up to which notifications are taken */
    public NotificationKeyer(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Never throws. */
    public Keying key(byte[] value) {
        try {
            NotificationScan scan = NotificationScan.of(value, maxBytes, true);
            return scan instanceof NotificationScan.Found found
                    ? keying(found.envelope())
                    : new Keying.Unkeyed(((NotificationScan.Refused) scan).rejection(), null, null);
        } catch (RuntimeException e) {
            return new Keying.Unkeyed(Rejection.internalError(e), null, null);
        }
    }

    private static Keying keying(Envelope envelope) {
        Known known = envelope.known();
        OtherEvent other = envelope.otherEvent();
        if (other != null) {
            return new Keying.Skipped(other, known.account(), known.timestamp());
        }
        String session = known.telephonySessionId();
        return session != null
                ? new Keying.Keyed(session, known.account(), known.timestamp())
                : new Keying.Unkeyed(Rejection.noTelephonySessionId(), known.account(), known.timestamp());
    }
}
