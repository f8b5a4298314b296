package io.callweave.bridge.activity;

import io.callweave.bridge.account.Connection;
import io.callweave.meter.Metric;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The series of accounts. The first accounts have their own; all others share those of {@value #FURTHER}, which show the worst
 * of them, so that an alarm misses no account. Counts are over all accounts. Thread-safe.
 */
final class AccountSeries {

    static final String NONE = "none";
    static final String FURTHER = "other";

    private static final double MILLIS_PER_SECOND = 1_000;

    private final MeterRegistry registry;
    private final int most;
    private final InstantSource clock;
    private final Map<String, AccountActivity> all;
    private final Set<String> named = ConcurrentHashMap.newKeySet();

    /** The transports of which accounts share series. */
    private final Set<String> shared = ConcurrentHashMap.newKeySet();

    /**
     * Begins with the counts.
     *
     * @param most how many accounts have their own series
     * @param all accounts as they are at any time
     */
    AccountSeries(MeterRegistry registry, int most, InstantSource clock, Map<String, AccountActivity> all) {
        this.registry = registry;
        this.most = most;
        this.clock = clock;
        this.all = all;
        for (Connection.Way way : Connection.Way.values()) {
            String transport = way.name().toLowerCase(Locale.ROOT);
            count(Metric.BRIDGE_ACCOUNTS, transport, account -> true);
            count(Metric.BRIDGE_ACCOUNTS_ELSEWHERE, transport, AccountActivity::isElsewhere);
            count(
                    Metric.BRIDGE_ACCOUNTS_SILENT,
                    transport,
                    account -> account.watch().silent());
            count(Metric.BRIDGE_ACCOUNTS_WITH_PROBLEM, transport, AccountActivity::hasProblem);
        }
    }

    /** Of an account that is new, or connected in another way, and among {@link #all} now. */
    void show(String account, String transport) {
        forget(account);
        if (named.size() < most) {
            named.add(account);
            gauges(account, transport, () -> Stream.ofNullable(all.get(account)));
        } else if (shared.add(transport)) {
            gauges(FURTHER, transport, () -> others(transport));
        }
    }

    /** Of an account that is gone. */
    void forget(String account) {
        if (named.remove(account)) {
            Metric.forget(
                    registry,
                    "account",
                    account,
                    Metric.BRIDGE_NOTIFICATIONS,
                    Metric.BRIDGE_LAST_AGE,
                    Metric.BRIDGE_SILENT,
                    Metric.BRIDGE_CONNECTION_PROBLEM,
                    Metric.BRIDGE_SUBSCRIPTION_EXPIRES,
                    Metric.BRIDGE_AGREEMENT);
        }
    }

    /** The label of an account; null is no account of ours. */
    String label(@Nullable String account) {
        return account == null ? NONE : named.contains(account) ? account : FURTHER;
    }

    private Stream<AccountActivity> others(String transport) {
        return all.entrySet().stream()
                .filter(account -> !named.contains(account.getKey()))
                .map(Map.Entry::getValue)
                .filter(account -> account.transport().equals(transport));
    }

    private void count(Metric metric, String transport, Predicate<AccountActivity> which) {
        metric.gauge(
                registry,
                () -> all.values().stream()
                        .filter(account -> account.transport().equals(transport) && which.test(account))
                        .count(),
                transport);
    }

    private void gauges(String label, String transport, Supplier<Stream<AccountActivity>> of) {
        worst(Metric.BRIDGE_LAST_AGE, of, this::age, label, transport);
        worst(Metric.BRIDGE_SILENT, of, AccountSeries::silent, label, transport);
        worst(Metric.BRIDGE_CONNECTION_PROBLEM, of, AccountSeries::problem, label, transport);
        Metric.BRIDGE_SUBSCRIPTION_EXPIRES.gauge(
                registry, () -> known(of, this::expiresIn).min().orElse(Double.NaN), label, transport);
        Metric.BRIDGE_AGREEMENT.gauge(
                registry, () -> known(of, AccountActivity::agreement).min().orElse(Double.NaN), label, transport);
    }

    private void worst(
            Metric metric,
            Supplier<Stream<AccountActivity>> of,
            ToDoubleFunction<AccountActivity> value,
            String... labels) {
        metric.gauge(registry, () -> known(of, value).max().orElse(Double.NaN), labels);
    }

    private static DoubleStream known(Supplier<Stream<AccountActivity>> of, ToDoubleFunction<AccountActivity> value) {
        return of.get().mapToDouble(value).filter(number -> !Double.isNaN(number));
    }

    private double age(AccountActivity account) {
        return account.isElsewhere()
                ? Double.NaN
                : (clock.millis() - account.watch().last()) / MILLIS_PER_SECOND;
    }

    private static double silent(AccountActivity account) {
        return account.isElsewhere() ? Double.NaN : account.watch().silent() ? 1 : 0;
    }

    private static double problem(AccountActivity account) {
        return account.connection() == null ? Double.NaN : account.hasProblem() ? 1 : 0;
    }

    private double expiresIn(AccountActivity account) {
        ConnectionState state = account.connection();
        return state == null || state.expires() == null
                ? Double.NaN
                : Duration.between(clock.instant(), state.expires()).toSeconds();
    }
}
