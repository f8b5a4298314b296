package io.callweave.bench.dsl;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;

/**
 * A consumer with the open sessions in memory. It emits a session, and forgets it, as soon as the last status of each
 * party is final. It commits offsets after each poll, so sessions that are open at a crash lose what was read.
 */
public final class ClosingConsumer {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<byte[], byte[]> consumer;
    private final Producer<byte[], byte[]> producer;
    private final String output;
    private final Map<String, DslSession> open = new HashMap<>();
    private final Serde<DslNotification> notifications = JsonSerde.of(DslNotification.class);
    private final Serde<DslCall> calls = JsonSerde.of(DslCall.class);

    /**
     * Uses these clients; the caller closes them.
     *
     * @param consumer subscribed to the notifications
     * @param output the topic of calls
     */
    public ClosingConsumer(Consumer<byte[], byte[]> consumer, Producer<byte[], byte[]> producer, String output) {
        this.consumer = consumer;
        this.producer = producer;
        this.output = output;
    }

    /** Processes one poll. */
    public void pollOnce() {
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
        for (ConsumerRecord<byte[], byte[]> one : polled) {
            accept(notifications.deserializer().deserialize(one.topic(), one.value()));
        }
        if (!polled.isEmpty()) {
            producer.flush();
            consumer.commitSync();
        }
    }

    private void accept(DslNotification notification) {
        String id = notification.body().telephonySessionId();
        DslSession session = open.getOrDefault(id, DslSession.empty()).with(id, notification);
        if (!session.isOver()) {
            open.put(id, session);
            return;
        }
        open.remove(id);
        var unused = producer.send(
                new ProducerRecord<>(output, null, null, calls.serializer().serialize(output, DslFold.of(session))));
    }
}
