package io.callweave.runtime;

import java.io.PrintWriter;
import java.util.function.Supplier;

/** Runs a role until a signal stops it or it fails, and says on stderr where it is. */
public final class RoleRun {

    private RoleRun() {}

    /**
     * Starts a role and waits until it has ended.
     *
     * @param start of the role; what it throws is thrown here. The role is closed here.
     * @return whether a signal ended it; if not, it failed
     */
    public static boolean untilItEnds(PrintWriter messages, Supplier<? extends RunningRole> start) {
        try (StopSignal stop = StopSignal.heed()) {
            RunningRole role;
            stop.interrupts(Thread.currentThread());
            try {
                role = start.get();
            } catch (RuntimeException e) {
                if (stop.requested()) {
                    return true;
                }
                throw e;
            } finally {
                stop.interrupts(null);
            }
            try (role) {
                String name = role.parts().name();
                role.offers().forEach(offer -> messages.println("callweave: " + offer));
                String http = role.httpAddress();
                messages.println("callweave: " + name + " starts; health and metrics: " + http
                        + "/health/ready, /metrics; all pages: " + http + "/");
                var unused = role.parts().running().thenAccept(works -> {
                    if (works) {
                        messages.println("callweave: " + name + " runs.");
                    }
                });
                stop.awaitOr(role.parts().ended());
                if (stop.requested()) {
                    return true;
                }
                messages.println("callweave: " + name + " failed; the log says why.");
                return false;
            }
        }
    }
}
