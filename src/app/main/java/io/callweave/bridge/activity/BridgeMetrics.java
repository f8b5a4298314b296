package io.callweave.bridge.activity;

import io.callweave.feedgap.FeedGap;
import io.callweave.notification.OtherEvent;
import io.callweave.notification.RejectReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
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
 * Counts what the bridge does. {@link BridgeMetric} holds the names. How many series there are is bounded: tags have the values
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
        disconnected = counter(BridgeMetric.DISCONNECTED);
        stalled = counter(BridgeMetric.STALLED);
        answerTime = timer(BridgeMetric.ANSWER_TIME, ANSWER_TIMES);
        lag = timer(BridgeMetric.LAG, LAGS);
        for (OtherEvent kind : OtherEvent.values()) {
            counter(BridgeMetric.SKIPPED, kind.wireName());
        }
        for (FeedGap.Reason reason : FeedGap.Reason.values()) {
            counter(BridgeMetric.FEED_GAPS, reason.wireName());
        }
        counter(BridgeMetric.RELOAD_FAILED, Reloaded.ACCOUNTS.tag());
        counter(BridgeMetric.RELOAD_FAILED, Reloaded.CERTIFICATE.tag());
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
        gauge(BridgeMetric.CONNECTIONS, open);
    }

    /** Shows when an account was heard last; only of the first ones. */
    void watch(String account, SilenceWatch watch, InstantSource clock) {
        if (ofAccount.size() >= MOST_ACCOUNTS) {
            return;
        }
        ofAccount.computeIfAbsent(
                account,
                id -> List.of(
                        gauge(BridgeMetric.LAST_AGE, () -> (clock.millis() - watch.last()) / MILLIS_PER_SECOND, id),
                        gauge(BridgeMetric.SILENT, () -> watch.silent() ? 1 : 0, id)));
    }

    /** Shows how an account is connected; only of the first ones. */
    void watchConnection(String account, AccountActivity activity, InstantSource clock) {
        ofAccount.computeIfPresent(account, (id, meters) -> {
            List<Meter> all = new ArrayList<>(meters);
            all.add(gauge(BridgeMetric.CONNECTION_PROBLEM, () -> hasProblem(activity) ? 1 : 0, id));
            all.add(gauge(BridgeMetric.SUBSCRIPTION_EXPIRES, () -> expiresIn(activity, clock), id));
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
        counter(BridgeMetric.FEED_GAPS, reason.wireName()).increment();
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
        counter(BridgeMetric.SKIPPED, kind.wireName()).increment();
    }

    void deadLettered(RejectReason reason) {
        counter(BridgeMetric.DEAD_LETTERED, reason.wireName()).increment();
    }

    void lag(long ms) {
        lag.record(ms, TimeUnit.MILLISECONDS);
    }

    public void reloadFailed(Reloaded what) {
        counter(BridgeMetric.RELOAD_FAILED, what.tag()).increment();
    }

    private Counter request(String account, Answer answer) {
        return counter(BridgeMetric.REQUESTS, account, answer.wireName());
    }

    /** The same one each time for the same tags. */
    private Counter counter(BridgeMetric metric, String... values) {
        return Counter.builder(metric.meterName())
                .description(metric.meaning())
                .tags(tags(metric, values))
                .register(registry);
    }

    private Gauge gauge(BridgeMetric metric, Supplier<Number> value, String... values) {
        return Gauge.builder(metric.meterName(), value)
                .description(metric.meaning())
                .tags(tags(metric, values))
                .register(registry);
    }

    private Timer timer(BridgeMetric metric, Duration[] buckets) {
        return Timer.builder(metric.meterName())
                .description(metric.meaning())
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    private static String[] tags(BridgeMetric metric, String... values) {
        String[] tags = new String[values.length * 2];
        for (int i = 0; i < values.length; i++) {
            tags[2 * i] = metric.tags().get(i);
            tags[2 * i + 1] = values[i];
        }
        return tags;
    }

    private static Duration[] millis(long... millis) {
        Duration[] durations = new Duration[millis.length];
        for (int i = 0; i < millis.length; i++) {
            durations[i] = Duration.ofMillis(millis[i]);
        }
        return durations;
    }
}
