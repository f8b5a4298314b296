package io.callweave.meter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Collectors;

/** Metrics as a page shows them, between marks. */
public final class MetricsTable {

    private static final String BEGIN = "<!-- metrics: begin -->\n";
    private static final String END = "<!-- metrics: end -->";

    private MetricsTable() {}

    /** Compares the page with the metrics, or writes it. */
    public static void assertOn(Path page, String prefix, Collection<? extends Meter.Described> metrics, String test)
            throws IOException {
        String document = Files.readString(page);
        int from = document.indexOf(BEGIN) + BEGIN.length();
        int to = document.indexOf(END);
        String current = document.substring(0, from) + markdown(prefix, metrics) + document.substring(to);

        if (Boolean.getBoolean("callweave.write-docs")) {
            Files.writeString(page, current, UTF_8);
        } else {
            assertThat(document)
                    .as("%s is stale; to write it again: mvn test -Dtest=%s -Dcallweave.write-docs=true", page, test)
                    .isEqualTo(current);
        }
    }

    private static String markdown(String prefix, Collection<? extends Meter.Described> metrics) {
        String head = prefix.isEmpty() ? "metric" : "metric `" + prefix + "…`";
        return head + " (labels) | meaning\n---|---\n"
                + metrics.stream().map(metric -> row(prefix, metric)).collect(Collectors.joining());
    }

    private static String row(String prefix, Meter.Described metric) {
        String labels = metric.tags().stream().map(tag -> "`" + tag + "`").collect(Collectors.joining(", "));
        return "`%s`%s | %s\n"
                .formatted(
                        metric.prometheusName().substring(prefix.length()),
                        labels.isEmpty() ? "" : " (" + labels + ")",
                        metric.meaning());
    }
}
