package io.callweave.cli.simulate;

import io.callweave.platform.PlatformServer;
import io.callweave.sending.Delivered;
import io.callweave.sending.Destination;
import io.callweave.simulation.truth.CallTruth;
import java.util.Map;
import java.util.TreeMap;

/** Hands notifications to a simulated platform, which sends them to its subscriptions. */
final class PlatformDestination implements Destination {

    private final PlatformServer platform;
    private long published;

    /** @param platform closed with this */
    PlatformDestination(PlatformServer platform) {
        this.platform = platform;
    }

    int subscriptions() {
        return platform.subscriptions();
    }

    /** One line: where it is, and how to sign in. */
    String introduction() {
        return "The simulated platform is at " + platform.address()
                + "; account N signs in with client-N, secret-N and jwt-N. The calls begin with the first subscription.";
    }

    /** The call is over; false if a client took control of it. */
    boolean ended(CallTruth call) {
        return platform.ended(call);
    }

    @Override
    public void send(byte[] notification) {
        platform.publish(notification);
        published++;
    }

    @Override
    public Delivered finish() {
        return new Delivered(published, 0, new TreeMap<>(Map.of("sent", platform.sent(), "taken", platform.taken())));
    }

    @Override
    public void close() {
        platform.close();
    }
}
