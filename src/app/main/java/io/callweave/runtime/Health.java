package io.callweave.runtime;

import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;

/**
 * How an instance is.
 *
 * @param live false if only a restart can help
 * @param ready true if it works on calls now
 * @param reason a sentence for the operator, if something is wrong that the state does not tell
 */
public record Health(boolean live, boolean ready, String state, Optional<String> reason) {

    /** An instance that talks to no broker works on no calls, whatever its state says. */
    static final Duration LONGEST_SILENCE = Duration.ofSeconds(20);

    /** The state says everything. */
    public Health(boolean live, boolean ready, String state) {
        this(live, ready, state, Optional.empty());
    }

    /**
     * That of the topology.
     *
     * @param silence since a broker answered
     * @param standstill what stands still and what to do, if something does
     * @param restore how much is left to restore, if something is
     */
    static Health of(
            KafkaStreams.State state, Duration silence, Optional<String> standstill, Optional<String> restore) {
        Health health = of(state);
        if (health.live && standstill.isPresent()) {
            return new Health(false, false, health.state, standstill);
        }
        if (health.ready && silence.compareTo(LONGEST_SILENCE) > 0) {
            return new Health(
                    true,
                    false,
                    health.state,
                    Optional.of("No Kafka broker has answered for " + silence.toSeconds()
                            + " s. Work continues when one does; check the brokers and the network."));
        }
        return health.live && !health.ready ? new Health(true, false, health.state, restore) : health;
    }

    /** What the state says. */
    public static Health of(KafkaStreams.State state) {
        return switch (state) {
            // Tasks are being handed over or restored; Kafka Streams says RUNNING only after that.
            case CREATED, REBALANCING, PENDING_SHUTDOWN -> new Health(true, false, state.name());
            case RUNNING -> new Health(true, true, state.name());
            case PENDING_ERROR, ERROR, NOT_RUNNING -> new Health(false, false, state.name());
        };
    }
}
