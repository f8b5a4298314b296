package io.callweave.documentation.performance;

import static io.callweave.documentation.performance.RunFigures.median;
import static io.callweave.documentation.performance.RunFigures.medianRatio;
import static io.callweave.documentation.performance.RunFigures.ratio;
import static io.callweave.documentation.performance.RunFigures.spread;
import static io.callweave.documentation.performance.RunFigures.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;

/** How many notifications a second, and for what CPU time: Callweave, the floors and the competitors. */
final class ThroughputTables {

    private static final String RATE = "perSecond";
    private static final String CPU = "cpuSecondsPerMillion";

    private static final String SESSION = "callweave";
    private static final String ACCOUNT = "callweave-account";
    private static final String FEWER = "callweave-fewer";
    private static final double MILLION = 1e6;

    private static final List<String> TOPICS = List.of(
            "repartition", "changelog", "party-events", "live-calls", "calls", "party-metrics", "window-metrics");

    private ThroughputTables() {}

    static String headline(JsonNode topology, JsonNode calls) {
        JsonNode subjects = topology.required("subjects");
        JsonNode many =
                calls.required("curves").required("live").required("points").required(2);
        return text(
                """
                %d cores processed some %,d notifications per second, with the broker in the same process; by account %,d;
                with %,d calls at a time, %,d. A million users make %,d per second in their busiest hour, and
                %,d calls at a time ([sizing](#sizing)).
                """,
                topology.required("machine").required("processors").asInt(),
                thousands(median(subjects.required(SESSION).required(RATE))),
                thousands(median(subjects.required(ACCOUNT).required(RATE))),
                many.required("value").asLong(),
                thousands(median(many.required(SESSION).required(RATE))),
                thousands(SizingTable.notificationsPerSecond(MILLION)),
                thousands(SizingTable.liveCalls(MILLION)));
    }

    private static long thousands(double number) {
        return Math.round(number / 1_000) * 1_000;
    }

    static String machine(JsonNode topology, JsonNode competitors, JsonNode calls, JsonNode scale) {
        JsonNode machine = topology.required("machine");
        JsonNode input = topology.required("input");
        return text(
                """
                Measured on %s: %d processors, %.0f GB, %s %s,
                %s with %.0f GB of heap.
                %d partitions, %d threads, %d accounts, %.0f %% linked sessions, %,d calls at a time, none closed;
                broker in the same process; %s.
                Competitors: %s.
                Curves of calls: %s; others: %s.
                """,
                topology.required("day").asText(),
                machine.required("processors").asInt(),
                machine.required("memoryBytes").asLong() / 1e9,
                machine.required("os").asText(),
                machine.required("architecture").asText(),
                machine.required("java").asText(),
                machine.required("maxHeapBytes").asLong() / 1e9,
                input.required("partitions").asInt(),
                input.required("threads").asInt(),
                input.required("accounts").asInt(),
                input.required("linkedPercent").asDouble(),
                input.required("concurrentCalls").asInt(),
                rounds(topology) + " to warm up",
                rounds(competitors),
                rounds(calls),
                rounds(scale));
    }

    private static String rounds(JsonNode figures) {
        JsonNode input = figures.required("input");
        int rounds = input.required("rounds").asInt();
        return text(
                "%d %s of %,d after %,d",
                rounds,
                rounds == 1 ? "round" : "rounds",
                input.required("events").asInt(),
                input.required("warmUp").asInt());
    }

    static String topology(JsonNode topology) {
        JsonNode subjects = topology.required("subjects");
        JsonNode dsl = subjects.required("dsl");
        StringBuilder table = new StringBuilder("""
                subject | notifications/s | CPU s per million | its rate ÷ that of dsl | its CPU ÷ that of dsl
                ---|---|---|---|---
                """);
        for (String subject : List.of(SESSION, ACCOUNT, "dsl")) {
            JsonNode figures = subjects.required(subject);
            boolean compared = subject.startsWith(SESSION);
            table.append(text(
                    "%s | %s | %s | %s | %s\n",
                    subject,
                    spread(figures.required(RATE), 0),
                    spread(figures.required(CPU), 1),
                    compared ? ratio(figures.required(RATE), dsl.required(RATE)) : "",
                    compared ? ratio(figures.required(CPU), dsl.required(CPU)) : ""));
        }
        return table.toString();
    }

    static String threads(JsonNode topology) {
        StringBuilder table = new StringBuilder(
                "CPU s per million | stream threads | producers | broker | collector\n---|---|---|---|---\n");
        for (String subject : List.of(SESSION, ACCOUNT, "dsl")) {
            JsonNode threads = topology.required("subjects").required(subject).required("cpuSecondsPerMillionByThread");
            table.append(text(
                    "%s | %.1f | %.1f | %.1f | %.1f\n",
                    subject,
                    median(threads.required("streams")),
                    median(threads.required("producers")),
                    median(threads.required("broker")),
                    median(threads.required("gc"))));
        }
        return table.toString();
    }

    /** While it catches up, and at half of that rate. */
    static String records(JsonNode topology, JsonNode half) {
        StringBuilder table = new StringBuilder("records per notification");
        TOPICS.forEach(topic -> table.append(" | ").append(topic));
        table.append("\n---").append("|---".repeat(TOPICS.size())).append('\n');
        JsonNode subjects = topology.required("subjects");
        records(table, "catching up, by session", subjects.required(SESSION));
        records(table, "catching up, by account", subjects.required(ACCOUNT));
        records(
                table,
                text(
                        "%,d/s, %,d live calls",
                        half.required("input").required("perSecond").asInt(),
                        half.required("liveCalls").asInt()),
                half);
        return table.toString();
    }

    private static void records(StringBuilder table, String when, JsonNode of) {
        JsonNode records = of.required("recordsPerNotification");
        table.append(when);
        TOPICS.forEach(topic -> table.append(text(" | %.2f", records.path(topic).asDouble())));
        table.append('\n');
    }

    /** What a user could pick, with all rounds. */
    static String competitors(JsonNode competitors) {
        JsonNode subjects = competitors.required("subjects");
        StringBuilder table = new StringBuilder(
                "subject | notifications/s | CPU s per million | CPU of callweave ÷ its | CPU of callweave-fewer ÷ its\n---|---|---|---|---\n");
        for (String subject : ChoiceTable.SUBJECTS) {
            JsonNode figures = subjects.required(subject);
            JsonNode cpu = figures.required(CPU);
            table.append(text(
                    "%s | %s | %s | %s\n",
                    subject,
                    spread(figures.required(RATE), 0),
                    spread(cpu, 1),
                    subject.startsWith(SESSION)
                            ? " | "
                            : text(
                                    "%.2f | %.2f",
                                    medianRatio(subjects.required(SESSION).required(CPU), cpu),
                                    medianRatio(subjects.required(FEWER).required(CPU), cpu))));
        }
        return table.toString();
    }

    /** How many calls there were, and how many Callweave marked. */
    static String judged(JsonNode correctness) {
        JsonNode last = null;
        for (JsonNode row : correctness.required("rows")) {
            last = row.required("subject").asText().equals(SESSION) ? row : last;
        }
        return text(
                "Each got the same %,d calls. With faults and kills, Callweave marked %,d as partial, and the others none.\n",
                Objects.requireNonNull(last).required("calls").asLong(),
                last.required("marked").asLong());
    }
}
