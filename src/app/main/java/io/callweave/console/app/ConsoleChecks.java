package io.callweave.console.app;

import io.callweave.runtime.startup.Cluster;
import io.callweave.runtime.startup.OperationsException;
import io.callweave.permissions.ClientRole;
import io.callweave.permissions.PermissionCheck;
import io.callweave.permissions.Permissions;
import io.callweave.topics.Topic;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;

/** Looks whether a console can run on a cluster, before it does. */
final class ConsoleChecks {

    private static final List<Topic> NEEDED =
            List.of(Topic.CALLS, Topic.LIVE_CALLS, Topic.WINDOW_METRICS, Topic.NOTIFICATIONS);

    private ConsoleChecks() {}

    /** @throws OperationsException if not; one sentence that says why, and what to do */
    static void run(ConsoleConfig config) {
        String prefix = config.feed().prefix();
        try (Cluster cluster = Cluster.connect(config.feed().client(), Cluster.PATIENCE)) {
            Optional<String> lacking = new PermissionCheck(
                            cluster.admin(), new Permissions(prefix, config.application()))
                    .sentence(ClientRole.CONSOLE);
            if (lacking.isPresent()) {
                throw new OperationsException(lacking.get());
            }
            List<String> names =
                    NEEDED.stream().map(topic -> topic.name(prefix)).toList();
            Set<String> found = cluster.topics(names).keySet();
            List<String> missing =
                    names.stream().filter(name -> !found.contains(name)).toList();
            if (!missing.isEmpty()) {
                Object servers = config.feed().client().get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
                throw new OperationsException("Missing on " + servers + ": " + String.join(", ", missing)
                        + "; to make them: callweave topics create --bootstrap-servers=" + servers
                        + " --topics-prefix=" + prefix);
            }
        }
    }
}
