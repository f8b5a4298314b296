package io.callweave.bridge.activity;

import io.callweave.feedgap.FeedGap;
import io.callweave.meter.Metric;
import io.callweave.notification.OtherEvent;
import io.callweave.notification.RejectReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Counts what the bridge does. {@link Metric} holds the names. How many series there are is bounded: what senders make up has
 * none, and {@link AccountSeries} limits the accounts. Thread-safe.
 */
public final class BridgeMetrics {

    /** From what a healthy answer takes up to what RingCentral allows. */
    private static final Duration[] ANSWER_TIMES = millis(5, 10, 25, 50, 100, 250, 500, 1_000, 2_000, 3_000);

    private static final Duration[] LAGS = millis(100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000);

    private final MeterRegistry registry;
    private final Counter disconnected;
    private final Counter stalled;
    private final Timer answerTime;
    private final Timer lag;

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
        for (RejectReason reason : RejectReason.values()) {
            Metric.BRIDGE_DEAD_LETTERED.counter(registry, reason.wireName());
        }
        for (Recording outcome : Recording.values()) {
            Metric.BRIDGE_RECORDINGS.counter(registry, outcome.wireName);
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

    /** What became of a request for a recording. */
    public enum Recording {
        READY("ready"),
        MISSING("missing"),
        FAILED("failed"),
        GIVEN_UP("givenUp");

        private final String wireName;

        Recording(String wireName) {
            this.wireName = wireName;
        }
    }

    /** Recordings of calls that are not ready yet. */
    public void watchRecordings(Supplier<Number> open) {
        Metric.BRIDGE_RECORDINGS_OPEN.gauge(registry, open);
    }

    public void recording(Recording outcome) {
        Metric.BRIDGE_RECORDINGS.counter(registry, outcome.wireName).increment();
    }

    public void watchConnections(Supplier<Number> open) {
        Metric.BRIDGE_CONNECTIONS.gauge(registry, open);
    }

    /** The series of these accounts. */
    AccountSeries accounts(int most, InstantSource clock, Map<String, AccountActivity> all) {
        return new AccountSeries(registry, most, clock, all);
    }

    /** @param account its label */
    void ended(String account, String transport, String outcome) {
        Metric.BRIDGE_NOTIFICATIONS
                .counter(registry, account, transport, outcome)
                .increment();
    }

    void feedGap(FeedGap.Reason reason) {
        Metric.BRIDGE_FEED_GAPS.counter(registry, reason.wireName()).increment();
    }

    /** A request has its answer. */
    public void answered(long nanos) {
        answerTime.record(nanos, TimeUnit.NANOSECONDS);
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

    private static Duration[] millis(long... millis) {
        Duration[] durations = new Duration[millis.length];
        for (int i = 0; i < millis.length; i++) {
            durations[i] = Duration.ofMillis(millis[i]);
        }
        return durations;
    }
}
