package io.callweave.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.simulation.platform.WireJson;
import io.callweave.simulation.truth.CallTruth;
import io.callweave.testcalls.Truth;
import io.callweave.topics.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** The records on {@code calls} beside the truth: each wrong one must say that it may be wrong. */
final class CallsByTruth {

    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final Map<String, Found> records = new LinkedHashMap<>();
    private final List<JsonNode> gaps = new ArrayList<>();

    private record Found(JsonNode call, @Nullable String feedGap) {

        boolean isMarked() {
            return feedGap != null || !call.path("incomplete").isEmpty();
        }
    }

    /** How many calls there are of each kind, and what is wrong and not marked. */
    record Verdict(int calls, int records, int right, int marked, int withHeader, int missingInGap, List<String> bad) {}

    /** Reads the topics of an installation. */
    static CallsByTruth read(String bootstrapServers, String prefix) {
        CallsByTruth read = new CallsByTruth();
        each(bootstrapServers, prefix + "calls", each -> {
            JsonNode call = WireJson.read(each.value());
            if (call.path("status").asText().equals("superseded")) {
                read.records.remove(each.key());
            } else {
                read.records.put(each.key(), new Found(call, Headers.text(each.headers(), Headers.FEED_GAP)));
            }
        });
        each(bootstrapServers, prefix + "feed-gaps", each -> read.gaps.add(WireJson.read(each.value())));
        return read;
    }

    List<JsonNode> gaps() {
        return gaps;
    }

    Verdict judge(List<CallTruth> truths) {
        Map<String, JsonNode> truth = new HashMap<>();
        truths.forEach(each -> {
            JsonNode call = WireJson.read(each.json());
            truth.put(
                    call.path("accountId").asText() + "/" + call.path("callId").asText(), call);
        });
        Map<String, List<String>> wrong = new TreeMap<>();
        for (String sentence : Truth.ofCalls(truths)
                .differences(records.values().stream()
                        .map(found -> found.call().toString())
                        .toList())) {
            String key = sentence.split(" ", 3)[1].replaceAll(":$", "");
            wrong.computeIfAbsent(key, none -> new ArrayList<>()).add(sentence);
        }
        int marked = 0;
        int missing = 0;
        List<String> bad = new ArrayList<>();
        for (Map.Entry<String, List<String>> each : wrong.entrySet()) {
            Found found = records.get(each.getKey());
            if (found == null && (overlapsAGap(truth.get(each.getKey())) || isElsewhere(truth.get(each.getKey())))) {
                missing++;
            } else if (found != null && found.isMarked()) {
                marked++;
            } else {
                bad.add((found != null && overlapsAGap(found.call()) ? "(known only later) " : "") + each.getValue());
            }
        }
        int withHeader = (int) records.values().stream()
                .filter(found -> found.feedGap() != null)
                .count();
        int right = (int)
                truth.keySet().stream().filter(key -> !wrong.containsKey(key)).count();
        return new Verdict(truths.size(), records.size(), right, marked, withHeader, missing, bad);
    }

    /** All that is there of a call whose beginning was lost can be in a record under another id, which says so. */
    private boolean isElsewhere(JsonNode call) {
        List<String> ids = call.path("sessions").findValuesAsText("telephonySessionId");
        return records.values().stream()
                .filter(Found::isMarked)
                .anyMatch(found -> found.call().path("sessions").findValuesAsText("telephonySessionId").stream()
                        .anyMatch(ids::contains));
    }

    private boolean overlapsAGap(JsonNode call) {
        Instant start = Instant.parse(call.path("startTime").asText()).minus(MARGIN);
        Instant end = Instant.parse(call.path("endTime").asText()).plus(MARGIN);
        return gaps.stream()
                .anyMatch(gap -> !Instant.parse(gap.path("from").asText()).isAfter(end)
                        && !Instant.parse(gap.path("to").asText()).isBefore(start));
    }

    private static void each(String bootstrapServers, String topic, Consumer<ConsumerRecord<String, String>> sink) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(sink);
            }
        }
    }
}
