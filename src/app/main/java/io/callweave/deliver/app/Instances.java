package io.callweave.deliver.app;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsNotStartedException;

/** The instances of the group find each other by what they publish as {@code application.server}. */
final class Instances {

    private Instances() {}

    /**
     * What this instance publishes.
     *
     * @param address where it listens, such as {@code http://0.0.0.0:8080}; for all addresses, one of this machine is taken
     * @return host and port
     */
    static String published(String address) {
        URI listens = URI.create(address);
        return reachable(listens.getHost()) + ":" + listens.getPort();
    }

    private static String reachable(String host) {
        try {
            if (!InetAddress.getByName(host).isAnyLocalAddress()) {
                return host;
            }
            String own = InetAddress.getLocalHost().getHostAddress();
            return own.contains(":") ? "[" + own + "]" : own;
        } catch (UnknownHostException e) {
            return host;
        }
    }

    /** Those that have work, such as {@code http://10.0.0.7:8080}; this one can be among them. */
    static List<String> all(KafkaStreams streams) {
        try {
            return streams.metadataForAllStreamsClients().stream()
                    .map(each ->
                            (each.host().contains(":") ? "[" + each.host() + "]" : each.host()) + ":" + each.port())
                    .map(each -> "http://" + each)
                    .distinct()
                    .sorted()
                    .toList();
        } catch (StreamsNotStartedException | IllegalStateException notRunning) {
            return List.of();
        }
    }
}
