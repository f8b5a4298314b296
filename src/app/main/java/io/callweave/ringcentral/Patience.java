package io.callweave.ringcentral;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.function.CheckedSupplier;
import java.time.Duration;

/**
 * How often and after which wait a request is sent again: with growing waits that differ at random, so that many clients do
 * not come back at the same moment. RingCentral's {@code Retry-After} counts, unless it is shorter than the first wait.
 *
 * @param first wait
 * @param longest wait, unless RingCentral asks for more
 * @param retries after the first attempt; -1 for no limit
 * @param mostAsked if RingCentral asks for more, the request fails, and its sender can say why it waits
 */
public record Patience(Duration first, Duration longest, int retries, Duration mostAsked) {

    private static final Duration ANY = Duration.ofDays(1);

    /** What RingCentral advises for servers: 2 s, doubled, five times. */
    public static final Patience OF_SERVERS = new Patience(Duration.ofSeconds(2), Duration.ofSeconds(60), 5);

    /** For people who wait. */
    public static final Patience OF_PEOPLE =
            new Patience(Duration.ofSeconds(1), Duration.ofSeconds(4), 2, Duration.ofSeconds(5));

    /** For requests of a thread that serves one account after the other: a penalty has a minute. */
    public static final Patience OF_CARES =
            new Patience(OF_SERVERS.first(), OF_SERVERS.longest(), OF_SERVERS.retries(), Duration.ofMinutes(1));

    /** For requests of a feed, which repeats what has failed, and says what it waits for. */
    public static final Patience OF_FEEDS =
            new Patience(OF_SERVERS.first(), OF_SERVERS.longest(), OF_SERVERS.retries(), Duration.ofSeconds(5));

    /** For requests that somebody else repeats. */
    public static final Patience NONE = new Patience(OF_SERVERS.first(), OF_SERVERS.longest(), 0, Duration.ZERO);

    private static final double JITTER = 0.3;

    /** What Failsafe takes for: by backoff. */
    private static final Duration BY_BACKOFF = Duration.ofNanos(-1);

    /** However long RingCentral asks to wait. */
    public Patience(Duration first, Duration longest, int retries) {
        this(first, longest, retries, ANY);
    }

    /**
     * Does it until it succeeds, fails for good, or too often.
     *
     * @throws RingCentralException the last failure
     */
    public <T> T insist(CheckedSupplier<T> attempt) {
        RetryPolicy<T> policy = RetryPolicy.<T>builder()
                .handleIf(this::isRepeated)
                .withBackoff(first, longest)
                .withJitter(JITTER)
                .withMaxRetries(retries)
                .withDelayFnOn(context -> retryAfter(context.getLastException()), RingCentralException.class)
                .build();
        try {
            return Failsafe.with(policy).get(attempt);
        } catch (FailsafeException e) {
            if (e.getCause() instanceof InterruptedException) {
                Thread.currentThread().interrupt();
                throw new RingCentralException(
                        RingCentralException.Trouble.UNAVAILABLE, "The wait for RingCentral was interrupted.", null, e);
            }
            throw e;
        }
    }

    private boolean isRepeated(Throwable failure) {
        return failure instanceof RingCentralException refusal
                && refusal.passes()
                && (refusal.retryAfter() == null || refusal.retryAfter().compareTo(mostAsked) <= 0);
    }

    /** A shorter one would repeat without a pause, and without an end where there is no limit. */
    private Duration retryAfter(RingCentralException failure) {
        Duration asked = failure.retryAfter();
        return asked == null || asked.compareTo(first) < 0 ? BY_BACKOFF : asked;
    }
}
