package io.callweave.bridge;

import io.callweave.notification.NotificationKeyer;

/** Tells the key of a notification from its bytes. */
@FunctionalInterface
public interface Keying {

    /** Never throws; what cannot be keyed is an answer too. */
    Keyed key(byte[] value);

    /** By the notification itself. */
    static Keying of(NotificationKeyer keyer) {
        return value -> {
            io.callweave.notification.Keying keying = keyer.key(value);
            if (keying instanceof io.callweave.notification.Keying.Keyed keyed) {
                return new Keyed.Session(keyed.telephonySessionId(), keyed.account(), keyed.timestamp());
            }
            if (keying instanceof io.callweave.notification.Keying.Skipped skipped) {
                return new Keyed.Skipped(skipped.kind().wireName());
            }
            return new Keyed.Refused(((io.callweave.notification.Keying.Unkeyed) keying)
                    .rejection()
                    .reason()
                    .wireName());
        };
    }
}
