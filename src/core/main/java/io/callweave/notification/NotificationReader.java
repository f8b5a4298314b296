package io.callweave.notification;

import io.callweave.notification.json.UnknownFields;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the bytes of one notification into party events or a later fact, or says why it cannot. Thread-safe. */
public final class NotificationReader {

    private final NotificationLimits limits;
    private final UnknownFields unknown;

    public NotificationReader() {
        this(NotificationLimits.DEFAULT);
    }

    public NotificationReader(NotificationLimits limits) {
        this(limits, UnknownFields.IGNORED);
    }

    /** @param unknown hears of fields of parties that are not known; from any thread that reads */
    public NotificationReader(NotificationLimits limits, UnknownFields unknown) {
        this.limits = limits;
        this.unknown = unknown;
    }

    /** Reads a notification without a known receiving account. */
    public ParseResult read(byte[] value) {
        return read(value, null);
    }

    /**
     * Never throws: for any bytes it cannot use, it returns a reason.
     *
     * @param receivingAccount the account that received it, for a notification that names none; null if unknown
     */
    public ParseResult read(byte[] value, @Nullable String receivingAccount) {
        try {
            NotificationScan scan = NotificationScan.of(value, limits.maxBytes(), limits.maxParties());
            return scan instanceof NotificationScan.Found found
                    ? new EnvelopeReader(value, found.envelope(), receivingAccount, limits, unknown).read()
                    : new ParseResult.Rejected(EnvelopeIds.NOTHING, ((NotificationScan.Refused) scan).rejection());
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return new ParseResult.Rejected(EnvelopeIds.NOTHING, Rejection.internalError(e));
        }
    }
}
