package io.callweave.chart;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.chart.Chart.Rendered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What the chart renders by default and with everything, as files to be reviewed: a change of the chart shows as a change of these.
 */
class ChartRendersDocumentationTest {

    private static final Path RULES = Chart.RESOURCES.resolve("alarms.rules.yaml");
    private static final List<Path> REVIEWED =
            List.of(Chart.SOURCE.resolve("examples/minimal.yaml"), Chart.RESOURCES.resolve("everything.yaml"));
    private static final String STALE =
            "is stale; to write it anew: mvn test -Dtest='Chart*DocumentationTest' -Dcallweave.write-docs=true";

    private static Chart chart;

    @BeforeAll
    static void copy() {
        chart = Chart.copy();
    }

    @AfterAll
    static void delete() {
        chart.close();
    }

    @ParameterizedTest
    @FieldSource("REVIEWED")
    void shouldRenderAsReviewed(Path example) throws IOException {
        Path golden =
                Chart.RESOURCES.resolve("golden").resolve(example.getFileName().toString());

        assertSame(golden, withoutLargeOnes(chart.render(example)));
    }

    /** As Prometheus reads them: src/it/sh/alarms-test.sh runs them. */
    @Test
    void shouldHaveTheAlarmsAsReviewed() throws IOException {
        Rendered rendered = chart.render(Chart.SOURCE.resolve("examples/confluent.yaml"));

        String rule = Arrays.stream(rendered.text().split("(?m)^---\n", -1))
                .filter(document -> document.contains("kind: PrometheusRule"))
                .collect(joining());
        assertSame(RULES, rule.substring(rule.indexOf("  groups:")).replaceAll("(?m)^ {2}", ""));
    }

    @Test
    void shouldListTheQueriesToRun() throws IOException {
        assertSame(Chart.RESOURCES.resolve("queries.txt"), Queries.runnable());
    }

    /** Dashboards and alarms are reviewed where they are written. */
    private static String withoutLargeOnes(Rendered rendered) {
        return Arrays.stream(rendered.text().split("(?m)^---\n", -1))
                .filter(document -> !document.contains("kind: PrometheusRule"))
                .filter(document -> !document.contains("component: dashboards"))
                .collect(joining("---\n"));
    }

    private static void assertSame(Path golden, String made) throws IOException {
        if (Boolean.getBoolean("callweave.write-docs")) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, made);
        }
        assertThat(golden).as(golden + " " + STALE).hasContent(made);
    }
}
