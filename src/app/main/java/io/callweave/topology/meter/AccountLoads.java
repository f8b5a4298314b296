package io.callweave.topology.meter;

import io.callweave.meter.Metric;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which accounts take how much of this instance, as of the last ten seconds. Senders make up accounts, so only the largest are
 * shown: the first, and up to nine more that take a hundredth of a core.
 */
public final class AccountLoads {

    private static final int MOST = 10;

    /** Characters; RingCentral's have about ten. */
    private static final int LONGEST_NAME = 100;

    private static final double LEAST_SHARE = 0.01;
    private static final long INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1_000;

    private static final Comparator<Load> BY_SHARE =
            Comparator.comparingDouble(Load::share).reversed().thenComparing(Load::account);

    private final MultiGauge rates;
    private final MultiGauge lags;
    private final MultiGauge shares;

    /** By home partition; an account is in one of them only. */
    private final Map<Integer, List<Load>> loads = new ConcurrentHashMap<>();

    /** The accounts that are shown. */
    private final Map<String, Shown> shown = new HashMap<>();

    /**
     * What an account took.
     *
     * @param perSecond notifications
     * @param lagSeconds the longest time from receipt until the stage had worked on it
     * @param share of one core
     */
    record Load(String account, double perSecond, double lagSeconds, double share) {}

    /** A series of each metric is registered once and reads this: one that is replaced while others scrape is there twice. */
    private static final class Shown {
        private volatile Load load;

        private Shown(Load load) {
            this.load = load;
        }
    }

    AccountLoads(MeterRegistry registry) {
        rates = Metric.ACCOUNT_RATE.gauges(registry);
        lags = Metric.ACCOUNT_LAG.gauges(registry);
        shares = Metric.ACCOUNT_SHARE.gauges(registry);
    }

    /** For the stream thread of a home partition, which alone uses it. */
    public Home home(int partition) {
        return new Home(partition);
    }

    /** What one home partition did since it last told of it. */
    public final class Home {

        private final int partition;
        private final Map<String, Work> works = new HashMap<>();
        private boolean begun;
        private long since;

        private Home(int partition) {
            this.partition = partition;
        }

        /**
         * The stage has worked on a notification.
         *
         * @param account null if it names none
         * @param nanos how long it took
         * @param lagMillis since its receipt
         */
        public void worked(@Nullable String account, long nanos, long lagMillis) {
            // A longer name is not that of an account. Anybody can send one, and each would become a series.
            if (account != null && account.length() <= LONGEST_NAME) {
                Work work = works.computeIfAbsent(account, added -> new Work());
                work.notifications++;
                work.nanos += nanos;
                work.lagMillis = Math.max(work.lagMillis, lagMillis);
            }
        }

        /**
         * Tells of it when ten seconds are over; to be called every second or so.
         *
         * @param nanoTime as {@link System#nanoTime}
         */
        public void tell(long nanoTime) {
            long elapsed = nanoTime - since;
            if (begun && elapsed < INTERVAL_NANOS) {
                return;
            }
            if (begun) {
                loads.put(partition, largest(works, elapsed));
                show();
            }
            works.clear();
            begun = true;
            since = nanoTime;
        }

        /** The partition is no longer here. */
        public void forget() {
            loads.remove(partition);
            show();
        }
    }

    private static final class Work {
        private long notifications;
        private long nanos;
        private long lagMillis;
    }

    private static List<Load> largest(Map<String, Work> works, long elapsed) {
        return works.entrySet().stream()
                .map(each -> new Load(
                        each.getKey(),
                        each.getValue().notifications * NANOS_PER_SECOND / elapsed,
                        each.getValue().lagMillis / MILLIS_PER_SECOND,
                        (double) each.getValue().nanos / elapsed))
                .sorted(BY_SHARE)
                .limit(MOST)
                .toList();
    }

    private synchronized void show() {
        List<Load> largest = loads.values().stream()
                .flatMap(List::stream)
                .sorted(BY_SHARE)
                .limit(MOST)
                .toList();
        // Small accounts change places all the time, and each name is a series.
        Map<String, Load> now = Stream.concat(
                        largest.stream().limit(1), largest.stream().skip(1).filter(load -> load.share() >= LEAST_SHARE))
                .collect(Collectors.toMap(Load::account, load -> load, (larger, smaller) -> larger));
        shown.keySet().retainAll(now.keySet());
        now.forEach((account, load) -> shown.computeIfAbsent(account, added -> new Shown(load)).load = load);
        show(rates, Load::perSecond);
        show(lags, Load::lagSeconds);
        show(shares, Load::share);
    }

    private void show(MultiGauge gauge, ToDoubleFunction<Load> value) {
        gauge.register(shown.entrySet().stream()
                .map(each -> MultiGauge.Row.of(
                        Metric.ACCOUNT_SHARE.tags(each.getKey()),
                        each.getValue(),
                        now -> value.applyAsDouble(now.load)))
                .toList());
    }
}
