package io.callweave.bridge.websocket;

import io.callweave.ringcentral.gateway.Frame;
import io.callweave.value.Timestamps;
import java.time.format.DateTimeParseException;

/**
 * What RingCentral delivers after a recovery. It keeps the last so many notifications of a session; as many as it keeps can be
 * the rest of more.
 */
final class MissedNotifications {

    private final long connectedAt;
    private final int most;
    private int missed;
    private boolean over;

    /**
     * Begins to count.
     *
     * @param connectedAt what was sent before is from the buffer; in milliseconds since the epoch
     * @param most notifications that RingCentral keeps
     */
    MissedNotifications(long connectedAt, int most) {
        this.connectedAt = connectedAt;
        this.most = most;
    }

    /** Whether the buffer was full with this one; true once at most. */
    boolean isFullWith(Frame notification) {
        if (over) {
            return false;
        }
        over = sentAt(notification) >= connectedAt;
        missed += over ? 0 : 1;
        if (missed >= most) {
            over = true;
            return true;
        }
        return false;
    }

    /** In milliseconds since the epoch; without a readable time, the notification counts as a new one. */
    private static long sentAt(Frame notification) {
        try {
            return Timestamps.millis(notification.sentAt());
        } catch (DateTimeParseException noTime) {
            return Long.MAX_VALUE;
        }
    }
}
