package io.callweave.bench.figures;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;

/** How many records applications have sent, by topic. Producers count them. */
public final class RecordCounts {

    private static final String GROUP = "producer-topic-metrics";
    private static final String SENT = "record-send-total";

    private final Map<String, Double> records = new TreeMap<>();

    /** Adds all that an application has sent since its start. */
    public void add(KafkaStreams streams) {
        for (Metric metric : streams.metrics().values()) {
            MetricName name = metric.metricName();
            if (name.group().equals(GROUP) && name.name().equals(SENT) && metric.metricValue() instanceof Double sent) {
                records.merge(topic(name.tags().getOrDefault("topic", "")), sent, Double::sum);
            }
        }
    }

    /** For each of so many notifications, by topic without prefixes; all changelogs together. */
    public Map<String, Double> perNotification(long notifications) {
        return records.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, sent -> sent.getValue() / notifications, Double::sum, TreeMap::new));
    }

    /** Internal topics have the name of the application and of the store before what they are. */
    static String topic(String name) {
        return name.endsWith("-changelog") || name.endsWith("-repartition")
                ? name.substring(name.lastIndexOf('-') + 1)
                : name.substring(name.lastIndexOf('.') + 1);
    }
}
