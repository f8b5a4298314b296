package io.callweave.permissions;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.settings.SettingsException;
import io.callweave.topics.Topic;
import io.callweave.topology.CallweaveTopology;
import io.callweave.topology.description.TopologyTopics;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The permissions of each role, with the names of one installation. Topics come from the
 * {@linkplain TopologyTopics topology}. Internal topics of Kafka Streams are covered by their prefix, so that a change
 * of the topology changes nothing here.
 *
 * @param topicPrefix of every topic's name
 * @param applicationId the prefix of the consumer group, the internal topics and the transactions
 * @param off the outputs that are not written
 */
public record Permissions(String topicPrefix, String applicationId, Set<Topic> off) {

    private static final String SIZES = "read the limits of record sizes";
    private static final String POLICIES = "compare the topic with its policy";

    public Permissions {
        off = Set.copyOf(off);
    }

    /** With all outputs. */
    public Permissions(String topicPrefix, String applicationId) {
        this(topicPrefix, applicationId, Set.of());
    }

    /**
     * Looks whether internal topics begin differently from all others: the permission for them is for each name that begins so.
     *
     * @throws SettingsException if they do not
     */
    public static void checkNames(Settings settings) {
        String prefix = settings.get(KnownSettings.TOPICS_PREFIX);
        String id = settings.get(KnownSettings.APPLICATION_ID);
        for (String internal : List.of(id + "-", deliverApplication(id) + "-")) {
            for (Topic topic : Topic.values()) {
                if (topic.name(prefix).startsWith(internal)) {
                    throw new SettingsException("With " + KnownSettings.TOPICS_PREFIX + " \"" + prefix + "\" and "
                            + KnownSettings.APPLICATION_ID + " \"" + id + "\", the topic " + topic.name(prefix)
                            + " begins with " + internal
                            + ", as internal topics do, which a role may delete; change one"
                            + " of the two.");
                }
            }
        }
    }

    /** In the order in which people read them. */
    public List<Permission> of(ClientRole role) {
        return switch (role) {
            case BRIDGE ->
                List.of(
                        topic(Topic.NOTIFICATIONS, "write notifications; " + SIZES, WRITE, DESCRIBE_CONFIGS),
                        topic(
                                Topic.FEED_GAPS,
                                "only for accounts with credentials: write gaps; share accounts among bridges",
                                READ,
                                WRITE,
                                DESCRIBE_CONFIGS),
                        topic(
                                Topic.DIRECTORY,
                                "only for accounts with credentials: write names of extensions",
                                READ,
                                WRITE),
                        topic(
                                Topic.CALLS,
                                "only for accounts with credentials: find recordings that are not ready, compare calls"
                                        + " with the Call Log and bring those of gaps",
                                READ),
                        topic(
                                Topic.AUDITS,
                                "only with audit.every: write comparisons with the Call Log",
                                READ,
                                WRITE,
                                DESCRIBE_CONFIGS),
                        topic(Topic.DEAD_LETTERS, "write what cannot be used; " + SIZES, WRITE, DESCRIBE_CONFIGS),
                        Permission.of(
                                ResourceType.GROUP,
                                bridgeGroup(applicationId),
                                PatternType.LITERAL,
                                "only for accounts with credentials: share accounts among bridges",
                                READ));
            case STREAMS -> streams();
            case DELIVER -> deliver();
            case CONSOLE -> console();
            case TOPICS -> topics();
            case DIRECTORY -> List.of(topic(Topic.DIRECTORY, "read, write and find the directory", READ, WRITE));
        };
    }

    /**
     * The name of the deliverer's application: its consumer group, and the prefix of its internal topics. With a hyphen, the
     * prefix of {@code streams} would cover them.
     */
    public static String deliverApplication(String applicationId) {
        return applicationId + "_deliver";
    }

    /** The consumer group in which bridges share accounts. */
    public static String bridgeGroup(String applicationId) {
        return applicationId + "-bridge";
    }

    /** The topic that the topology creates first; the others follow. */
    String internalTopic() {
        return CallweaveTopology.hopTopic(applicationId);
    }

