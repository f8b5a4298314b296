package io.callweave.bridge.spool.disk;

import io.callweave.meter.Meter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Counts what happens to records. {@link SpoolMetric} holds the names. Thread-safe. */
public final class SpoolCounters {

    private final MeterRegistry registry;
    private final Map<SpoolMetric, Counter> counters = new EnumMap<>(SpoolMetric.class);

    public SpoolCounters(MeterRegistry registry) {
        this.registry = registry;
        for (SpoolMetric metric : SpoolMetric.values()) {
            if (metric.type() == Meter.Type.COUNTER) {
                counters.put(
                        metric,
                        Counter.builder(metric.meterName())
                                .description(metric.meaning())
                                .register(registry));
            }
        }
    }

    public void count(SpoolMetric metric) {
        count(metric, 1);
    }

    public void count(SpoolMetric metric, int times) {
        Objects.requireNonNull(counters.get(metric)).increment(times);
    }

    public void show(SpoolMetric metric, Supplier<Number> value) {
        Gauge.builder(metric.meterName(), value).description(metric.meaning()).register(registry);
    }
}
