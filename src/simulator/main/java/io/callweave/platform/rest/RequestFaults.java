package io.callweave.platform.rest;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Errors on demand: the next requests to some paths are refused. */
public final class RequestFaults {

    /**
     * A refusal to come.
     *
     * @param path the beginning of the paths it is for
     * @param status the HTTP status: 401, 429, 503 or any other error
     * @param times how many requests are refused
     * @param retryAfter in seconds, for 429 and 503; 0 for no header
     */
    public record Refusal(String path, int status, int times, int retryAfter) {}

    private final List<Refusal> refusals = new ArrayList<>();

    public synchronized void refuse(Refusal refusal) {
        refusals.add(refusal);
    }

    /**
     * Lets a request pass.
     *
     * @throws PlatformError if a request to this path is to be refused
     */
    public synchronized void check(String path) {
        for (Iterator<Refusal> all = refusals.iterator(); all.hasNext(); ) {
            Refusal one = all.next();
            if (path.startsWith(one.path())) {
                all.remove();
                if (one.times() > 1) {
                    refusals.add(new Refusal(one.path(), one.status(), one.times() - 1, one.retryAfter()));
                }
                throw error(one);
            }
        }
    }

    private static PlatformError error(Refusal refusal) {
        PlatformError error = switch (refusal.status()) {
            case 401 -> PlatformError.token("TokenInvalid", "OAU-213", "Token not found");
            case 429 -> new PlatformError(429, "CMN-301", "Request rate exceeded");
            case 503 -> new PlatformError(503, "CMN-201", "Service Temporary Unavailable");
            default -> new PlatformError(refusal.status(), "CMN-203", "Internal Server Error");
        };
        return refusal.retryAfter() > 0 ? error.header("Retry-After", Integer.toString(refusal.retryAfter())) : error;
    }
}
