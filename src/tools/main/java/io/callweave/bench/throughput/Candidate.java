package io.callweave.bench.throughput;

import io.callweave.bench.traffic.LiveTraffic;
import io.callweave.operations.options.RocksDbMemory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/** One of the compared topologies: its topics, and how its output shows that it has done its work. */
public interface Candidate {

    /**
     * One run over a part of the input.
     *
     * @param isDone whether all work after the committed input is done; false at first
     * @param more options of Kafka Streams in addition to those that all candidates have
     * @param limitsStores whether its stores share a limited memory, as those of the product do
     */
    record Run(
            Topology topology,
            KafkaClientSupplier clients,
            BooleanSupplier isDone,
            Map<String, Object> more,
            boolean limitsStores) {

        /**
         * Without receipt time: otherwise records would keep their simulated time, and brokers forget producers whose
         * records are old.
         */
        static Run inWallTime(Topology topology, BooleanSupplier isDone, Map<String, Object> more) {
            Map<String, Object> options = new HashMap<>(more);
            options.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, WallclockTimestampExtractor.class);
            return new Run(topology, new DefaultKafkaClientSupplier(), isDone, options, false);
        }

        /**
         * The options of Kafka Streams in addition to those that all candidates have.
         *
         * @param memory for its stores, if it limits that
         */
        public Map<String, Object> options(RocksDbMemory memory) {
            Map<String, Object> options = new HashMap<>(more);
            if (limitsStores) {
                options.putAll(memory.options());
            }
            return options;
        }

        /**
         * Whether the application works on all partitions. A thread can run while another one still waits for its tasks: with the
         * protocol "streams", for seconds.
         */
        public boolean hasAllTasks(KafkaStreams streams, int partitions) {
            int tasks = topology.describe().subtopologies().size() * partitions;
            return streams.state() == KafkaStreams.State.RUNNING
                    && streams.metadataForLocalThreads().stream()
                                    .mapToInt(thread -> thread.activeTasks().size())
                                    .sum()
                            >= tasks;
        }
    }

    /** Creates the topics. */
    void createTopics(Admin admin);

    /**
     * Builds a new topology for a part of the input.
     *
     * @param notifications the number of notifications in this part of the input
     * @param end when the last one is received, in milliseconds since the epoch
     */
    Run run(long notifications, long end);

    /** The topic that has exactly one record for each notification. */
    String oneForEach();

    /** The topics of the calls; none if the candidate makes no calls. */
    List<String> calls();

    /** The number of calls that these notifications must result in. */
    long expectedCalls(LiveTraffic traffic);

    /** The telephony session that identifies a record of {@link #calls}. */
    String callId(ConsumerRecord<String, byte[]> call);
}
