package io.callweave.topology;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.internals.AsyncKafkaConsumer;
import org.apache.kafka.clients.consumer.internals.StreamsRebalanceData;
import org.apache.kafka.streams.internals.ConsumerWrapper;

/**
 * The consumer of a stream thread under {@code group.protocol=streams}. There Kafka Streams makes it by itself and does not
 * ask the client supplier, so that this hook, which is none of its public interface, is the one way to ask for the lag.
 */
public final class StreamsProtocolConsumer extends ConsumerWrapper {

    /** Under this name the consumer finds its {@link ConsumerReadAhead} among the options. */
    static final String READ_AHEAD = "callweave.read.ahead";

    private final Delivered delivered = new Delivered();

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        return delivered.note(super.poll(timeout));
    }

    @Override
    public void wrapConsumer(
            AsyncKafkaConsumer<byte[], byte[]> consumer,
            Map<String, Object> config,
            Optional<StreamsRebalanceData> rebalance) {
        super.wrapConsumer(consumer, config, rebalance);
        if (config.get(READ_AHEAD) instanceof ConsumerReadAhead readAhead) {
            readAhead.remember(config, this, delivered);
        }
    }
}
