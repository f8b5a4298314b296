package io.callweave.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** The values of the chart: what the schema says of them, and their defaults. */
final class ChartValues {

    private static final String SHARED = "#/properties/";

    /** Probes have more fields than are set. */
    private static final Set<String> WITHOUT_DEFAULT = Set.of("initialDelaySeconds", "successThreshold", "global");

    private final JsonNode schema;
    private final JsonNode values;

    private ChartValues(JsonNode schema, JsonNode values) {
        this.schema = schema;
        this.values = values;
    }

    static ChartValues read() {
        try {
            return new ChartValues(
                    new ObjectMapper()
                            .readTree(Chart.SOURCE.resolve("values.schema.json").toFile()),
                    Yaml.read(Chart.SOURCE.resolve("values.yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The README of the chart. */
    String page() {
        StringBuilder page = new StringBuilder("""
            # Helm chart callweave

            Callweave on Kubernetes: the roles `streams`, `bridge`, `deliver` and `console`, topics, alarms and dashboards. How to install it
            in ten minutes, sizing, and operation: [docs/run.md](../../docs/run.md#kubernetes). What to do at an alarm:
            [docs/runbook.md](../../docs/runbook.md).

            ```sh
            helm install callweave helm/callweave --namespace calls --values helm/callweave/examples/minimal.yaml
            ```

            | example | Kafka |
            |---|---|
            | [minimal.yaml](examples/minimal.yaml) | plain, in a private network |
            | [strimzi.yaml](examples/strimzi.yaml) | Strimzi: TLS, SCRAM, KEDA, the Prometheus Operator |
            | [msk.yaml](examples/msk.yaml) | Amazon MSK: SCRAM, an AWS load balancer |
            | [confluent.yaml](examples/confluent.yaml) | Confluent Cloud: API key, TLS in the bridge |

            This page is generated from `values.schema.json` and `values.yaml`.

            ## Values

            | value | default | meaning |
            |---|---|---|
            """);
        rows(
                "",
                schema,
                values,
                (value, meaning) -> page.append("| `")
                        .append(value)
                        .append("` | ")
                        .append(meaning)
                        .append(" |\n"));
        page.append("\n## Values that a role can override\n\n")
                .append("`streams`, `bridge` and each of `roles` accept these too, for themselves only. Maps are"
                        + " merged, lists are replaced:\n\n")
                .append(String.join(
                        ", ", shared().stream().map(name -> "`" + name + "`").toList()))
                .append(".\n\n## Further roles\n\n| value | meaning |\n|---|---|\n");
        schema.at("/$defs/statelessRole/properties").properties().forEach(field -> {
            JsonNode described = resolved(field.getValue());
            if (!isShared(field.getValue())) {
                page.append("| `roles.NAME.")
                        .append(field.getKey())
                        .append("` | ")
                        .append(text(described))
                        .append(" |\n");
            }
        });
        return page.toString();
    }

    private void rows(String prefix, JsonNode described, JsonNode defaults, BiConsumer<String, String> row) {
        described.path("properties").properties().forEach(field -> {
            JsonNode value = field.getValue();
            String name = prefix + field.getKey();
            if (isShared(value) || WITHOUT_DEFAULT.contains(field.getKey())) {
                return;
            }
            if (value.has("properties")) {
                row.accept(name, " | " + text(value));
                rows(name + ".", value, defaults.path(field.getKey()), row);
            } else {
                row.accept(name, shown(defaults.path(field.getKey())) + " | " + text(value));
            }
        });
    }

    /** The paths of all values in the schema. */
    Set<String> described() {
        Set<String> paths = new TreeSet<>();
        rows("", schema, values, (name, meaning) -> paths.add(name));
        return paths;
    }

    /** The paths of all values that have a default. */
    Set<String> defaults() {
        Set<String> paths = new TreeSet<>();
        collect("", schema, values, paths);
        return paths;
    }

    private void collect(String prefix, JsonNode described, JsonNode defaults, Set<String> paths) {
        defaults.properties().forEach(field -> {
            paths.add(prefix + field.getKey());
            JsonNode inner = described.path("properties").path(field.getKey());
            if (inner.has("properties")) {
                collect(prefix + field.getKey() + ".", inner, field.getValue(), paths);
            }
        });
    }

    List<String> withoutDescription() {
        List<String> bare = new ArrayList<>();
        bare(schema, "", bare);
        bare(schema.at("/$defs/statelessRole"), "roles.NAME.", bare);
        return bare;
    }

    private void bare(JsonNode described, String prefix, List<String> bare) {
        described.path("properties").properties().forEach(field -> {
            if (text(resolved(field.getValue())).isBlank()) {
                bare.add(prefix + field.getKey());
            }
            bare(field.getValue(), prefix + field.getKey() + ".", bare);
        });
    }

    private Set<String> shared() {
        Set<String> names = new TreeSet<>();
        schema.at("/properties/streams/properties").properties().forEach(field -> {
            if (isShared(field.getValue())) {
                names.add(field.getKey());
            }
        });
        return names;
    }

    private static boolean isShared(JsonNode described) {
        String ref = described.path("$ref").asText();
        return ref.startsWith(SHARED) && !ref.substring(SHARED.length()).contains("/");
    }

    private JsonNode resolved(JsonNode described) {
        return described.has("$ref") ? schema.at(described.path("$ref").asText().substring(1)) : described;
    }

    private static String text(JsonNode described) {
        return described.path("description").asText().replace("|", "\\|");
    }

    private static String shown(JsonNode value) {
        if (value.isMissingNode() || (value.isTextual() && value.asText().isEmpty())) {
            return "";
        }
        return "`" + (value.isTextual() ? value.asText() : value.toString()) + "`";
    }
}
