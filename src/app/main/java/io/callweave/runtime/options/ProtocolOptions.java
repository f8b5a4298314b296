package io.callweave.runtime.options;

import io.callweave.settings.SettingsException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Options that {@code group.protocol=streams} does not have. Kafka Streams refuses one of them, and leaves the others out with a
 * warning, so that somebody would rely on standbys that are not there. Source: the documentation of Kafka 4.3, "Streams
 * rebalance protocol".
 */
final class ProtocolOptions {

    private static final String STREAMS = "streams";

    private static final Map<String, String> NOT_WITH_STREAMS = Map.of(
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "it has no static membership",
            StreamsConfig.MAX_WARMUP_REPLICAS_CONFIG, "it has no warm-up replicas",
            StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, onTheGroup("streams.num.standby.replicas"),
            ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, onTheGroup("streams.session.timeout.ms"),
            ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, onTheGroup("streams.heartbeat.interval.ms"));

    private ProtocolOptions() {}

    /**
     * Looks whether the protocol has all that is asked for.
     *
     * @throws SettingsException if not
     */
    static void check(String applicationId, Map<String, Object> given) {
        if (!isStreams(given)) {
            return;
        }
        new TreeMap<>(given).keySet().forEach(option -> {
            String reason = NOT_WITH_STREAMS.get(OwnedOptions.withoutPrefix(option));
            if (reason != null) {
                throw new SettingsException("Kafka's option " + option
                        + " cannot be set with streams.group.protocol=streams: " + reason.formatted(applicationId)
                        + "; or use streams.group.protocol=classic.");
            }
        });
    }

    static boolean isStreams(Map<String, Object> options) {
        return STREAMS.equalsIgnoreCase(String.valueOf(options.get(StreamsConfig.GROUP_PROTOCOL_CONFIG)));
    }

    private static String onTheGroup(String option) {
        return "there it is set on the group, kafka-configs.sh --alter --entity-type groups --entity-name %s --add-config "
                + option + "=…";
    }
}
