package io.callweave.console.app;

import io.callweave.console.feed.Changes;
import io.callweave.console.feed.TopicFeed;
import io.callweave.console.store.CallStore;
import io.callweave.meter.Meter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.OptionalLong;

/** The metrics of the console: name and meaning of each. */
public enum ConsoleMetric implements Meter.Described {
    CLIENTS(Meter.gauge("callweave.console.clients", "Pages and programs that listen to changes.")),
    DROPPED(Meter.counter("callweave.console.dropped", "Those that were disconnected because they read too slowly.")),
    BEHIND(Meter.gauge(
            "callweave.console.behind.seconds",
            "Age of the newest record that was read while others wait; NaN until the store is filled.")),
    STORE(Meter.gauge("callweave.console.store.bytes", "Size of the store."));

    private static final double MS_PER_SECOND = 1_000.0;

    private final Meter meter;

    ConsoleMetric(Meter meter) {
        this.meter = meter;
    }

    @Override
    public Meter meter() {
        return meter;
    }

    static void bind(MeterRegistry registry, Changes changes, TopicFeed feed, CallStore store) {
        Gauge.builder(CLIENTS.meterName(), changes, Changes::listeners)
                .description(CLIENTS.meaning())
                .register(registry);
        FunctionCounter.builder(DROPPED.meterName(), changes, Changes::dropped)
                .description(DROPPED.meaning())
                .register(registry);
        Gauge.builder(BEHIND.meterName(), feed, ConsoleMetric::seconds)
                .description(BEHIND.meaning())
                .register(registry);
        Gauge.builder(STORE.meterName(), store, CallStore::usedBytes)
                .description(STORE.meaning())
                .register(registry);
    }

    private static double seconds(TopicFeed feed) {
        OptionalLong behind = feed.behindMs();
        return behind.isEmpty() ? Double.NaN : behind.getAsLong() / MS_PER_SECOND;
    }
}
