package io.callweave.cli.simulate;

import io.callweave.platform.PlatformServer;
import io.callweave.sending.Delivered;
import io.callweave.sending.Destination;
import io.callweave.simulation.truth.CallTruth;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/** Hands notifications to a simulated platform, which sends them to its subscriptions. */
final class PlatformDestination implements Destination {

    private static final long POLL_MS = 100;

    private final PlatformServer platform;
    private long published;

    /** @param platform closed with this */
    PlatformDestination(PlatformServer platform) {
        this.platform = platform;
    }

    /**
     * Waits until there are so many subscriptions: what happens before them is lost to everybody.
     *
     * @return false if somebody wants it to end
     */
    boolean awaitSubscriptions(int count, PrintWriter messages) {
        messages.println("callweave: The simulated platform is at " + platform.address()
                + "; account N signs in with client-N, secret-N and jwt-N. Calls begin with the first subscription.");
        messages.flush();
        try {
            while (platform.subscriptions() < count) {
                Thread.sleep(POLL_MS);
            }
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Serves until somebody wants it to end. */
    void serveOn(PrintWriter messages) {
        messages.println("callweave: All calls are over; the platform serves until it is stopped.");
        messages.flush();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException stopped) {
            // As it was asked to.
        }
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
