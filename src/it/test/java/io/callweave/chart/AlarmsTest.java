package io.callweave.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.chart.Queries.Query;
import io.callweave.meter.Metric;
import io.callweave.runtime.KafkaMetricNames;
import io.callweave.runtime.Meters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Alarms and dashboards ask for nothing that the product does not have, and an operator finds help for each alarm. */
class AlarmsTest {

    private static final Pattern LABEL = Pattern.compile("([A-Za-z_]+)(=~|!~|!=|=)");

    /** Put there by Prometheus, or by Kafka's own metrics. */
    private static final Set<String> OTHER_LABELS =
            Set.of("namespace", "job", "pod", "topic", "partition", "area", "le");

    static Stream<Query> queries() {
        return Stream.concat(Queries.ofAlarms().stream(), Queries.ofDashboards().stream());
    }

    static List<Path> dashboards() {
        return Queries.dashboards();
    }

    @ParameterizedTest
    @MethodSource("queries")
    void shouldAskForSeriesThatTheProductHas(Query query) {
        Map<String, Set<String>> product = series();

        assertThat(query.series()).isNotEmpty().allSatisfy(asked -> {
            assertThat(product).containsKey(asked.group(1));
            assertThat(labels(asked)).isSubsetOf(union(product.get(asked.group(1)), OTHER_LABELS));
        });
    }

    @Test
    void shouldHaveAParagraphInTheRunBookForEachAlarm() {
        List<String> paragraphs = Yaml.text(Path.of("docs", "runbook.md"))
                .lines()
                .filter(line -> line.startsWith("### Callweave"))
                .map(line -> line.substring("### ".length()))
                .toList();

        assertThat(paragraphs).containsExactlyInAnyOrderElementsOf(alarms());
    }

    @Test
    void shouldSayWhatIsNoticedWhereToLookAndWhatMendsEachAlarm() {
        String[] sections = Yaml.text(Path.of("docs", "runbook.md")).split("(?m)^#{2,3} ");

        assertThat(sections)
                .filteredOn(section -> section.startsWith("Callweave"))
                .isNotEmpty()
                .allSatisfy(section -> assertThat(section.replace("**Look, mend**", "**Look** **Mend**"))
                        .containsSubsequence("**Users notice**", "**Look**", "**Mend**", "**Mended when**"));
    }

    @Test
    void shouldHaveAUnitTestForEachAlarm() {
        Set<String> tested = new TreeSet<>();
        for (String file : List.of("alarms.test.yaml", "alarms-days.test.yaml")) {
            for (JsonNode test : Yaml.read(Chart.RESOURCES.resolve(file)).path("tests")) {
                String name = test.path("name").asText();
                if (name.startsWith("Callweave") && test.findValue("labels") != null) {
                    tested.add(name);
                }
            }
        }

        assertThat(tested).containsExactlyInAnyOrderElementsOf(alarms());
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void shouldSayWhatEachPanelShows(Path file) {
        JsonNode dashboard = Queries.json(file);

        assertThat(dashboard.path("uid").asText()).isNotBlank();
        assertThat(dashboard.path("panels")).isNotEmpty().allSatisfy(panel -> {
            assertThat(panel.path("title").asText()).isNotBlank();
            assertThat(panel.path("description").asText()).isNotBlank();
            assertThat(panel.at("/datasource/uid").asText()).isEqualTo("$datasource");
        });
        assertThat(dashboard.path("panels").findValuesAsText("id")).doesNotHaveDuplicates();
    }

    private static List<String> alarms() {
        return Queries.ofAlarms().stream().map(Query::where).toList();
    }

    private static Set<String> labels(MatchResult asked) {
        Set<String> labels = new TreeSet<>();
        Matcher label = LABEL.matcher(asked.group(2).replaceAll("\"[^\"]*\"", ""));
        while (label.find()) {
            labels.add(label.group(1));
        }
        return labels;
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }

    /** All that the product can show, in the words of Prometheus: names, and the labels of each. */
    private static Map<String, Set<String>> series() {
        try (Meters meters = new Meters()) {
            MeterRegistry registry = meters.registry();
            List.of(Metric.values()).forEach(metric -> register(registry, metric));
            KafkaMetricNames.chosen().forEach(name -> {
                if (name.endsWith(".total")) {
                    Counter.builder(name).register(registry);
                } else {
                    Gauge.builder(name, () -> 0).register(registry);
                }
            });
            Map<String, Set<String>> series = new TreeMap<>();
            series.put("up", Set.of());
            Pattern.compile("(?m)^([a-z_0-9]+)(?:\\{([^}]*)})? ")
                    .matcher(meters.scrape())
                    .results()
                    .forEach(line -> series.computeIfAbsent(line.group(1), name -> new TreeSet<>())
                            .addAll(line.group(2) == null ? Set.of() : names(line.group(2))));
            return series;
        }
    }

    private static Set<String> names(String labels) {
        Set<String> names = new TreeSet<>();
        Matcher label = LABEL.matcher(labels.replaceAll("\"[^\"]*\"", ""));
        while (label.find()) {
            names.add(label.group(1));
        }
        return names;
    }

    private static void register(MeterRegistry registry, Metric metric) {
        String[] values = metric.labels().toArray(String[]::new);
        switch (metric.type()) {
            case COUNTER -> metric.counter(registry, values);
            case GAUGE -> metric.gauge(registry, () -> 0, values);
            case TIMER -> metric.timer(registry, new Duration[] {Duration.ofMillis(1)}, values);
        }
    }
}
