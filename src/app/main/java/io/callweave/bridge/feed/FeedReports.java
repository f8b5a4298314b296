package io.callweave.bridge.feed;

import io.callweave.bridge.activity.ConnectionState;
import io.callweave.bridge.transport.BridgeServices;
import io.callweave.feedgap.FeedGap;
import io.callweave.ringcentral.RingCentralException;
import io.callweave.ringcentral.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a feed says: how its account is connected, and in which time notifications may be missing. */
public final class FeedReports {

    private static final Logger LOG = LoggerFactory.getLogger(FeedReports.class);
    private static final Duration RETRY = Duration.ofMillis(100);

    /** Filters in a sentence. */
    private static final int MOST_NAMED = 5;

    private static final int LONGEST_FILTER = 200;

    private final BridgeServices services;
    private final String account;
    private final String transport;

    /** @param transport as it is in the records' header */
    public FeedReports(BridgeServices services, String account, String transport) {
        this.services = services;
        this.account = account;
        this.transport = transport;
    }

    /** Of a failure: whether it passes by itself, and the sentence. */
    public void failure(RingCentralException failure) {
        state(failure.passes() ? "failing" : "refused", failure.getMessage(), null);
    }

    /**
     * How the account is connected from now on.
     *
     * @param problem one sentence; null if there is none
     * @param expires when RingCentral's subscription ends; null if it does not
     */
    public void state(String state, @Nullable String problem, @Nullable Instant expires) {
        services.activity()
                .connection(
                        account,
                        new ConnectionState(transport, state, services.clock().instant(), problem, expires));
        if (problem == null) {
            LOG.atInfo()
                    .setMessage("The feed of an account.")
                    .addKeyValue("account", account)
                    .addKeyValue("transport", transport)
                    .addKeyValue("state", state)
                    .log();
        }
    }

    /** What is wrong with a subscription that delivers; null if nothing is, or the subscription is not known. */
    public static @Nullable String problem(@Nullable Subscription subscription) {
        if (subscription == null || subscription.disabledFilters().isEmpty()) {
            return null;
        }
        List<String> disabled = subscription.disabledFilters();
        String named = disabled.stream()
                .limit(MOST_NAMED)
                .map(filter -> filter.length() <= LONGEST_FILTER ? filter : filter.substring(0, LONGEST_FILTER))
                .collect(Collectors.joining(", "));
        int more = disabled.size() - MOST_NAMED;
        return "RingCentral does not deliver " + named + (more > 0 ? " and " + more + " more" : "")
                + ", because a permission is missing.";
    }

    /** Returns when the record of the gap is safe: until then it could be lost with this process. */
    public void gap(long from, long to, FeedGap.Reason reason) throws InterruptedException {
        FeedGap gap = new FeedGap(account, transport, from, Math.max(from, to), reason);
        services.gaps().announce(gap);
        while (!services.gaps().keep(gap).join()) {
            // Kafka does not say when it can be written again.
            Thread.sleep(RETRY.toMillis());
        }
    }
}
