package io.callweave.permissions;

import io.callweave.topics.Strimzi;
import io.callweave.topics.Unauthorized;
import java.util.Locale;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/**
 * ACLs as a {@code KafkaUser} of Strimzi's User Operator, {@value Strimzi#API}. Source: Strimzi's Custom Resource API
 * Reference, "KafkaUser".
 */
public final class StrimziUser {

    private static final String USER = "User:";
    private static final String COMMON_NAME = "CN=";

    private StrimziUser() {}

    /**
     * The resource as YAML.
     *
     * @param cluster the name of the {@code Kafka} resource
     * @throws IllegalArgumentException if the principal or the cluster is not a valid name in Kubernetes; the message
     *     is a sentence
     */
    public static String yaml(Acls acls, String cluster) {
        String principal = acls.principal();
        boolean tls = principal.startsWith(USER + COMMON_NAME);
        String name = principal.startsWith(USER)
                ? principal.substring(USER.length() + (tls ? COMMON_NAME.length() : 0))
                : principal;
        Strimzi.checkName("The principal " + principal, name);
        Strimzi.checkName("The cluster " + cluster, cluster);
        StringBuilder yaml =
                new StringBuilder("""
                apiVersion: %s
                kind: KafkaUser
                metadata:
                  name: "%s"
                  labels:
                    strimzi.io/cluster: "%s"
                spec:
                  authentication:
                    type: %s
                  authorization:
                    type: simple
                    acls:
                """.formatted(Strimzi.API, name, cluster, tls ? "tls" : "scram-sha-512"));
        for (String host : acls.hosts()) {
            acls.permissions().forEach(permission -> yaml.append(rule(permission, host)));
        }
        return yaml.toString();
    }

    private static String rule(Permission permission, String host) {
        StringBuilder rule = new StringBuilder("""
                      - resource:
                          type: %s
                          name: "%s"
                          patternType: %s
                        operations:
                """.formatted(
                        type(permission.resource().resourceType()),
                        permission.resource().name(),
                        permission.resource().patternType() == PatternType.PREFIXED ? "prefix" : "literal"));
        permission
                .sortedOperations()
                .forEach(operation -> rule.append("          - ")
                        .append(Unauthorized.inWords(operation))
                        .append('\n'));
        return rule.append("        host: \"").append(host).append("\"\n").toString();
    }

    private static String type(ResourceType type) {
        return type == ResourceType.TRANSACTIONAL_ID
                ? "transactionalId"
                : type.name().toLowerCase(Locale.ROOT);
    }
}