    private List<Permission> streams() {
        TopologyTopics topology = TopologyTopics.ofProduct();
        List<Permission> permissions = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            if (topology.read().contains(topic)) {
                permissions.add(topic(topic, "read it; " + POLICIES, READ, DESCRIBE_CONFIGS));
            } else if (topology.written().contains(topic) && !off.contains(topic)) {
                permissions.add(topic(topic, "write it; " + POLICIES, WRITE, DESCRIBE_CONFIGS));
            }
        }
        permissions.add(Permission.of(
                ResourceType.TOPIC,
                internalPrefix(),
                PatternType.PREFIXED,
                "internal topics: make, write and read them, delete what was read, compare their policies",
                READ,
                WRITE,
                CREATE,
                DELETE,
                DESCRIBE_CONFIGS));
        permissions.add(Permission.of(
                ResourceType.GROUP, applicationId, PatternType.LITERAL, "share the work, commit offsets", READ));
        permissions.add(Permission.of(
                ResourceType.TRANSACTIONAL_ID,
                internalPrefix(),
                PatternType.PREFIXED,
                "one transaction for input and output",
                WRITE));
        return permissions;
    }

    private List<Permission> deliver() {
        return List.of(
                topic(Topic.CALLS, "read it; compare its partitions", READ, DESCRIBE_CONFIGS),
                topic(Topic.LIVE_CALLS, "read it", READ, DESCRIBE_CONFIGS),
                topic(Topic.PARTY_EVENTS, "read it", READ, DESCRIBE_CONFIGS),
                topic(Topic.DIRECTORY, "read names of extensions", READ, DESCRIBE_CONFIGS),
                topic(Topic.DELIVER_SUBSCRIPTIONS, "read and change subscriptions", READ, WRITE, DESCRIBE_CONFIGS),
                topic(Topic.DELIVER_REQUESTS, "read it; test endpoints, deliver again", READ, WRITE, DESCRIBE_CONFIGS),
                topic(Topic.DELIVER_DEAD_LETTERS, "write it; deliver again", READ, WRITE, DESCRIBE_CONFIGS),
                Permission.of(
                        ResourceType.TOPIC,
                        deliverApplication(applicationId) + "-",
                        PatternType.PREFIXED,
                        "internal topics: make, write and read them",
                        READ,
                        WRITE,
                        CREATE,
                        DELETE,
                        DESCRIBE_CONFIGS),
                Permission.of(
                        ResourceType.GROUP,
                        deliverApplication(applicationId),
                        PatternType.LITERAL,
                        "share the work, commit offsets",
                        READ));
    }

    private List<Permission> console() {
        List<Permission> permissions = new ArrayList<>();
        for (Topic topic : List.of(
                Topic.NOTIFICATIONS,
                Topic.LIVE_CALLS,
                Topic.CALLS,
                Topic.WINDOW_METRICS,
                Topic.DIRECTORY,
                Topic.AUDITS,
                Topic.DEAD_LETTERS)) {
            permissions.add(topic(topic, "show it", READ));
        }
        for (String group : List.of(applicationId, deliverApplication(applicationId))) {
            permissions.add(Permission.of(
                    ResourceType.GROUP, group, PatternType.LITERAL, "show how far behind it is", DESCRIBE));
        }
        return permissions;
    }

    private List<Permission> topics() {
        List<Permission> permissions = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            if (!off.contains(topic)) {
                permissions.add(topic(topic, "create it; " + POLICIES, CREATE, DESCRIBE, DESCRIBE_CONFIGS));
            }
        }
        permissions.add(Permission.of(
                ResourceType.TOPIC,
                internalPrefix(),
                PatternType.PREFIXED,
                "internal topics: compare their partitions with those of notifications",
                DESCRIBE,
                DESCRIBE_CONFIGS));
        return permissions;
    }

    /** Kafka Streams adds a hyphen after the application id. */
    private String internalPrefix() {
        return applicationId + "-";
    }

    private Permission topic(Topic topic, String purpose, AclOperation... operations) {
        return Permission.topic(topic.name(topicPrefix), purpose, operations);
    }
}
