package io.callweave.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.chart.Chart.Rendered;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example, and each switch on and off: they render, Kubernetes takes them, and the policies hold. */
class ChartTest {

    private static final Path MINIMAL = Chart.SOURCE.resolve("examples/minimal.yaml");
    private static final Path EVERYTHING = Chart.RESOURCES.resolve("everything.yaml");
    private static final String NAME = Chart.RELEASE + "-callweave";

    /** On where it is off by default, and off where it is on. */
    static final List<String> SWITCHES = List.of(
            "streams: {enabled: false}",
            "streams: {replicaCount: 0}",
            "{bridge: {replicaCount: 0}, deliver: {enabled: true, replicaCount: 0}}",
            "streams: {replicaCount: 1, standbyReplicas: 0}",
            "{kafka: {bootstrapServers: '[fd00::1]:9092,[fd00::2]:9093', rackAware: true}, listenAddress: '::', deliver: {enabled: true}, networkPolicy: {enabled: true}}",
            "streams: {autoscaling: {enabled: true}}",
            "{streams: {persistence: {enabled: false}}, kafka: {staticMembership: false}}",
            "{streams: {groupProtocol: streams, standbyReplicas: 0}, kafka: {staticMembership: false}}",
            "streams: {persistence: {storageClass: '-'}}",
            "bridge: {enabled: false}",
            "bridge: {statefulSet: false, persistence: {enabled: false}}",
            "bridge: {persistence: {enabled: false}}",
            "bridge: {autoscaling: {enabled: true}}",
            "bridge: {service: {type: LoadBalancer, annotations: {a: b}}}",
            "bridge: {ingress: {enabled: true, hosts: [a.example.com], tlsElsewhere: true}}",
            "bridge: {tls: {secretName: tls}}",
            "deliver: {enabled: true}",
            "deliver: {enabled: true, persistence: {enabled: false}}",
            "{deliver: {enabled: true, api: {enabled: true, secretName: tokens}}, networkPolicy: {enabled: true}}",
            "console: {enabled: true, access: {secretName: tokens}}",
            "console: {enabled: true, replicaCount: 2, access: {secretName: tokens}, settings: {console.retention: 1d}}",
            "{console: {enabled: true, access: {secretName: tokens}}, networkPolicy: {enabled: true, consoleFrom: [{podSelector: {}}]}}",
            "topics: {enabled: false}",
            "topics: {check: false, replicationFactor: 0}",
            "serviceAccount: {create: true, name: own}",
            "serviceMonitor: {enabled: true}",
            "prometheusRule: {enabled: true}",
            "dashboards: {enabled: true}",
            "networkPolicy: {enabled: true, kafkaPorts: [9092], extraEgress: [{ports: [{port: 443}]}]}",
            "podDisruptionBudget: {enabled: false}",
            "podDisruptionBudget: {maxUnavailable: 50%}",
            "{imageDigest: 'sha256:" + "0123456789012345678901234567890123456789012345678901234567890123'}",
            "{fullnameOverride: a-name-that-is-far-too-long-for-what-kubernetes-takes-as-the-name-of-an-object}",
            "roles: {other: {command: [bridge], resources: {requests: {cpu: 1}, limits: {memory: 1Gi}}}}");

    private static Chart chart;

    @BeforeAll
    static void copy() {
        chart = Chart.copy();
    }

    @AfterAll
    static void delete() {
        chart.close();
    }

