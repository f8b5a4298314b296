package io.callweave.deliver.app;

import io.callweave.permissions.ClientRole;
import io.callweave.runtime.options.RoleOptions;
import io.callweave.runtime.startup.Cluster;
import io.callweave.runtime.startup.OperationsException;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks whether the deliverer can run on a cluster, before it does. */
final class DeliverChecks {

    private static final List<Topic> NEEDED = List.of(
            Topic.CALLS,
            Topic.LIVE_CALLS,
            Topic.PARTY_EVENTS,
            Topic.DELIVER_SUBSCRIPTIONS,
            Topic.DELIVER_REQUESTS,
            Topic.DELIVER_DEAD_LETTERS);

    private DeliverChecks() {}

    /** The topics without which it cannot work. */
    static Set<String> needed(String prefix) {
        return NEEDED.stream().map(topic -> topic.name(prefix)).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Looks.
     *
     * @return whether the topic of the directory is there
     * @throws OperationsException if it cannot run; one sentence that says why, and what to do
     */
    static boolean run(RoleOptions role, Cluster cluster) {
        String prefix = role.topics().prefix();
        cluster.check(ClientRole.DELIVER, role.installation(), prefix, NEEDED);
        Map<String, TopicState> found =
                cluster.topics(NEEDED.stream().map(topic -> topic.name(prefix)).toList());
        checkPartitions(found, Topic.CALLS.name(prefix), Topic.LIVE_CALLS.name(prefix));
        checkPartitions(found, Topic.CALLS.name(prefix), Topic.DELIVER_REQUESTS.name(prefix));
        return !cluster.topics(List.of(Topic.DIRECTORY.name(prefix))).isEmpty();
    }

    /** What concerns a call must be in one partition number of all of them. */
    private static void checkPartitions(Map<String, TopicState> found, String calls, String other) {
        int should = partitions(found, calls);
        int is = partitions(found, other);
        if (is != should) {
            throw new OperationsException(other + " has " + is + " partitions and " + calls + " has " + should
                    + ", but their numbers must be equal.");
        }
    }

    private static int partitions(Map<String, TopicState> found, String name) {
        TopicState state = found.get(name);
        return state == null ? 0 : state.partitions();
    }
}
