package io.callweave.notification;

/**
 * Why a notification, or a part of it, cannot be used.
 *
 * @param detail one sentence for the reader of the dead letter. It names fields and positions, never their values:
 *     those can be phone numbers and names of people
 */
public record Rejection(RejectReason reason, String detail) {

    /**
     * A failure of Callweave itself. Only the type of the exception is given, because its message may quote the
     * notification.
     */
    public static Rejection internalError(Throwable failure) {
        return new Rejection(
                RejectReason.INTERNAL_ERROR,
                "Reading failed with " + failure.getClass().getSimpleName() + ".");
    }

    /** A later fact that has waited long enough. */
    public static Rejection noSession() {
        return new Rejection(RejectReason.NO_SESSION, "No session was seen in time that it certainly belongs to.");
    }

    /** What comes for a call that is closed. */
    public static Rejection tooLate() {
        return new Rejection(
                RejectReason.TOO_LATE,
                "Its call was closed: nothing had changed it for the late window; or it began before what is kept.");
    }

    static Rejection noTelephonySessionId() {
        return new Rejection(RejectReason.NO_TELEPHONY_SESSION_ID, "body.telephonySessionId is absent or empty.");
    }
}
