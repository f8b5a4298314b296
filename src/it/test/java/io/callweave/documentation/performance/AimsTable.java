package io.callweave.documentation.performance;

import static io.callweave.documentation.performance.RunFigures.median;
import static io.callweave.documentation.performance.RunFigures.medianRatio;
import static io.callweave.documentation.performance.RunFigures.text;

import com.fasterxml.jackson.databind.JsonNode;

/** What Callweave aims at, beside what the run shows, whether it is met or not. */
final class AimsTable {

    private static final String RATE = "perSecond";
    private static final String CPU = "cpuSecondsPerMillion";
    private static final String P99 = "p99Ms";
    private static final String NOT_MEASURED = "";
    private static final String CHANGE = "broker goes away";
    private static final int WEBHOOKS = 5_000;
    private static final double MOST_MS_OF_A_WEBHOOK = 50;

    /** The last ones are kept a little after the end. */
    private static final double ON_TIME = 0.99;

    private final StringBuilder table = new StringBuilder("aim | by session | by account\n---|---|---\n");

    private AimsTable() {}

    static String of(JsonNode latency, JsonNode latencyByAccount, JsonNode bridge) {
        JsonNode topology = RunFigures.of("topology").required("subjects");
        JsonNode session = topology.required("callweave");
        JsonNode account = topology.required("callweave-account");
        JsonNode dsl = topology.required("dsl").required(RATE);
        AimsTable aims = new AimsTable();
        aims.row(
                "at least 50,000 notifications per second, by account 60,000",
                atLeast(50_000, median(session.required(RATE)), 0),
                atLeast(60_000, median(account.required(RATE)), 0));
        aims.row(
                "at most 29 CPU s per million, by account 24",
                atMost(29, median(session.required(CPU)), 0),
                atMost(24, median(account.required(CPU)), 0));
        aims.row(
                "at least 2.8 times the rate of the DSL",
                atLeast(2.8, medianRatio(session.required(RATE), dsl), 2),
                atLeast(2.8, medianRatio(account.required(RATE), dsl), 2));
        aims.lessCpu("Flink with RocksDB", "flink-rocksdb");
        aims.lessCpu("PostgreSQL with events and windows", "postgresql-all");
        aims.lessCpu("Flink on the heap", "flink-heap");
        aims.row(
                "p99 of a party event at most 320 ms, by account 200",
                atMost(320, latency.required("partyEvents").required(P99).asDouble(), 0),
                atMost(
                        200,
                        latencyByAccount.required("partyEvents").required(P99).asDouble(),
                        0));
        aims.row(
                "p99 of a call at most 500 ms",
                atMost(500, latency.required("calls").required(P99).asDouble(), 0),
                atMost(500, latencyByAccount.required("calls").required(P99).asDouble(), 0));
        aims.row(
                "party event after a lost one at most 700 ms later (its p99, less the median without loss)",
                atMost(700, delay(RunFigures.of("latency-lost"), latency), 0),
                atMost(700, delay(RunFigures.of("latency-lost-account"), latencyByAccount), 0));
        JsonNode settled =
                RunFigures.of("calls").required("curves").required("settled").required("points");
        aims.row(
                "at least 0.9 times as fast with a million settled calls as with 5,000",
                atLeast(
                        0.9,
                        ScaleTables.toReference(settled.required(settled.size() - 1), RATE)
                                / ScaleTables.toReference(settled.required(0), RATE),
                        2),
                NOT_MEASURED);
        aims.row(
                "5,000 webhooks per second, p99 at most 50 ms while the broker is up, or away",
                bridge(bridge),
                NOT_MEASURED);
        return aims.table.toString();
    }

    private static double delay(JsonNode lost, JsonNode without) {
        return lost.required("partyEventsAfterLost").required(P99).asDouble()
                - without.required("partyEvents").required("p50Ms").asDouble();
    }

    /** While the broker goes away, some have to wait for {@code bridge.kafka-timeout}; none may be lost. */
    private static String bridge(JsonNode bridge) {
        if (bridge.required("input").required(RATE).asInt() < WEBHOOKS) {
            return "not measured";
        }
        boolean isMet = true;
        double slowest = 0;
        for (JsonNode phase : bridge.required("phases")) {
            long lost = phase.required("refused").asLong()
                    + phase.required("failed").asLong();
            if (!phase.required("name").asText().equals(CHANGE)) {
                slowest = Math.max(slowest, phase.required(P99).asDouble());
            }
            isMet &= lost == 0 && phase.required("keptPerSecond").asDouble() >= WEBHOOKS * ON_TIME;
        }
        return verdict(isMet && slowest <= MOST_MS_OF_A_WEBHOOK, slowest, 1);
    }

    private void lessCpu(String than, String competitor) {
        JsonNode subjects = RunFigures.of("competitors").required("subjects");
        JsonNode cpu = subjects.required(competitor).required(CPU);
        row(
                "at most the CPU of " + than,
                atMost(1, medianRatio(subjects.required("callweave").required(CPU), cpu), 2),
                atMost(1, medianRatio(subjects.required("callweave-account").required(CPU), cpu), 2));
    }

    private void row(String aim, String bySession, String byAccount) {
        table.append(text("%s | %s | %s\n", aim, bySession, byAccount));
    }

    private static String atLeast(double aim, double is, int decimals) {
        return verdict(is >= aim, is, decimals);
    }

    private static String atMost(double aim, double is, int decimals) {
        return verdict(is <= aim, is, decimals);
    }

    private static String verdict(boolean isMet, double is, int decimals) {
        return text("%s: %,." + decimals + "f", isMet ? "yes" : "**no**", is);
    }
}
