package io.callweave.permissions;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourcePattern;

/**
 * The ACLs of one principal with some roles. If two roles need the same resource, one entry has the operations of both.
 *
 * @param principal as Kafka writes it, such as {@code User:callweave}
 * @param hosts the addresses that it may connect from; {@code *} for all
 */
public record Acls(String principal, List<String> hosts, List<Permission> permissions) {

    public static final String ANY_HOST = "*";

    public Acls {
        hosts = List.copyOf(hosts);
        permissions = List.copyOf(permissions);
    }

    public static Acls of(String principal, List<String> hosts, Permissions permissions, Collection<ClientRole> roles) {
        Map<ResourcePattern, Permission> merged = new LinkedHashMap<>();
        for (ClientRole role : roles) {
            permissions.of(role).forEach(one -> merged.merge(one.resource(), one, Acls::union));
        }
        return new Acls(principal, hosts, new ArrayList<>(merged.values()));
    }

    private static Permission union(Permission one, Permission other) {
        Set<AclOperation> operations = EnumSet.copyOf(one.operations());
        operations.addAll(other.operations());
        return new Permission(one.resource(), operations, one.purpose());
    }
}
