package io.callweave.notification;

import java.util.Objects;

/**
 * Reads only the key of a notification, for the bridge. The answers agree with {@link NotificationReader}. Thread-safe.
 */
public final class NotificationKeyer {

    private final int maxBytes;

    public NotificationKeyer() {
        this(NotificationLimits.DEFAULT.maxBytes());
    }

    /** @param maxBytes the largest notification that is accepted */
    public NotificationKeyer(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Never throws. */
    public RoutingResult key(byte[] value) {
        try {
            NotificationScan scan = NotificationScan.of(value, maxBytes, 0);
            return scan instanceof NotificationScan.Found found
                    ? keying(found.envelope())
                    : new RoutingResult.Unkeyed(((NotificationScan.Refused) scan).rejection(), null, null);
        } catch (RuntimeException | StackOverflowError e) {
            return new RoutingResult.Unkeyed(Rejection.internalError(e), null, null);
        }
    }

    private static RoutingResult keying(Envelope envelope) {
        EnvelopeIds known = envelope.known();
        OtherEvent other = envelope.otherEvent();
        FactPath fact = other == null ? null : envelope.fact();
        if (fact != null) {
            EnvelopeIds ofFact = envelope.knownOfFact(fact);
            return new RoutingResult.OfFact(fact.kind(), ofFact.keptSession(), ofFact.account(), ofFact.timestamp());
        }
        if (other != null) {
            return new RoutingResult.Skipped(other, known.account(), known.timestamp());
        }
        String session = known.telephonySessionId();
        Rejection ofSession = Rejection.ofSession(session);
        return session != null && ofSession == null
                ? new RoutingResult.Keyed(session, known.account(), known.timestamp())
                : new RoutingResult.Unkeyed(Objects.requireNonNull(ofSession), known.account(), known.timestamp());
    }
}
