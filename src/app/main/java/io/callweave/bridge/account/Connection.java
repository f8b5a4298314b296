package io.callweave.bridge.account;

import io.callweave.call.fact.FactKind;
import io.callweave.ringcentral.Credentials;
import io.callweave.ringcentral.FurtherEvents;
import io.callweave.ringcentral.TelephonyFilter;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the bridge gets notifications of an account by itself.
 *
 * @param filters of the subscription
 * @param names whether names of extensions are read from the company directory
 * @param artifacts what is to come after calls
 * @param verificationToken for a new webhook subscription; null for none
 */
public record Connection(
        Credentials credentials,
        List<TelephonyFilter> filters,
        Way way,
        boolean names,
        Set<FactKind> artifacts,
        @Nullable String verificationToken) {

    /** The transport of RingCentral's. */
    public enum Way {
        WEBHOOK,
        WEBSOCKET,
        PUBNUB
    }

    public Connection {
        filters = List.copyOf(filters);
        artifacts = Set.copyOf(artifacts);
    }

    /** The events beside those of calls, without mailboxes yet. */
    public FurtherEvents further() {
        return FurtherEvents.of(names, artifacts);
    }

    /** Shows no secrets. */
    @Override
    public String toString() {
        return "Connection[" + credentials + ", " + way + "]";
    }
}
