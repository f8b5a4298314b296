package io.callweave.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.callweave.chart.Chart.Rendered;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What an operator may rely on for every object of the chart, whatever the values are. */
final class Policies {

    private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet");
    private static final Pattern SECRET =
            Pattern.compile("(?i)^(?!.*(?:endpoint|secrets-dir)).*(password|passphrase|secret|token|jaas|privacy.key)");
    private static final int LONGEST_NAME = 63;
    private static final int CLEAN_STOP_SECONDS = 35;
    private static final int LEAST_STARTUP_SECONDS = 60;

    private final List<JsonNode> objects;
    private final List<String> broken = new ArrayList<>();

    private Policies(List<JsonNode> objects) {
        this.objects = objects;
    }

    /** What is broken, one sentence each. */
    static List<String> broken(Rendered rendered) {
        Policies policies = new Policies(rendered.objects());
        policies.names();
        policies.secrets();
        policies.objects.forEach(object -> {
            JsonNode pod = object.at("/spec/template/spec");
            if (!pod.isMissingNode()) {
                policies.pod(object, pod);
            }
            if (WORKLOADS.contains(kind(object))) {
                policies.workload(object, pod);
            }
        });
        policies.references();
        return policies.broken;
    }

    private void names() {
        Set<String> seen = new HashSet<>();
        for (JsonNode object : objects) {
            String name = object.at("/metadata/name").asText();
            check(object, seen.add(kind(object) + "/" + name), "is there twice");
            check(object, name.length() <= LONGEST_NAME, "has a name that is too long");
        }
    }

    private void secrets() {
        for (JsonNode object : objects) {
            check(object, !kind(object).equals("Secret"), "is a Secret, which the chart only refers to");
            if (kind(object).equals("ConfigMap")) {
                String settings =
                        object.path("data").path("callweave.properties").asText();
                settings.lines()
                        .filter(line -> SECRET.matcher(line.split("=", 2)[0]).find())
                        .filter(line -> !line.contains("${"))
                        .forEach(line -> check(object, false, "has a secret in plain text"));
            }
        }
    }

    private void pod(JsonNode object, JsonNode pod) {
        check(object, pod.at("/securityContext/runAsNonRoot").asBoolean(), "may run as root");
        check(
                object,
                pod.at("/securityContext/seccompProfile/type").asText().equals("RuntimeDefault"),
                "has no seccomp profile");
        check(object, isFalse(pod.path("automountServiceAccountToken")), "has a token for the Kubernetes API");
        check(object, isFalse(pod.path("enableServiceLinks")), "takes variables of services for settings");
        Set<String> volumes = new HashSet<>();
        stream(pod.path("volumes"))
                .forEach(volume -> volumes.add(volume.path("name").asText()));
        stream(object.at("/spec/volumeClaimTemplates"))
                .forEach(claim -> volumes.add(claim.at("/metadata/name").asText()));
        stream(pod.path("volumes"))
                .map(volume -> volume.at("/configMap/name"))
                .filter(name -> !name.isMissingNode())
                .forEach(name ->
                        check(object, exists("ConfigMap", name.asText()), "mounts a ConfigMap that is not there"));
        Stream.concat(stream(pod.path("containers")), stream(pod.path("initContainers")))
                .forEach(container -> container(object, container, volumes));
    }

    private void container(JsonNode object, JsonNode container, Set<String> volumes) {
        JsonNode security = container.path("securityContext");
        check(object, isFalse(security.path("allowPrivilegeEscalation")), "may escalate its privileges");
        check(object, security.path("readOnlyRootFilesystem").asBoolean(), "may write into its image");
        check(object, security.at("/capabilities/drop/0").asText().equals("ALL"), "has capabilities");
        check(object, container.at("/resources/limits").has("memory"), "has no memory limit");
        check(object, container.at("/resources/requests").has("cpu"), "has no request for CPU");
        String image = container.path("image").asText();
        check(object, image.contains(":") && !image.endsWith(":latest"), "has an image without a version");
        stream(container.path("volumeMounts"))
                .forEach(mount -> check(
                        object,
                        volumes.contains(mount.path("name").asText()),
                        "mounts a volume that is not there: " + mount.path("name")));
        stream(container.path("env"))
                .filter(variable -> variable.has("value"))
                .forEach(variable -> check(
                        object, !SECRET.matcher(variable.path("name").asText()).find(), "has a secret in plain text"));
    }

