package io.callweave.notification;

import io.callweave.notification.json.KeptText;
import org.jspecify.annotations.Nullable;

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

    /** What is wrong with the id of a session; null if nothing is. */
    static @Nullable Rejection ofSession(@Nullable String id) {
        if (id != null && KeptText.isKept(id)) {
            return null;
        }
        String fault = id == null ? "is absent or empty." : "has " + KeptText.tooLong(id) + ".";
        return new Rejection(RejectReason.NO_TELEPHONY_SESSION_ID, "body.telephonySessionId " + fault);
    }
}
