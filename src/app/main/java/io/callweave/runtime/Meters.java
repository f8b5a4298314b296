package io.callweave.runtime;

import io.callweave.runtime.options.StoreFigures;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is measured: the role's own metrics, the Java machine's, and a chosen few of Kafka's. Kafka has more than a
 * thousand for one instance, most of them by thread, task and store.
 */
public final class Meters implements AutoCloseable {

    private static final String KAFKA = "kafka.";

    /** In this group are the figures of stores that RocksDB tells. */
    private static final String STORES = "stream-state-metrics";

    /** Micrometer reads the version of Kafka from this group. */
    private static final String APPLICATION = "app-info";

    /** What tells whether the work gets done, and where it is stuck if it does not. */
    static final Set<String> CHOSEN = Set.of(
            "kafka.stream.alive.stream.threads",
            "kafka.stream.failed.stream.threads",
            "kafka.stream.thread.process.total",
            "kafka.stream.thread.process.latency.avg",
            "kafka.stream.thread.process.latency.max",
            "kafka.stream.thread.process.ratio",
            "kafka.stream.thread.poll.ratio",
            "kafka.stream.thread.punctuate.latency.max",
            "kafka.stream.thread.punctuate.ratio",
            "kafka.stream.thread.commit.total",
            "kafka.stream.thread.commit.latency.avg",
            "kafka.stream.thread.commit.latency.max",
            "kafka.stream.thread.commit.ratio",
            "kafka.stream.state.updater.active.restoring.tasks",
            "kafka.stream.state.updater.restore.records.rate",
            "kafka.stream.state.estimate.num.keys",
            "kafka.stream.state.total.sst.files.size",
            "kafka.stream.state.size.all.mem.tables",
            "kafka.stream.state.block.cache.usage",
            "kafka.consumer.fetch.manager.records.consumed.total",
            "kafka.consumer.fetch.manager.records.lag.max",
            "kafka.consumer.coordinator.rebalance.total",
            "kafka.consumer.coordinator.failed.rebalance.total",
            "kafka.consumer.coordinator.rebalance.latency.max",
            "kafka.producer.record.error.total",
            "kafka.producer.record.send.total",
            "kafka.producer.txn.commit.time.total",
            "kafka.producer.buffer.available.bytes");

    /** Nobody needs it beside process.cpu.usage, and its unit has no place in Prometheus. */
    private static final String CPU_NANOSECONDS = "process.cpu.time";

    /** Names that "promtool check metrics" objects to, and what they are called here. */
    private static final Map<String, String> RENAMED = Map.of(
            "kafka.producer.txn.commit.time.ns.total",
            "kafka.producer.txn.commit.time.total",
            "system.cpu.count",
            "system.cpus");

    /** A name with the identity of the process in it would be a new series after each restart. */
    private static final Pattern PROCESS =
            Pattern.compile(".*[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}-?");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private @Nullable KafkaClientMetrics kafka;

    /** Those of the Java machine; a role adds its own. */
    public Meters() {
        registry.config().meterFilter(new Chosen());
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    public MeterRegistry registry() {
        return registry;
    }

    /** Adds the chosen ones of Kafka Streams. */
    public void bind(KafkaStreams streams, StoreFigures stores) {
        kafka = new KafkaClientMetrics(withMetrics(() -> chosen(streams.metrics(), stores)));
        kafka.bindTo(registry);
    }

    /**
     * Micrometer compares each metric with all of its name whenever one comes or goes, which is once a minute: with 48 partitions
     * that took more CPU than all else of an idle instance. So it is shown the chosen ones only.
     */
    static Map<MetricName, Metric> chosen(Map<MetricName, ? extends Metric> all, StoreFigures stores) {
        Map<MetricName, Metric> chosen = new LinkedHashMap<>();
        all.forEach((name, metric) -> {
            if (name.group().equals(APPLICATION) || CHOSEN.contains(meterName(name))) {
                chosen.put(name, name.group().equals(STORES) ? new StoreMetric(metric, stores) : metric);
            }
        });
        return chosen;
    }

    /** As Micrometer makes it of that of Kafka, and then as it is called here. */
    private static String meterName(MetricName name) {
        String meter = (KAFKA + name.group() + "." + name.name())
                .replace("-metrics", "")
                .replace('-', '.');
        return RENAMED.getOrDefault(meter, meter);
    }

    /** Micrometer takes metrics from clients only. Of this one it asks for nothing else. */
    private static Producer<?, ?> withMetrics(Supplier<Map<MetricName, Metric>> metrics) {
        return (Producer<?, ?>) Proxy.newProxyInstance(
                Producer.class.getClassLoader(), new Class<?>[] {Producer.class}, (self, method, options) -> {
                    if (!method.getName().equals("metrics")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return metrics.get();
                });
    }

    /** In Prometheus' text format. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        if (kafka != null) {
            kafka.close();
        }
        collections.close();
        registry.close();
    }

    private record StoreMetric(Metric metric, StoreFigures stores) implements Metric {

        @Override
        public MetricName metricName() {
            return metric.metricName();
        }

        @Override
        public Object metricValue() {
            return stores.read(metric::metricValue);
        }
    }

    /** Lets the chosen ones of Kafka's metrics in, with tags of few values. */
    static final class Chosen implements MeterFilter {

        @Override
        public MeterFilterReply accept(Meter.Id id) {
            boolean isLeftOut = id.getName().equals(CPU_NANOSECONDS)
                    || (id.getName().startsWith(KAFKA) && !CHOSEN.contains(id.getName()));
            return isLeftOut ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
        }

        @Override
        public Meter.Id map(Meter.Id given) {
            Meter.Id id = given.withName(RENAMED.getOrDefault(given.getName(), given.getName()));
            if (!id.getName().startsWith(KAFKA)) {
                return id;
            }
            // As many tags as before: Micrometer takes a metric with fewer for a sum of the others, and removes it.
            List<Tag> tags = id.getTags().stream()
                    .map(tag -> Tag.of(tag.getKey(), withoutProcess(tag.getValue())))
                    .toList();
            return id.replaceTags(tags);
        }

        private static String withoutProcess(String value) {
            String rest = PROCESS.matcher(value).replaceFirst("");
            return rest.isEmpty() ? "client" : rest;
        }
    }
}