    private void workload(JsonNode object, JsonNode pod) {
        JsonNode container = pod.at("/containers/0");
        check(object, path(container, "livenessProbe").equals("/health/live"), "is killed for more than a standstill");
        check(object, path(container, "readinessProbe").equals("/health/ready"), "is ready before it works on calls");
        check(object, path(container, "startupProbe").equals("/health/live"), "is killed while it restores");
        JsonNode startup = container.path("startupProbe");
        check(
                object,
                startup.path("periodSeconds").asInt()
                                * startup.path("failureThreshold").asInt()
                        >= LEAST_STARTUP_SECONDS,
                "has too little time to start");
        int grace = pod.path("terminationGracePeriodSeconds").asInt();
        int before = container.at("/lifecycle/preStop/exec/command/1").asInt();
        check(object, grace >= CLEAN_STOP_SECONDS + before, "is killed before it has stopped");
        JsonNode wanted = object.at("/spec/selector/matchLabels");
        check(object, selects(wanted, object.at("/spec/template/metadata/labels")), "does not select its own pods");
        check(object, !pod.path("topologySpreadConstraints").isEmpty(), "is not spread over nodes");
        boolean scaled = objects.stream()
                .filter(other ->
                        Set.of("HorizontalPodAutoscaler", "ScaledObject").contains(kind(other)))
                .anyMatch(other -> other.at("/spec/scaleTargetRef/name").equals(object.at("/metadata/name")));
        check(object, scaled != object.path("spec").has("replicas"), "has its replicas set by two, or by nobody");
        if (kind(object).equals("StatefulSet")) {
            check(object, exists("Service", object.at("/spec/serviceName").asText()), "has no service");
            check(object, text(object, "/spec/podManagementPolicy").equals("Parallel"), "starts its pods in turn");
            check(object, text(object, "/spec/updateStrategy/type").equals("RollingUpdate"), "does not roll updates");
        }
    }

    private void references() {
        for (JsonNode object : objects) {
            switch (kind(object)) {
                case "Service" -> service(object);
                case "PodDisruptionBudget" -> budget(object);
                case "NetworkPolicy" ->
                    check(
                            object,
                            !selected(object.at("/spec/podSelector/matchLabels"))
                                    .isEmpty(),
                            "selects no pods");
                case "ServiceMonitor" -> monitor(object);
                case "HorizontalPodAutoscaler", "ScaledObject" ->
                    check(
                            object,
                            exists(
                                    text(object, "/spec/scaleTargetRef/kind"),
                                    text(object, "/spec/scaleTargetRef/name")),
                            "scales what is not there");
                case "Ingress" -> ingress(object);
                default -> {}
            }
        }
    }

    private void service(JsonNode service) {
        List<JsonNode> workloads = selected(service.at("/spec/selector"));
        check(service, workloads.size() == 1, "selects the pods of " + workloads.size() + " workloads");
        for (JsonNode workload : workloads) {
            List<String> ports = stream(workload.at("/spec/template/spec/containers/0/ports"))
                    .map(port -> port.path("name").asText())
                    .toList();
            stream(service.at("/spec/ports"))
                    .forEach(port -> check(
                            service,
                            ports.contains(port.path("targetPort").asText()),
                            "has a port that its pods have not"));
        }
    }

    private void budget(JsonNode budget) {
        List<JsonNode> workloads = selected(budget.at("/spec/selector/matchLabels"));
        check(budget, workloads.size() == 1, "selects the pods of " + workloads.size() + " workloads");
        int most = budget.at("/spec/maxUnavailable").asInt(1);
        check(budget, most >= 1, "blocks every drain of a node");
        for (JsonNode workload : workloads) {
            JsonNode replicas = workload.at("/spec/replicas");
            check(budget, replicas.isMissingNode() || most < replicas.asInt(), "lets all pods go at once");
        }
    }

    private void monitor(JsonNode monitor) {
        String port = text(monitor, "/spec/endpoints/0/port");
        boolean found = objects.stream()
                .filter(object -> kind(object).equals("Service"))
                .filter(service -> selects(monitor.at("/spec/selector/matchLabels"), service.at("/metadata/labels")))
                .flatMap(service -> stream(service.at("/spec/ports")))
                .anyMatch(one -> one.path("name").asText().equals(port));
        check(monitor, found, "finds no service");
    }

    private void ingress(JsonNode ingress) {
        JsonNode backend = ingress.at("/spec/rules/0/http/paths/0/backend/service");
        boolean found = objects.stream()
                .filter(object -> kind(object).equals("Service"))
                .filter(service -> service.at("/metadata/name").equals(backend.path("name")))
                .flatMap(service -> stream(service.at("/spec/ports")))
                .anyMatch(port -> port.path("name").equals(backend.at("/port/name")));
        check(ingress, found, "leads to no service");
    }

    private List<JsonNode> selected(JsonNode labels) {
        return objects.stream()
                .filter(object -> WORKLOADS.contains(kind(object)))
                .filter(object -> selects(labels, object.at("/spec/template/metadata/labels")))
                .toList();
    }

    private boolean exists(String kind, String name) {
        return objects.stream()
                .anyMatch(object -> kind(object).equals(kind)
                        && text(object, "/metadata/name").equals(name));
    }

    private void check(JsonNode object, boolean well, String sentence) {
        if (!well) {
            broken.add(kind(object) + " " + text(object, "/metadata/name") + " " + sentence + ".");
        }
    }

    private static boolean selects(JsonNode wanted, JsonNode labels) {
        return !wanted.isEmpty()
                && wanted.properties().stream()
                        .allMatch(label -> labels.path(label.getKey()).equals(label.getValue()));
    }

    private static boolean isFalse(JsonNode value) {
        return value.isBoolean() && !value.asBoolean();
    }

    private static String path(JsonNode container, String probe) {
        return container.path(probe).at("/httpGet/path").asText();
    }

    private static String text(JsonNode object, String pointer) {
        return object.at(pointer).asText();
    }

    private static String kind(JsonNode object) {
        return object.path("kind").asText();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        JsonNode all = array.isArray() ? array : MissingNode.getInstance();
        return StreamSupport.stream(all.spliterator(), false);
    }
}
