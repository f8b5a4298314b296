package io.callweave.documentation.performance;

import static io.callweave.documentation.performance.RunFigures.median;
import static io.callweave.documentation.performance.RunFigures.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What somebody compares who has to choose: rate, cost, lateness, wrong calls, and what each makes for that. */
final class ChoiceTable {

    static final List<String> SUBJECTS = List.of(
            "callweave",
            "callweave-account",
            "callweave-fewer",
            "dsl",
            "flink-rocksdb",
            "flink-heap",
            "postgresql-all",
            "postgresql-calls");

    private static final Map<String, String> NAMES = Map.of(
            "callweave", "**Callweave**",
            "callweave-account", "**Callweave**, [by account](connect.md#which-partition)",
            "callweave-fewer", "**Callweave**, with the outputs of the others",
            "dsl", "Streams DSL",
            "flink-rocksdb", "Flink, RocksDB",
            "flink-heap", "Flink, heap",
            "postgresql-all", "PostgreSQL, also events and windows",
            "postgresql-calls", "PostgreSQL, only calls");

    /** Those whose calls are the same as those of another one: it is the same topology, or the same table. */
    private static final Map<String, String> SAME_CALLS = Map.of(
            "callweave-account", "callweave", "callweave-fewer", "callweave", "postgresql-all", "postgresql-calls");

    private static final String FAULTS = "faults";

    private ChoiceTable() {}

    static String of(JsonNode competitors, JsonNode correctness, JsonNode latency, JsonNode latencyByAccount) {
        Map<String, JsonNode> late = Map.of("callweave", latency, "callweave-account", latencyByAccount);
        StringBuilder table = new StringBuilder("""
                program | notifications/s | CPU s per million | CPU ms per right call, with faults | p99 of a call | wrong of %,d calls: clean; faults; faults and kills
                ---|---|---|---|---|---
                """.formatted(
                correctness.required("rows").required(0).required("calls").asLong()));
        for (String subject : SUBJECTS) {
            JsonNode figures = competitors.required("subjects").required(subject);
            double cpu = median(figures.required("cpuSecondsPerMillion"));
            List<JsonNode> judged = judged(correctness, SAME_CALLS.getOrDefault(subject, subject));
            table.append(text(
                    "%s | %,.0f | %.1f | %.2f | %s | %s\n",
                    NAMES.get(subject),
                    median(figures.required("perSecond")),
                    cpu,
                    perRightCall(cpu, judged),
                    p99(late.get(subject)),
                    wrong(judged)));
        }
        return table.toString();
    }

    private static List<JsonNode> judged(JsonNode correctness, String subject) {
        return StreamSupport.stream(correctness.required("rows").spliterator(), false)
                .filter(row -> row.required("subject").asText().equals(subject))
                .toList();
    }

    /** CPU for all notifications of the delivery with faults, in milliseconds for each call that came out right. */
    private static double perRightCall(double cpuSecondsPerMillion, List<JsonNode> judged) {
        JsonNode row = judged.stream()
                .filter(each -> each.required("delivery").asText().equals(FAULTS))
                .findFirst()
                .orElseThrow();
        return cpuSecondsPerMillion
                * row.required("notifications").asDouble()
                / 1_000
                / row.required("right").asDouble();
    }

    private static String p99(@Nullable JsonNode latency) {
        return latency == null
                ? ""
                : text("%.0f ms", latency.required("calls").required("p99Ms").asDouble());
    }

    private static String wrong(List<JsonNode> judged) {
        List<String> cells = new ArrayList<>();
        judged.forEach(row -> cells.add(text("%,d", row.required("bad").asLong())));
        return String.join("; ", cells);
    }
}
