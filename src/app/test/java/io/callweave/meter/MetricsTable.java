package io.callweave.meter;

import io.callweave.documentation.GeneratedParts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Metrics as a page shows them, between marks. */
public final class MetricsTable {

    private MetricsTable() {}

    /** Compares the page with the metrics, or writes it. */
    public static void assertOn(Path page, String prefix, Collection<? extends Meter.Described> metrics, String test)
            throws IOException {
        GeneratedParts.assertOn(page, Map.of("metrics", markdown(prefix, metrics)), test);
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
