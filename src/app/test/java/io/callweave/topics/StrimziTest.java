package io.callweave.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StrimziTest {

    @Test
    void shouldPrintTheTopicsWithTheirPolicies() {
        String yaml = Strimzi.topics(TopicPlan.withPrefix("Call_weave."), 12, (short) 3, "my-cluster");

        assertThat(yaml.split("(?m)^---\n"))
                .hasSize(Topic.values().length + 1)
                .anySatisfy(topic -> assertThat(topic).isEqualTo("""
                        apiVersion: kafka.strimzi.io/v1
                        kind: KafkaTopic
                        metadata:
                          name: "call-weave.notifications"
                          labels:
                            strimzi.io/cluster: "my-cluster"
                        spec:
                          topicName: "Call_weave.notifications"
                          partitions: 12
                          replicas: 3
                          config:
                            cleanup.policy: "delete"
                            max.message.bytes: "1114112"
                            message.timestamp.type: "LogAppendTime"
                            retention.ms: "604800000"
                        """));
    }

    @Test
    void shouldRefuseANameThatKubernetesDoesNotAccept() {
        assertThatThrownBy(() -> Strimzi.topics(TopicPlan.withPrefix(""), 1, null, "My Cluster"))
                .hasMessageStartingWith("The cluster My Cluster cannot be the name of a Kubernetes resource");
    }
}
