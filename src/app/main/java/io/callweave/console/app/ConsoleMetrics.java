package io.callweave.console.app;

import io.callweave.console.feed.Changes;
import io.callweave.console.feed.TopicFeed;
import io.callweave.console.store.CallStore;
import io.callweave.meter.Metric;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.OptionalLong;

/** Shows how a console is doing. {@link Metric} holds the names. */
final class ConsoleMetrics {

    private static final double MS_PER_SECOND = 1_000.0;

    private ConsoleMetrics() {}

    static void bind(MeterRegistry registry, Changes changes, TopicFeed feed, CallStore store) {
        Metric.CONSOLE_CLIENTS.gauge(registry, changes::listeners);
        Metric.CONSOLE_DROPPED.counted(registry, changes, Changes::dropped);
        Metric.CONSOLE_EXCLUDED.counted(registry, feed, TopicFeed::excluded);
        Metric.CONSOLE_BEHIND.gauge(registry, () -> seconds(feed));
        Metric.CONSOLE_STORE.gauge(registry, store::usedBytes);
    }

    private static double seconds(TopicFeed feed) {
        OptionalLong behind = feed.behindMs();
        return behind.isEmpty() ? Double.NaN : behind.getAsLong() / MS_PER_SECOND;
    }
}
