package io.callweave.permissions;

import io.callweave.topics.Unauthorized;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/** ACLs as commands for Kafka's {@code kafka-acls.sh}: one for all resources with the same operations. */
public final class KafkaAclsCommands {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@-]+");

    private KafkaAclsCommands() {}

    private record Group(ResourceType type, PatternType pattern, Set<AclOperation> operations) {}

    /**
     * One command a line.
     *
     * @param connection the options before {@code --add}, such as the brokers; inserted unchanged
     */
    public static List<String> of(Acls acls, String connection) {
        Map<Group, List<Permission>> groups = new LinkedHashMap<>();
        for (Permission permission : acls.permissions()) {
            Group group = new Group(
                    permission.resource().resourceType(), permission.resource().patternType(), permission.operations());
            groups.computeIfAbsent(group, key -> new ArrayList<>()).add(permission);
        }
        return groups.values().stream()
                .map(group -> command(acls, group, connection))
                .toList();
    }

    private static String command(Acls acls, List<Permission> group, String connection) {
        Permission first = group.get(0);
        List<String> words = new ArrayList<>(List.of("kafka-acls.sh", connection, "--add"));
        words.add("--allow-principal " + quoted(acls.principal()));
        acls.hosts().stream()
                .filter(host -> !host.equals(Acls.ANY_HOST))
                .forEach(host -> words.add("--allow-host " + quoted(host)));
        first.sortedOperations().forEach(operation -> words.add("--operation " + Unauthorized.inWords(operation)));
        String option = "--"
                + first.resource()
                        .resourceType()
                        .name()
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-');
        group.forEach(one -> words.add(option + " " + quoted(one.resource().name())));
        words.add("--resource-pattern-type "
                + first.resource().patternType().name().toLowerCase(Locale.ROOT));
        return String.join(" ", words);
    }

    /** Quoted for a POSIX shell. */
    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
