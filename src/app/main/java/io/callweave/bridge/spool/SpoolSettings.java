package io.callweave.bridge.spool;

import io.callweave.bridge.PartitionChoice;
import io.callweave.checks.Check;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a {@link SpooledSink} works.
 *
 * @param directory holds what Kafka has not taken yet; one process at a time uses it
 * @param maxBytes of the records that are kept at a time, in memory and on disk
 * @param kafkaTimeout after which a record that Kafka has not acknowledged goes to the disk
 * @param inFlightBytes of memory at most for records that are neither in Kafka nor on disk
 * @param inFlightRecords the greatest number of those
 * @param topics full names; Kafka counts as away while one of them is missing
 * @param producer settings of the Kafka clients, with {@code bootstrap.servers}
 * @param partitions chooses those of the records
 */
public record SpoolSettings(
        Path directory,
        long maxBytes,
        Duration kafkaTimeout,
        long inFlightBytes,
        int inFlightRecords,
        List<String> topics,
        Map<String, Object> producer,
        PartitionChoice partitions) {

    public static final Duration DEFAULT_KAFKA_TIMEOUT = Duration.ofSeconds(1);
    private static final long DEFAULT_IN_FLIGHT_BYTES = 32 << 20;
    private static final int DEFAULT_IN_FLIGHT_RECORDS = 20_000;

    public SpoolSettings {
        topics = List.copyOf(topics);
        producer = Map.copyOf(producer);
        Check.atLeast("bridge.spool.max-bytes", 1, maxBytes);
        Check.positive("bridge.kafka-timeout", kafkaTimeout);
        Check.atLeast("The bytes in flight", 1, inFlightBytes);
        Check.atLeast("The records in flight", 1, inFlightRecords);
    }

    /** With the defaults that nobody needs to change. */
    public static SpoolSettings of(
            Path directory,
            long maxBytes,
            Duration kafkaTimeout,
            List<String> topics,
            Map<String, Object> producer,
            PartitionChoice partitions) {
        return new SpoolSettings(
                directory,
                maxBytes,
                kafkaTimeout,
                DEFAULT_IN_FLIGHT_BYTES,
                DEFAULT_IN_FLIGHT_RECORDS,
                topics,
                producer,
                partitions);
    }
}
