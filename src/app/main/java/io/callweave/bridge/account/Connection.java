package io.callweave.bridge.account;

import io.callweave.ringcentral.Credentials;
import io.callweave.ringcentral.TelephonyFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the bridge gets notifications of an account by itself.
 *
 * @param filters of the subscription
 * @param names whether names of extensions are read from the company directory
 * @param verificationToken for a new webhook subscription; null for none
 */
public record Connection(
        Credentials credentials,
        List<TelephonyFilter> filters,
        Way way,
        boolean names,
        @Nullable String verificationToken) {

    /** The transport of RingCentral's. */
    public enum Way {
        WEBHOOK,
        WEBSOCKET,
        PUBNUB
    }

    public Connection {
        filters = List.copyOf(filters);
    }

    /** Shows no secrets. */
    @Override
    public String toString() {
        return "Connection[" + credentials + ", " + way + "]";
    }
}
