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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsDocumentationTest {

    private static final String OF_TOPOLOGY = "callweave_";

    private static final Pattern WHOLE_NAME = Pattern.compile("\\bcallweave_[a-z_]*[a-z]\\b(?!_)");

    private static final List<String> OF_OTHERS =
            List.of("callweave_bridge_", "callweave_deliver_", "callweave_console_");

    @ParameterizedTest
    @CsvSource({
        "operations.md, callweave_",
        "bridge.md, callweave_bridge_",
        "deliver.md, callweave_deliver_",
        "console.md, callweave_console_"
    })
    void shouldBeInTheOperatorsTables(String page, String prefix) throws IOException {
        GeneratedParts.assertOn(
                Path.of("docs", page),
                Map.of("metrics", table(prefix)),
                getClass().getSimpleName());
    }

    @Test
    void shouldHaveNamesThatPrometheusCanTellApart() {
        assertThat(Arrays.stream(Metric.values())
                        .map(metric -> metric.meterName().replace('.', '_')))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("callweave_[a-z_]+"));
    }

    /** Whole names only: the tables leave the prefix out. */
    @Test
    void shouldBeThereIfPagesOrScriptsNameThem() throws IOException {
        Set<String> named = new TreeSet<>();
        for (Path file : filesThatNameMetrics()) {
            WHOLE_NAME.matcher(Files.readString(file)).results().forEach(name -> named.add(name.group()));
        }
        named.remove("callweave_token"); // a cookie

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

    private static String table(String prefix) {
        boolean whole = prefix.equals(OF_TOPOLOGY);
        String head = whole ? "metric" : "metric `" + prefix + "…`";
        return head + " (labels) | meaning\n---|---\n"
                + Arrays.stream(Metric.values())
                        .filter(metric -> prefix.equals(prefixOf(metric)))
                        .map(metric -> row(metric.prometheusName().substring(whole ? 0 : prefix.length()), metric))
                        .collect(Collectors.joining());
    }

    private static String prefixOf(Metric metric) {
        return OF_OTHERS.stream()
                .filter(metric.prometheusName()::startsWith)
                .findFirst()
                .orElse(OF_TOPOLOGY);
    }

    private static String row(String name, Metric metric) {
        String labels = metric.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
        return "`%s`%s | %s\n".formatted(name, labels.isEmpty() ? "" : " (" + labels + ")", metric.meaning());
    }
}
