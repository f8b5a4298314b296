package io.callweave.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.documentation.GeneratedParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetricsDocumentationTest {

    private static final Map<String, String> OTHERS =
            Map.of("bridge", "callweave_bridge_", "deliver", "callweave_deliver_", "console", "callweave_console_");

    private static final Pattern WHOLE_NAME = Pattern.compile("\\bcallweave_[a-z_]*[a-z]\\b(?!_)");

    @Test
    void shouldBeInTheTablesOfTheReference() throws IOException {
        GeneratedParts.assertOn(
                Path.of("docs", "metrics.md"),
                Stream.of("streams", "bridge", "deliver", "console")
                        .collect(Collectors.toMap(role -> role, MetricsDocumentationTest::table)),
                getClass().getSimpleName());
    }

    @Test
    void shouldHaveNamesThatPrometheusCanTellApart() {
        assertThat(Arrays.stream(Metric.values())
                        .map(metric -> metric.meterName().replace('.', '_')))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("callweave_[a-z_]+"));
    }

    @Test
    void shouldBeThereIfPagesOrScriptsNameThem() throws IOException {
        Set<String> named = new TreeSet<>();
        for (Path file : filesThatNameMetrics()) {
            WHOLE_NAME.matcher(Files.readString(file)).results().forEach(name -> named.add(name.group()));
        }
        named.remove("callweave_token"); // a cookie
        named.remove("callweave_authorization"); // a variable of nginx

        assertThat(Arrays.stream(Metric.values()).map(Metric::prometheusName)).containsAll(named);
    }

    private static List<Path> filesThatNameMetrics() throws IOException {
        List<Path> all = new ArrayList<>();
        for (String folder : List.of("docs", "src/compose", "src/it/sh")) {
            try (Stream<Path> files = Files.list(Path.of(folder))) {
                files.filter(file -> file.toString().matches(".*\\.(md|yml|sh)"))
                        .forEach(all::add);
            }
        }
        return all;
    }

    private static String table(String role) {
        return "metric (labels) | meaning\n---|---\n"
                + Arrays.stream(Metric.values())
                        .filter(metric -> role.equals(roleOf(metric)))
                        .map(MetricsDocumentationTest::row)
                        .collect(Collectors.joining());
    }

    private static String roleOf(Metric metric) {
        return OTHERS.entrySet().stream()
                .filter(role -> metric.prometheusName().startsWith(role.getValue()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("streams");
    }

    private static String row(Metric metric) {
        String labels = metric.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
        return "`%s`%s | %s\n"
                .formatted(metric.prometheusName(), labels.isEmpty() ? "" : " (" + labels + ")", metric.meaning());
    }
}
