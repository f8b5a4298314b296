package io.callweave.topology.time;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.internals.AsyncKafkaConsumer;
import org.apache.kafka.clients.consumer.internals.StreamsRebalanceData;
import org.apache.kafka.streams.internals.ConsumerWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The consumer of a stream thread under {@code group.protocol=streams}. There Kafka Streams makes it by itself and does not
 * ask the client supplier, so that this hook, which is none of its public interface, is the one way to see what it reads.
 */
public final class StreamsProtocolConsumer extends ConsumerWrapper {

    /** Under this name the consumer finds its {@link ConsumerProgress} among the options. */
    static final String READ_AHEAD = "callweave.read.ahead";

    private final DeliveredOffsets delivered = new DeliveredOffsets(System::nanoTime);
    private @Nullable ConsumerProgress readAhead;

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        ConsumerRecords<byte[], byte[]> polled = delivered.note(super.poll(timeout));
        if (readAhead != null) {
            readAhead.polled();
        }
        return polled;
    }

    @Override
    public void wrapConsumer(
            AsyncKafkaConsumer<byte[], byte[]> consumer,
            Map<String, Object> config,
            Optional<StreamsRebalanceData> rebalance) {
        super.wrapConsumer(consumer, config, rebalance);
        if (config.get(READ_AHEAD) instanceof ConsumerProgress clients) {
            readAhead = clients;
            clients.remember(config, this, delivered);
        }
    }
}
