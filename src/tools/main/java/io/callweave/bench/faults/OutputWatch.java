package io.callweave.bench.faults;

import io.callweave.bench.faults.FaithfulPosts.Answered;
import io.callweave.bench.faults.Standstill.Wait;
import io.callweave.call.event.PartyEvent;
import io.callweave.notification.NotificationReader;
import io.callweave.topics.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** When party events can be read. */
final class OutputWatch implements AutoCloseable {

    private final String brokers;
    private final Thread thread = new Thread(this::run, "watch");
    private final Map<String, Long> outputs = new HashMap<>();
    private volatile boolean ended;

    OutputWatch(String brokers) {
        this.brokers = brokers;
        thread.start();
    }

    private void run() {
        String topic = Topic.PARTY_EVENTS.name(FaultSite.PREFIX);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList());
            consumer.seekToBeginning(List.of());
            while (!ended) {
                for (ConsumerRecord<byte[], byte[]> read : consumer.poll(Duration.ofMillis(100))) {
                    outputs.putIfAbsent(
                            FaultVerdict.place(FaultVerdict.tree(read.value())), System.currentTimeMillis());
                }
            }
        }
    }

    /** How long each waited; once this is closed. What has not come out, and what says nothing of a party, is left out. */
    List<Wait> waits(List<Answered> answered) {
        NotificationReader reader = new NotificationReader();
        Map<String, Wait> waits = new HashMap<>();
        for (Answered each : answered) {
            for (PartyEvent event : reader.read(each.body()).events()) {
                String place = FaultVerdict.place(event);
                Long until = outputs.get(place);
                if (until != null) {
                    String way = Standstill.way(
                            event.session().accountId(), event.session().telephonySessionId());
                    waits.merge(
                            place,
                            new Wait(way, each.at(), until),
                            (one, other) -> one.from() < other.from() ? one : other);
                }
            }
        }
        return new ArrayList<>(waits.values());
    }

    @Override
    public void close() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
