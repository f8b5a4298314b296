package io.callweave.topology;

import java.util.Locale;
import java.util.stream.Collectors;

/** The metrics as the documentation shows them. */
public final class MetricsTable {

    private MetricsTable() {}

    public static String markdown() {
        StringBuilder table =
                new StringBuilder("| metric | in Prometheus | type | tags | meaning |\n|---|---|---|---|---|\n");
        for (TopologyMetric metric : TopologyMetric.values()) {
            table.append("| `%s` | `%s` | %s | %s | %s |\n"
                    .formatted(
                            metric.meterName(),
                            prometheusName(metric),
                            metric.type().name().toLowerCase(Locale.ROOT),
                            metric.tags().isEmpty()
                                    ? "none"
                                    : metric.tags().stream()
                                            .map(tag -> "`" + tag + "`")
                                            .collect(Collectors.joining(", ")),
                            metric.meaning()));
        }
        return table.toString();
    }

    /** Micrometer's rule for it. */
    private static String prometheusName(TopologyMetric metric) {
        String name = metric.meterName().replace('.', '_');
        return switch (metric.type()) {
            case COUNTER -> name + "_total";
            case GAUGE -> name;
            case TIMER -> name + "_seconds";
        };
    }
}
