package io.callweave.bridge.activity;

import io.callweave.feedgap.FeedGap;
import io.callweave.meter.Metric;
import io.callweave.notification.OtherEvent;
import io.callweave.notification.RejectReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the bridge does. {@link Metric} holds the names. How many series there are is bounded: tags have the values
 * of an enum, or the first 200 of the configured accounts; what senders make up has no series. Thread-safe.
 */
public final class BridgeMetrics {

    static final String NO_ACCOUNT = "none";
    static final String FURTHER_ACCOUNTS = "other";

    private static final int MOST_ACCOUNTS = 200;
    private static final double MILLIS_PER_SECOND = 1_000;

    /** From what a healthy answer takes up to what RingCentral allows. */
    private static final Duration[] ANSWER_TIMES = millis(5, 10, 25, 50, 100, 250, 500, 1_000, 2_000, 3_000);

    private static final Duration[] LAGS = millis(100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000);

    private final MeterRegistry registry;
    private final Counter disconnected;
    private final Counter stalled;
    private final Timer answerTime;
    private final Timer lag;
    private final Map<String, List<Meter>> ofAccount = new ConcurrentHashMap<>();

    public BridgeMetrics(MeterRegistry registry) {
        this.registry = registry;
        disconnected = Metric.BRIDGE_DISCONNECTED.counter(registry);
        stalled = Metric.BRIDGE_STALLED.counter(registry);
        answerTime = Metric.BRIDGE_ANSWER_TIME.timer(registry, ANSWER_TIMES);
        lag = Metric.BRIDGE_LAG.timer(registry, LAGS);
        for (OtherEvent kind : OtherEvent.values()) {
            Metric.BRIDGE_SKIPPED.counter(registry, kind.wireName());
        }
        for (FeedGap.Reason reason : FeedGap.Reason.values()) {
            Metric.BRIDGE_FEED_GAPS.counter(registry, reason.wireName());
        }
        Metric.BRIDGE_RELOAD_FAILED.counter(registry, Reloaded.ACCOUNTS.tag());
        Metric.BRIDGE_RELOAD_FAILED.counter(registry, Reloaded.CERTIFICATE.tag());
    }

    /** What is read again while the bridge runs. */
    public enum Reloaded {
        ACCOUNTS,
        CERTIFICATE;

        private String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public void watchConnections(Supplier<Number> open) {
        Metric.BRIDGE_CONNECTIONS.gauge(registry, open);
    }

    /** Shows when an account was heard last; only of the first ones. */
    void watch(String account, SilenceWatch watch, InstantSource clock) {
        if (ofAccount.size() >= MOST_ACCOUNTS) {
            return;
        }
        ofAccount.computeIfAbsent(
                account,
                id -> List.of(
                        Metric.BRIDGE_LAST_AGE.gauge(
                                registry, () -> (clock.millis() - watch.last()) / MILLIS_PER_SECOND, id),
                        Metric.BRIDGE_SILENT.gauge(registry, () -> watch.silent() ? 1 : 0, id)));
    }

    /** Shows how an account is connected; only of the first ones. */
    void watchConnection(String account, AccountActivity activity, InstantSource clock) {
        ofAccount.computeIfPresent(account, (id, meters) -> {
            List<Meter> all = new ArrayList<>(meters);
            all.add(Metric.BRIDGE_CONNECTION_PROBLEM.gauge(registry, () -> hasProblem(activity) ? 1 : 0, id));
            all.add(Metric.BRIDGE_SUBSCRIPTION_EXPIRES.gauge(registry, () -> expiresIn(activity, clock), id));
            return all;
        });
    }

    private static boolean hasProblem(AccountActivity activity) {
        ConnectionState state = activity.connection();
        return state != null && state.problem() != null;
    }

    private static double expiresIn(AccountActivity activity, InstantSource clock) {
        ConnectionState state = activity.connection();
        return state == null || state.expires() == null
                ? Double.NaN
                : Duration.between(clock.instant(), state.expires()).toSeconds();
    }

    void feedGap(FeedGap.Reason reason) {
        Metric.BRIDGE_FEED_GAPS.counter(registry, reason.wireName()).increment();
    }

    void forget(String account) {
        List<Meter> meters = ofAccount.remove(account);
        if (meters == null) {
            return;
        }
        meters.forEach(registry::remove);
        for (Answer answer : Answer.values()) {
            registry.remove(request(account, answer));
        }
    }

    /** @param account null if the path is nobody's */
    void answered(@Nullable String account, Answer answer, long nanos) {
        String tag = account == null ? NO_ACCOUNT : ofAccount.containsKey(account) ? account : FURTHER_ACCOUNTS;
        request(tag, answer).increment();
        answerTime.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Without a time: there was no head from which to count. */
    public void refused(Answer answer) {
        request(NO_ACCOUNT, answer).increment();
    }

    void disconnected() {
        disconnected.increment();
    }

    public void stalled(int connections) {
        stalled.increment(connections);
    }

    void skipped(OtherEvent kind) {
        Metric.BRIDGE_SKIPPED.counter(registry, kind.wireName()).increment();
    }

    void deadLettered(RejectReason reason) {
        Metric.BRIDGE_DEAD_LETTERED.counter(registry, reason.wireName()).increment();
    }

    void lag(long ms) {
        lag.record(ms, TimeUnit.MILLISECONDS);
    }

    public void reloadFailed(Reloaded what) {
        Metric.BRIDGE_RELOAD_FAILED.counter(registry, what.tag()).increment();
    }

    private Counter request(String account, Answer answer) {
        return Metric.BRIDGE_REQUESTS.counter(registry, account, answer.wireName());
    }

    private static Duration[] millis(long... millis) {
        Duration[] durations = new Duration[millis.length];
        for (int i = 0; i < millis.length; i++) {
            durations[i] = Duration.ofMillis(millis[i]);
        }
        return durations;
    }
}
