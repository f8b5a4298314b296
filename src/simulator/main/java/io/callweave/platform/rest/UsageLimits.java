package io.callweave.platform.rest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Rate limits as RingCentral applies them: requests in a sliding minute, then a penalty of a minute that each request in
 * it starts again.
 */
public final class UsageLimits {

    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final Duration PENALTY = Duration.ofSeconds(60);

    private record Key(String user, UsageGroup group) {}

    private static final class Usage {
        private final ArrayDeque<Instant> requests = new ArrayDeque<>();
        private Instant penaltyUntil = Instant.MIN;
    }

    private final Clock clock;
    private final boolean applied;
    private final Duration window;
    private final Duration penalty;
    private final Map<Key, Usage> usages = new HashMap<>();

    /**
     * @param applied whether there are limits at all
     * @param speed how many times shorter than RingCentral's windows and penalties are
     */
    public UsageLimits(Clock clock, boolean applied, double speed) {
        this.clock = clock;
        this.applied = applied;
        window = Duration.ofMillis(Math.round(WINDOW.toMillis() / speed));
        penalty = Duration.ofMillis(Math.round(PENALTY.toMillis() / speed));
    }

    /**
     * Counts a request.
     *
     * @param user an extension with an application
     * @return the headers of the answer
     * @throws PlatformError 429 with Retry-After
     */
    public synchronized Map<String, String> count(String user, UsageGroup group) {
        if (!applied) {
            return Map.of();
        }
        Instant now = clock.instant();
        Usage usage = usages.computeIfAbsent(new Key(user, group), key -> new Usage());
        while (!usage.requests.isEmpty()
                && !usage.requests.peekFirst().plus(window).isAfter(now)) {
            usage.requests.removeFirst();
        }
        if (now.isBefore(usage.penaltyUntil) || usage.requests.size() >= group.limit()) {
            usage.penaltyUntil = now.plus(penalty);
            PlatformError error = tooMany(penalty);
            headers(group, 0).forEach(error::header);
            throw error;
        }
        usage.requests.addLast(now);
        return headers(group, group.limit() - usage.requests.size());
    }

    static PlatformError tooMany(Duration retryAfter) {
        return new PlatformError(429, "CMN-301", "Request rate exceeded").header("Retry-After", inSeconds(retryAfter));
    }

    private Map<String, String> headers(UsageGroup group, int remaining) {
        return Map.of(
                "X-Rate-Limit-Group", group.word(),
                "X-Rate-Limit-Limit", Integer.toString(group.limit()),
                "X-Rate-Limit-Remaining", Integer.toString(remaining),
                "X-Rate-Limit-Window", inSeconds(window));
    }

    /** Rounded up: headers have whole seconds. */
    private static String inSeconds(Duration time) {
        return Long.toString(Math.max(1, (time.toMillis() + 999) / 1000));
    }
}
