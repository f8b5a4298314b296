package io.callweave.operations;

import org.apache.kafka.streams.KafkaStreams;

/**
 * How an instance is.
 *
 * @param live false if only a restart can help
 * @param ready true if it works on calls now
 */
public record Health(boolean live, boolean ready, String state) {

    static Health of(KafkaStreams.State state) {
        return switch (state) {
            // Tasks are being handed over or restored; Kafka Streams says RUNNING only after that.
            case CREATED, REBALANCING, PENDING_SHUTDOWN -> new Health(true, false, state.name());
            case RUNNING -> new Health(true, true, state.name());
            case PENDING_ERROR, ERROR, NOT_RUNNING -> new Health(false, false, state.name());
        };
    }
}
