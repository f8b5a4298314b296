package io.callweave.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The worker of Kafka Connect as an example for Kubernetes; no cluster runs it here. */
class ConnectManifestTest {

    private static final Path PIPELINES = Path.of("src/pipelines");
    private static final List<JsonNode> OBJECTS = Yaml.readAll(Yaml.text(PIPELINES.resolve("kubernetes/connect.yaml")));

    @Test
    void shouldBeWhatKubernetesTakes() {
        assertThat(OBJECTS).isNotEmpty();
        assertThat(KubernetesTypes.complaints(OBJECTS)).isEmpty();
    }

    /** As the pods of the chart. */
    @Test
    void shouldRunWithTheFewestRights() {
        JsonNode pod = OBJECTS.get(0).at("/spec/template/spec");
        JsonNode values = Yaml.read(Path.of("helm/callweave/values.yaml"));

        assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/seccompProfile"))
                .isEqualTo(values.at("/podSecurityContext/seccompProfile"));
        assertThat(pod.at("/containers/0/securityContext")).isEqualTo(values.path("securityContext"));
    }

    @Test
    void shouldNameFilesThatAreThere() {
        String command =
                OBJECTS.get(0).at("/spec/template/spec/containers/0/args/0").asText();

        assertThat(Pattern.compile("/pipelines/(\\S+)").matcher(command).results())
                .hasSize(4)
                .allMatch(file -> Files.exists(PIPELINES.resolve("connect").resolve(file.group(1))));
    }

    /** connect-standalone.sh takes 2 GB else; one that is killed at each start fills no tables any more. */
    @Test
    void shouldLeaveHalfOfItsMemoryBesideTheHeap() {
        JsonNode container = OBJECTS.get(0).at("/spec/template/spec/containers/0");
        JsonNode compose = Yaml.read(Path.of("docker-compose.yml")).at("/services/connect");

        assertThat(container.path("env"))
                .anyMatch(each -> each.path("name").asText().equals("KAFKA_HEAP_OPTS")
                        && each.path("value").asText().equals("-Xmx512m"));
        assertThat(container.at("/resources/limits/memory").asText()).isEqualTo("1Gi");
        assertThat(compose.at("/environment/KAFKA_HEAP_OPTS").asText()).isEqualTo("-Xmx512m");
        assertThat(compose.path("mem_limit").asText()).isEqualTo("1g");
    }
}
