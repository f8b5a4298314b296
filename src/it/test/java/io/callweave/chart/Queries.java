package io.callweave.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every query of the chart to Prometheus: what its alarms look at, and what its dashboards show. */
final class Queries {

    private static final Path FILES = Chart.SOURCE.resolve("files");

    /** Every metric of the chart is followed by braces; words that are none are functions and labels. */
    private static final Pattern SERIES = Pattern.compile("([a-z_:][a-zA-Z0-9_:]*)\\{([^}]*)}");

    /** Labels of series that are there only after a fault of the bridge, or under other transports than the demo's. */
    private static final List<String> RARE =
            List.of(",outcome=~\"failed|noRoom|notInTime|busy|tooMany\"", ",transport!=\"webhook\"");

    private Queries() {}

    /**
     * A query.
     *
     * @param where alarm, or dashboard and panel
     * @param text in the language of Prometheus
     */
    record Query(String where, String text) {

        List<MatchResult> series() {
            return SERIES.matcher(text).results().toList();
        }
    }

    /** With the words that the template replaces. */
    static List<Query> ofAlarms() {
        List<Query> queries = new ArrayList<>();
        for (JsonNode alarm : Yaml.read(FILES.resolve("alarms.yaml")).path("alarms")) {
            queries.add(
                    new Query(alarm.path("alert").asText(), alarm.path("expr").asText()));
        }
        return queries;
    }

    /** With the variables of the dashboards. */
    static List<Query> ofDashboards() {
        List<Query> queries = new ArrayList<>();
        for (Path file : dashboards()) {
            JsonNode dashboard = json(file);
            for (JsonNode panel : dashboard.path("panels")) {
                for (JsonNode target : panel.path("targets")) {
                    queries.add(new Query(
                            dashboard.path("title").asText() + " / "
                                    + panel.path("title").asText(),
                            target.path("expr").asText()));
                }
            }
        }
        return queries;
    }

    /** For a running product, one a line: it has to return data for each. */
    static String runnable() {
        String release = "namespace=\"" + Chart.NAMESPACE + "\",job=~\"" + Chart.RELEASE + "-callweave-.+\"";
        Stream<String> alarms = ofAlarms().stream()
                .flatMap(query -> query.series().stream()
                        .map(series -> withoutRare(series.group().replaceAll("\\s+", ""))
                                .replace("SELECTOR", release)
                                .replace("OF_ROLE", release.replace("=~", "=").replace(".+", "streams-headless")))
                        .distinct()
                        .map(series -> query.where() + "\t" + series));
        Stream<String> panels = ofDashboards().stream()
                .map(query -> query.where() + "\t"
                        + query.text()
                                .replace("$__rate_interval", "30s")
                                .replace("$namespace", Chart.NAMESPACE)
                                .replaceAll("\\$[a-z]+", ".*"));
        return "# Generated: what src/it/sh/alarms-test.sh asks a running product.\n"
                + String.join("\n", Stream.concat(alarms, panels).toList())
                + "\n";
    }

    private static String withoutRare(String series) {
        String found = series;
        for (String labels : RARE) {
            found = found.replace(labels, "");
        }
        return found;
    }

    static List<Path> dashboards() {
        try (Stream<Path> files = Files.list(FILES.resolve("dashboards"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
