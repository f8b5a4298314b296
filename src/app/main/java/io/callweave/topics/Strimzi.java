package io.callweave.topics;

import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Topics as {@code KafkaTopic} resources of Strimzi's Topic Operator, and what all resources of Strimzi have in common. Source:
 * Strimzi's Custom Resource API Reference.
 */
public final class Strimzi {

    public static final String API = "kafka.strimzi.io/v1";

    /** What Kubernetes accepts as the name of a resource (RFC 1123). */
    private static final Pattern RESOURCE_NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

    private Strimzi() {}

    /**
     * The resources of all topics of a plan, as YAML.
     *
     * @param replicas null for those of the brokers' configuration
     * @param cluster the name of the {@code Kafka} resource
     * @throws IllegalArgumentException if the cluster or a topic cannot be the name of a resource; the message is a sentence
     */
    public static String topics(TopicPlan plan, int partitions, @Nullable Short replicas, String cluster) {
        checkName("The cluster " + cluster, cluster);
        StringBuilder yaml = new StringBuilder();
        for (Topic topic : plan.topics()) {
            String name = plan.name(topic);
            // The resource cannot have each name that a topic can have.
            String resource = name.toLowerCase(Locale.ROOT).replace('_', '-');
            checkName("The topic " + name, resource);
            yaml.append("""
                    ---
                    apiVersion: %s
                    kind: KafkaTopic
                    metadata:
                      name: "%s"
                      labels:
                        strimzi.io/cluster: "%s"
                    spec:
                      topicName: "%s"
                      partitions: %d
                    """.formatted(API, resource, cluster, name, partitions));
            if (replicas != null) {
                yaml.append("  replicas: ").append(replicas).append('\n');
            }
            yaml.append("  config:\n");
            new TreeMap<>(plan.policy(topic))
                    .forEach((option, value) -> yaml.append("    ")
                            .append(option)
                            .append(": \"")
                            .append(value)
                            .append("\"\n"));
        }
        return yaml.toString();
    }

    /**
     * Checks the name of a resource.
     *
     * @param what begins the sentence
     * @throws IllegalArgumentException if Kubernetes does not accept it
     */
    public static void checkName(String what, String name) {
        if (!RESOURCE_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    what
                            + " cannot be the name of a Kubernetes resource: use lower case letters, digits, hyphens and dots.");
        }
    }
}
