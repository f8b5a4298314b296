package io.callweave.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.chart.Chart.Rendered;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ways of breaking the chart: the checks notice each of them. */
class BrokenChartTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        values.yaml                 | runAsNonRoot: true          | runAsNonRoot: false         | may run as root
        values.yaml                 | allowPrivilegeEscalation: false | privileged: false       | may escalate its privileges
        templates/_pod.tpl          | "path" "/health/live" "probe" .values.livenessProbe | "path" "/health/ready" "probe" .values.livenessProbe | is killed for more than a standstill
        templates/_pod.tpl          | secretKeyRef:               | secretKeyReference:         | secretKeyReference
        templates/_pod.tpl          | - name: data               | - name: date                | mounts a volume that is not there
        templates/_pod.tpl          | value: {{ .values.logLevel }} | value: true               | Cannot coerce Boolean value
        templates/_pod.tpl          | - name: CALLWEAVE_LOG_LEVEL | - name: CALLWEAVE_KAFKA_SSL_KEY_PASSWORD | has a secret in plain text
        templates/workloads.yaml    | revisionHistoryLimit: 5     | revisionHistorylimit: 5     | revisionHistorylimit
        templates/workloads.yaml    | podManagementPolicy: Parallel | podManagementPolicy: OrderedReady | starts its pods in turn
        templates/workloads.yaml    | serviceName: {{ include "callweave.fullname" $root }} | serviceName: {{ $root.Release.Name }} | has no service
        templates/workloads.yaml    | {{- if not $values.autoscaling.enabled }} | {{- if true }} | has its replicas set by two
        templates/services.yaml     | targetPort: http            | targetPort: metrics         | has a port that its pods have not
        templates/services.yaml     | ~{{- include "callweave.selector" $it | nindent 4 }}~ | app: callweave | selects the pods of 0 workloads
        templates/availability.yaml | maxUnavailable: {{ $pdb.maxUnavailable }} | maxUnavailable: 0 | blocks every drain of a node
        templates/availability.yaml | triggers:                   | trigger:                    | triggers
        templates/monitoring.yaml   | interval: {{                | intervall: {{               | intervall
        templates/ingress.yaml      | pathType: Prefix            | # pathType                  | pathType
        templates/ingress.yaml      | name: {{ $port }}           | name: http                  | leads to no service
        templates/topics.yaml       | restartPolicy: Never        | restartPolicy: [Never]      | String
        templates/_settings.tpl     | state.dir:                  | state.folder:               | state.folder
        templates/_names.tpl        | {{- define "callweave.image" -}} | {{- define "callweave.picture" -}} | callweave.image
        """)
    void shouldBeNoticed(String file, String from, String to, String complaint) {
        try (Chart chart = Chart.copy().with(file, from, to)) {
            assertThat(complaints(chart)).anySatisfy(one -> assertThat(one).contains(complaint));
        }
    }

    @Test
    void shouldHaveNoComplaintsAsItIs() {
        try (Chart chart = Chart.copy()) {
            assertThat(complaints(chart)).isEmpty();
        }
    }

    private static List<String> complaints(Chart chart) {
        Rendered rendered;
        try {
            rendered = chart.render(Chart.RESOURCES.resolve("everything.yaml"));
        } catch (RuntimeException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
        List<String> complaints = new ArrayList<>(KubernetesTypes.complaints(rendered.objects()));
        complaints.addAll(Policies.broken(rendered));
        complaints.addAll(RenderedSettings.complaints(rendered));
        return complaints;
    }
}
