package io.callweave.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.runtime.options.BoundedRocksDb;
import io.callweave.runtime.options.RocksDbMemory;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;

class MetersTest {

    private static final Pattern CODE = Pattern.compile("`(\\w+)(?:\\{([\\w,]+)}(\\w*))?`");

    private final Meters meters = new Meters();

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void shouldLeaveOutWhatWasNotChosen() {
        Counter.builder("kafka.stream.task.dropped.records.total").register(meters.registry());

        assertThat(meters.scrape()).doesNotContain("kafka_stream_task");
    }

    @Test
    void shouldNameThreadsAndClientsTheSameAfterEachStart() {
        Counter.builder("kafka.stream.thread.process.total")
                .tags(Tags.of(
                        "kafka.version",
                        "4.3.1",
                        "thread.id",
                        "callweave-cf295f5d-cb01-41eb-b923-2b3e7aeedcde-StreamThread-1"))
                .register(meters.registry());

        assertThat(meters.scrape())
                .contains("kafka_stream_thread_process_total{kafka_version=\"4.3.1\",thread_id=\"StreamThread-1\"}");
    }

    @Test
    void shouldShowEachPartitionAndThread() {
        try (KafkaClientMetrics kafka = new KafkaClientMetrics(consumerWith(
                version(),
                lag(Map.of("client-id", "global-consumer")),
                lag(Map.of("client-id", "StreamThread-1-consumer")),
                lag(Map.of("client-id", "StreamThread-1-consumer", "topic", "notifications", "partition", "0")),
                lag(Map.of("client-id", "StreamThread-1-consumer", "topic", "hop", "partition", "0")),
                lag(Map.of("client-id", "StreamThread-2-consumer", "topic", "hop", "partition", "1"))))) {
            kafka.bindTo(meters.registry());

            assertThat(meters.scrape()
                            .lines()
                            .filter(line -> line.startsWith("kafka_consumer_fetch_manager_records_lag_max{")))
                    .hasSize(3)
                    .allMatch(line -> line.contains("topic="));
        }
    }

    @Test
    void shouldNotReadFiguresOfStoresThatClose() {
        Metric keys = metric(new MetricName("estimate-num-keys", "stream-state-metrics", "", Map.of()), 7.0);
        Metric threads = metric(new MetricName("alive-stream-threads", "stream-metrics", "", Map.of()), 2);
        try (RocksDbMemory memory = new RocksDbMemory(1 << 20);
                Options options = new Options().setTableFormatConfig(new BlockBasedTableConfig())) {
            Map<MetricName, Metric> chosen =
                    Meters.chosen(Map.of(keys.metricName(), keys, threads.metricName(), threads), memory.figures());
            assertThat(chosen.get(keys.metricName()).metricValue()).isEqualTo(7.0);
            BoundedRocksDb store = new BoundedRocksDb();
            store.setConfig("one", options, memory.options());

            store.close("one", options);

            assertThat(chosen.get(keys.metricName()).metricValue()).isEqualTo(Double.NaN);
            assertThat(chosen.get(threads.metricName()).metricValue()).isEqualTo(2);
        }
    }

    @Test
    void shouldTellOfTheJavaMachine() {
        assertThat(meters.scrape()).contains("jvm_memory_used_bytes", "jvm_threads_live_threads", "process_uptime");
    }

    @Test
    void shouldHaveEveryChosenMetricInTheOperatorsDocument() throws Exception {
        String document = Files.readString(Path.of("docs", "metrics.md"), StandardCharsets.UTF_8);

        Set<String> named = new HashSet<>();
        CODE.matcher(document).results().forEach(code -> {
            // As the shell expands braces.
            String beginning = code.group(1);
            String end = code.group(3) == null ? "" : code.group(3);
            String[] middles =
                    code.group(2) == null ? new String[] {""} : code.group(2).split(",", -1);
            for (String middle : middles) {
                named.add(beginning + middle + end);
            }
        });
        assertThat(named)
                .containsAll(Meters.CHOSEN.stream()
                        .map(name -> name.replace('.', '_'))
                        .toList());
    }

    private static MockConsumer<byte[], byte[]> consumerWith(Metric... metrics) {
        Map<MetricName, Metric> byName = new LinkedHashMap<>();
        for (Metric metric : metrics) {
            byName.put(metric.metricName(), metric);
        }
        return new MockConsumer<>("earliest") {
            @Override
            public Map<MetricName, ? extends Metric> metrics() {
                return byName;
            }
        };
    }

    private static Metric version() {
        return metric(new MetricName("version", "app-info", "", Map.of()), "4.3.1");
    }

    private static Metric lag(Map<String, String> tags) {
        return metric(new MetricName("records-lag-max", "consumer-fetch-manager-metrics", "", tags), 7.0);
    }

    private static Metric metric(MetricName name, Object value) {
        return new Metric() {
            @Override
            public MetricName metricName() {
                return name;
            }

            @Override
            public Object metricValue() {
                return value;
            }
        };
    }
}
