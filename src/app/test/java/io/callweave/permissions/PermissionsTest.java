package io.callweave.permissions;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.topics.Topic;
import io.callweave.topology.CallweaveTopology;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

class PermissionsTest {

    private final Permissions permissions = new Permissions("cw.", "app");

    @Test
    void shouldLetStreamsReadItsInputsAndWriteItsOutputsAndNoOtherTopics() {
        Map<ResourcePattern, Set<AclOperation>> streams = operations(ClientRole.STREAMS);

        assertThat(streams.get(topic("cw.notifications"))).containsExactlyInAnyOrder(READ, DESCRIBE_CONFIGS);
        assertThat(streams.get(topic("cw.directory"))).containsExactlyInAnyOrder(READ, DESCRIBE_CONFIGS);
        assertThat(streams.get(topic("cw.feed-gaps"))).containsExactlyInAnyOrder(READ, DESCRIBE_CONFIGS);
        assertThat(Topic.ofAssembly().stream().map(topic -> topic.name("cw.")))
                .allMatch(name -> streams.containsKey(topic(name)))
                .filteredOn(name -> streams.get(topic(name)).contains(WRITE))
                .containsExactlyInAnyOrder(
                        "cw.party-events",
                        "cw.live-calls",
                        "cw.calls",
                        "cw.party-metrics",
                        "cw.window-metrics",
                        "cw.artifacts",
                        "cw.dead-letters");
    }

    @Test
    void shouldNeedNothingForOutputsThatAreOff() {
        Permissions few = new Permissions("cw.", "app", Set.of(Topic.LIVE_CALLS, Topic.PARTY_EVENTS));

        for (ClientRole role : List.of(ClientRole.STREAMS, ClientRole.TOPICS)) {
            assertThat(few.of(role))
                    .extracting(permission -> permission.resource().name())
                    .contains("cw.calls")
                    .doesNotContain("cw.live-calls", "cw.party-events");
        }
    }

    @Test
    void shouldCoverInternalTopicsOfKafkaStreamsByTheirPrefix() {
        Map<ResourcePattern, Set<AclOperation>> streams = operations(ClientRole.STREAMS);

        assertThat(streams.get(new ResourcePattern(ResourceType.TOPIC, "app-", PatternType.PREFIXED)))
                .containsExactlyInAnyOrder(READ, WRITE, CREATE, DELETE, DESCRIBE_CONFIGS);
        assertThat(streams.get(new ResourcePattern(ResourceType.TRANSACTIONAL_ID, "app-", PatternType.PREFIXED)))
                .containsExactly(WRITE);
        assertThat(streams.get(new ResourcePattern(ResourceType.GROUP, "app", PatternType.LITERAL)))
                .containsExactly(READ);
        assertThat(CallweaveTopology.hopTopic("app")).startsWith("app-");
    }

    @Test
    void shouldLetTheBridgeWriteAndShareAccounts() {
        assertThat(operations(ClientRole.BRIDGE))
                .containsOnly(
                        Map.entry(topic("cw.notifications"), Set.of(WRITE, DESCRIBE_CONFIGS)),
                        Map.entry(topic("cw.feed-gaps"), Set.of(READ, WRITE, DESCRIBE_CONFIGS)),
                        Map.entry(topic("cw.directory"), Set.of(READ, WRITE)),
                        Map.entry(topic("cw.calls"), Set.of(READ)),
                        Map.entry(topic("cw.audits"), Set.of(READ, WRITE, DESCRIBE_CONFIGS)),
                        Map.entry(topic("cw.dead-letters"), Set.of(WRITE, DESCRIBE_CONFIGS)),
                        Map.entry(
                                new ResourcePattern(ResourceType.GROUP, "app-bridge", PatternType.LITERAL),
                                Set.of(READ)));
    }

