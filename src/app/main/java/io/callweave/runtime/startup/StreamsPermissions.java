package io.callweave.runtime.startup;

import io.callweave.permissions.ClientRole;
import io.callweave.permissions.PermissionCheck;
import io.callweave.permissions.Permissions;
import io.callweave.runtime.options.RoleOptions;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks whether an instance of the topology is allowed what it needs. */
public final class StreamsPermissions {

    private static final Logger LOG = LoggerFactory.getLogger(StreamsPermissions.class);

    private StreamsPermissions() {}

    /** A sentence that names each permission that is known to be lacking. */
    public static Optional<String> lacking(RoleOptions role, Cluster cluster) {
        Permissions permissions = new Permissions(
                role.topics().prefix(), role.installation(), role.topics().off());
        return new PermissionCheck(cluster.admin(), permissions).sentence(ClientRole.STREAMS);
    }

    /** The same on its own connection; empty if it cannot connect. */
    public static Optional<String> lacking(RoleOptions role) {
        try (Cluster cluster = Cluster.connect(role.client())) {
            return lacking(role, cluster);
        } catch (OperationsException | KafkaException e) {
            LOG.atDebug().setCause(e).log("The permissions cannot be checked.");
            return Optional.empty();
        }
    }

    /**
     * Looks once more after the first start. What the internal topics allow is known only when they are there, and Kafka
     * Streams says nothing when it may not delete what it has read: the topic would grow until its disk is full.
     */
    public static void checkInBackground(RoleOptions role) {
        Thread thread = new Thread(() -> lacking(role).ifPresent(LOG::error), "permission-check");
        thread.setDaemon(true);
        thread.start();
    }
}