    static Stream<Path> examples() {
        return Chart.examples().stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldPassTheStrictLint(Path example) {
        assertThat(chart.lint(Yaml.read(example))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldBeTakenByKubernetesWithTheValuesOf(Path example) {
        assertWell(chart.render(example));
    }

    @ParameterizedTest
    @FieldSource("SWITCHES")
    void shouldBeTakenByKubernetesWith(String values) {
        assertWell(chart.render(Chart.values(MINIMAL, values)));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldSetOnlyWhatTheProductTakes(Path example) {
        Rendered rendered = chart.render(example);

        assertThat(rendered.text()).contains("callweave.properties: |", "INSTANCE_ID");
        assertThat(RenderedSettings.complaints(rendered)).isEmpty();
    }

    @Test
    void shouldOverrideSharedValuesByThoseOfARole() {
        Rendered rendered = chart.render(Chart.values(
                MINIMAL, "{logLevel: warn, tolerations: [{key: all}], bridge: {logLevel: debug, podLabels: {a: b}}}"));

        String level = "/spec/template/spec/containers/0/env/2/value";
        assertThat(rendered.object("StatefulSet", NAME + "-streams").at(level).asText())
                .isEqualTo("warn");
        assertThat(rendered.object("StatefulSet", NAME + "-bridge").at(level).asText())
                .isEqualTo("debug");
        assertThat(rendered.object("StatefulSet", NAME + "-bridge")
                        .at("/spec/template/spec/tolerations/0/key")
                        .asText())
                .isEqualTo("all");
    }

    @Test
    void shouldWriteLargeNumbersInFull() {
        Rendered rendered = chart.render(EVERYTHING);

        assertThat(rendered.object("ConfigMap", NAME + "-streams")
                        .at("/data/callweave.properties")
                        .asText())
                .contains("streams.commit.interval.ms=1000000\n");
    }

    @Test
    void shouldRestartPodsWhenASettingChanges() {
        String checksum = "/spec/template/metadata/annotations/checksum~1settings";
        JsonNode before = chart.render(MINIMAL).object("StatefulSet", NAME + "-streams");

        JsonNode after = chart.render(Chart.values(MINIMAL, "settings: {completion.linger: 9s}"))
                .object("StatefulSet", NAME + "-streams");

        assertThat(after.at(checksum).asText()).isNotEqualTo(before.at(checksum).asText());
    }

    @Test
    void shouldGiveTheTopicsJobTheSecretsOfAllRolesAndItsOwn() {
        Rendered rendered = chart.render(Chart.values(
                MINIMAL,
                "{secretFilesRefs: [{name: all, mountPath: /a}], topics: {secretFilesRefs: [{name: own,"
                        + " mountPath: /b}]}}"));

        assertThat(rendered.object("Job", NAME + "-topics")
                        .at("/spec/template/spec/volumes")
                        .findValuesAsText("secretName"))
                .containsExactly("all", "own");
    }

    @Test
    void shouldRunTheTopicsJobUnderTheServiceAccountOfTheChart() {
        String account = "/spec/template/spec/serviceAccountName";
        Rendered created = chart.render(
                Chart.values(MINIMAL, "serviceAccount: {create: true, annotations: {role: kafka-writer}}"));

        Rendered given = chart.render(Chart.values(MINIMAL, "serviceAccount: {name: own}"));

        assertThat(given.object("Job", NAME + "-topics").at(account).asText()).isEqualTo("own");
        assertThat(created.object("Job", NAME + "-topics").at(account).asText()).isEqualTo(NAME + "-topics");
        assertThat(created.object("ServiceAccount", NAME + "-topics")
                        .at("/metadata/annotations/role")
                        .asText())
                .isEqualTo("kafka-writer");
    }

    @Test
    void shouldGiveTheConsoleItsTokensAndAnIngress() {
        Rendered rendered = chart.render(EVERYTHING);

        assertThat(rendered.object("ConfigMap", NAME + "-console")
                        .at("/data/callweave.properties")
                        .asText())
                .contains("console.access-file=/etc/callweave/access/tokens\n", "console.masking=on\n");
        assertThat(rendered.object("Deployment", NAME + "-console")
                        .at("/spec/template/spec/volumes")
                        .findValuesAsText("secretName"))
                .contains("callweave-console");
        assertThat(rendered.object("Ingress", NAME + "-console")
                        .at("/spec/rules/0/http/paths/0/backend/service/port/name")
                        .asText())
                .isEqualTo("console");
    }

    @Test
    void shouldBoundTheVolumeOfTheConsole() {
        Rendered rendered = chart.render(
                Chart.values(MINIMAL, "console: {enabled: true, access: {secretName: tokens}, storeSize: 2Gi}"));

        assertThat(rendered.object("ConfigMap", NAME + "-console")
                        .at("/data/callweave.properties")
                        .asText())
                .contains("console.store.max-bytes=2GiB\n");
        assertThat(rendered.object("Deployment", NAME + "-console")
                        .at("/spec/template/spec/volumes")
                        .findValuesAsText("sizeLimit"))
                .contains("2816Mi");
    }

    @Test
    void shouldScaleByTheLagOfInputAndHop() {
        JsonNode scaled = chart.render(EVERYTHING).object("ScaledObject", NAME + "-streams");

        assertThat(scaled.at("/spec/triggers").findValuesAsText("topic"))
                .containsExactly("callweave.notifications", "callweave-routed-repartition");
    }

    @Test
    void shouldHaveTheVersionOfTheProduct() {
        String version = Yaml.text(Path.of("pom.xml"))
                .lines()
                .filter(line -> line.startsWith("  <version>"))
                .findFirst()
                .orElseThrow()
                .replaceAll("</?version>", "")
                .strip();

        assertThat(Yaml.read(Chart.SOURCE.resolve("Chart.yaml"))
                        .path("appVersion")
                        .asText())
                .isEqualTo(version);
    }

    private static void assertWell(Rendered rendered) {
        assertThat(rendered.objects()).isNotEmpty();
        assertThat(KubernetesTypes.complaints(rendered.objects())).isEmpty();
        assertThat(Policies.broken(rendered)).isEmpty();
    }
}
