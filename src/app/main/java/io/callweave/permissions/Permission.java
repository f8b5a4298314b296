package io.callweave.permissions;

import io.callweave.topics.Unauthorized;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Operations on one resource, or on all names that start with a prefix. Implied operations are left out: Read, Write
 * and Delete imply Describe.
 *
 * @param purpose the reason, in words
 */
public record Permission(ResourcePattern resource, Set<AclOperation> operations, String purpose) {

    public Permission {
        operations = Set.copyOf(operations);
    }

    static Permission topic(String name, String purpose, AclOperation... operations) {
        return of(ResourceType.TOPIC, name, PatternType.LITERAL, purpose, operations);
    }

    static Permission of(
            ResourceType type, String name, PatternType pattern, String purpose, AclOperation... operations) {
        return new Permission(new ResourcePattern(type, name, pattern), Set.of(operations), purpose);
    }

    /** In the order in which Kafka declares them. */
    public List<AclOperation> sortedOperations() {
        return operations.isEmpty() ? List.of() : List.copyOf(EnumSet.copyOf(operations));
    }

    /** One of its operations, such as "Write on the topic callweave.calls". */
    public String inWords(AclOperation operation) {
        String kind = resource.resourceType().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return Unauthorized.inWords(operation)
                + (resource.patternType() == PatternType.PREFIXED
                        ? " on each " + kind + " that starts with "
                        : " on the " + kind + " ")
                + resource.name();
    }
}