    @Test
    void shouldPrintCommandsForTheToolOfKafka() {
        Acls acls = Acls.of("User:CN=a b", List.of("10.0.0.1", "10.0.0.2"), permissions, List.of(ClientRole.BRIDGE));

        assertThat(KafkaAclsCommands.of(acls, "--bootstrap-server k:9092"))
                .hasSize(5)
                .contains("kafka-acls.sh --bootstrap-server k:9092 --add --allow-principal 'User:CN=a b'"
                        + " --allow-host 10.0.0.1 --allow-host 10.0.0.2 --operation Write --operation DescribeConfigs"
                        + " --topic cw.notifications --topic cw.dead-letters --resource-pattern-type literal");
        assertThat(KafkaAclsCommands.of(
                        Acls.of("User:s", List.of(Acls.ANY_HOST), permissions, List.of(ClientRole.STREAMS)), "-"))
                .hasSize(5)
                .noneMatch(command -> command.contains("--allow-host"))
                .contains("kafka-acls.sh - --add --allow-principal User:s --operation Write --transactional-id app-"
                        + " --resource-pattern-type prefixed");
    }

    @Test
    void shouldPrintAUserOfStrimzi() {
        Acls acls = Acls.of("User:loader", List.of(Acls.ANY_HOST), permissions, List.of(ClientRole.DIRECTORY));

        assertThat(StrimziUser.yaml(acls, "my-cluster")).isEqualTo("""
                apiVersion: kafka.strimzi.io/v1
                kind: KafkaUser
                metadata:
                  name: "loader"
                  labels:
                    strimzi.io/cluster: "my-cluster"
                spec:
                  authentication:
                    type: scram-sha-512
                  authorization:
                    type: simple
                    acls:
                      - resource:
                          type: topic
                          name: "cw.directory"
                          patternType: literal
                        operations:
                          - Read
                          - Write
                        host: "*"
                """);
    }

    @Test
    void shouldPrintRulesForPrefixesAndTransactions() {
        Acls acls = Acls.of("User:streams", List.of(Acls.ANY_HOST), permissions, List.of(ClientRole.STREAMS));

        assertThat(StrimziUser.yaml(acls, "my-cluster")).contains("""
                      - resource:
                          type: group
                          name: "app"
                          patternType: literal
                        operations:
                          - Read
                        host: "*"
                      - resource:
                          type: transactionalId
                          name: "app-"
                          patternType: prefix
                        operations:
                          - Write
                        host: "*"
                """);
    }

    @Test
    void shouldPrintAUserOfStrimziThatHasACertificate() {
        Acls acls = Acls.of("User:CN=bridge", List.of("10.0.0.1"), permissions, List.of(ClientRole.BRIDGE));

        assertThat(StrimziUser.yaml(acls, "my-cluster"))
                .contains("  name: \"bridge\"\n", "    type: tls\n", "        host: \"10.0.0.1\"\n")
                .doesNotContain("\"*\"");
    }

    @Test
    void shouldRefuseAPrincipalThatCannotBeAUserOfStrimzi() {
        Acls acls = Acls.of("User:CN=A,O=B", List.of(Acls.ANY_HOST), permissions, List.of(ClientRole.BRIDGE));

        assertThatThrownBy(() -> StrimziUser.yaml(acls, "my-cluster"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The principal User:CN=A,O=B cannot be the name of a Kubernetes resource: use lower case"
                        + " letters, digits, hyphens and dots.");
    }

    @Test
    void shouldGiveAPrincipalOfSeveralRolesEachResourceOnce() {
        Acls acls = Acls.of("User:all", List.of(Acls.ANY_HOST), permissions, List.of(ClientRole.values()));

        assertThat(acls.permissions()).map(Permission::resource).doesNotHaveDuplicates();
        assertThat(acls.permissions())
                .filteredOn(one -> one.resource().equals(topic("cw.directory")))
                .singleElement()
                .satisfies(one -> assertThat(one.operations())
                        .containsExactlyInAnyOrder(READ, WRITE, CREATE, DESCRIBE, DESCRIBE_CONFIGS));
    }

    private Map<ResourcePattern, Set<AclOperation>> operations(ClientRole role) {
        Map<ResourcePattern, Set<AclOperation>> operations = new HashMap<>();
        permissions.of(role).forEach(one -> operations.put(one.resource(), one.operations()));
        return operations;
    }

    private static ResourcePattern topic(String name) {
        return new ResourcePattern(ResourceType.TOPIC, name, PatternType.LITERAL);
    }
}
