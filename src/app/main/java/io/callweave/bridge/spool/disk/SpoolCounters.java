package io.callweave.bridge.spool.disk;

import io.callweave.meter.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Counts what happens to records. {@link Metric} holds the names. Thread-safe. */
public final class SpoolCounters {

    private final MeterRegistry registry;
    private final Map<Metric, Counter> counters = new EnumMap<>(Metric.class);

    public SpoolCounters(MeterRegistry registry) {
        this.registry = registry;
        for (Metric metric : Metric.values()) {
            if (metric.type() == Metric.Type.COUNTER && metric.meterName().startsWith("callweave.bridge.spool.")) {
                counters.put(metric, metric.counter(registry));
            }
        }
    }

    public void count(Metric metric) {
        count(metric, 1);
    }

    public void count(Metric metric, int times) {
        Objects.requireNonNull(counters.get(metric)).increment(times);
    }

    public void show(Metric metric, Supplier<Number> value) {
        metric.gauge(registry, value);
    }
}
