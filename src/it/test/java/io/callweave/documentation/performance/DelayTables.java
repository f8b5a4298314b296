package io.callweave.documentation.performance;

import static io.callweave.documentation.performance.RunFigures.text;

import com.fasterxml.jackson.databind.JsonNode;

/** How long things take. */
final class DelayTables {

    private static final String HEAD = "number | p50 ms | p99 ms | p99.9 ms | longest ms\n---|---|---|---|---|---\n";

    private static final double MILLION = 1e6;

    private DelayTables() {}

    static String latency(
            JsonNode bySession, JsonNode byAccount, JsonNode lost, JsonNode lostByAccount, JsonNode half) {
        StringBuilder table = new StringBuilder("what | ").append(HEAD);
        row(table, "first party event of a notification", bySession.required("partyEvents"));
        row(table, "by account", byAccount.required("partyEvents"));
        row(table, "call that is over at once", bySession.required("calls"));
        row(table, "by account", byAccount.required("calls"));
        row(table, "4 % lost: first after a lost one", lost.required("partyEventsAfterLost"));
        row(table, "by account", lostByAccount.required("partyEventsAfterLost"));
        row(table, "4 % lost: others", lost.required("partyEvents"));
        row(table, "by account", lostByAccount.required("partyEvents"));
        String much = perSecond(half);
        row(table, much + "first party event", half.required("partyEvents"));
        row(table, much + "call that is over at once", half.required("calls"));
        return table.toString();
    }

    /** How busy the machine was at the higher rate. */
    static String busy(JsonNode half) {
        double seconds = 0;
        for (JsonNode kind : half.required("cpuSecondsPerMillionByThread")) {
            seconds += kind.asDouble();
        }
        int rate = half.required("input").required("perSecond").asInt();
        return text(
                "At %,d/s this process, with broker, sender and reader, took %.1f of %d cores, so threads wait for one.\n",
                rate,
                seconds * rate / MILLION,
                half.required("machine").required("processors").asInt());
    }

    private static String perSecond(JsonNode measured) {
        return text("%,d/s: ", measured.required("input").required("perSecond").asInt());
    }

    static String bridge(JsonNode bridge) {
        StringBuilder table =
                new StringBuilder("phase | ").append(HEAD.replaceFirst("\n", " | refused or failed\n---|"));
        for (JsonNode phase : bridge.required("phases")) {
            table.append(text(
                    "%s | %,d\n",
                    cells(phase.required("name").asText(), phase),
                    phase.required("refused").asLong()
                            + phase.required("failed").asLong()));
        }
        return table.toString();
    }

    static String bridgeInput(JsonNode bridge) {
        JsonNode input = bridge.required("input");
        return text(
                """
                %,d notifications of 900 bytes per second, %d s per phase, measured from the moment when each was due,
                %s.
                """,
                input.required("perSecond").asInt(),
                input.required("seconds").asInt(),
                input.required("way").asText());
    }

    private static void row(StringBuilder table, String what, JsonNode delays) {
        table.append(cells(what, delays)).append('\n');
    }

    private static String cells(String what, JsonNode delays) {
        return text(
                "%s | %,d | %,.1f | %,.1f | %,.1f | %,.1f",
                what,
                delays.required("number").asLong(),
                delays.required("p50Ms").asDouble(),
                delays.required("p99Ms").asDouble(),
                delays.required("p999Ms").asDouble(),
                delays.required("longestMs").asDouble());
    }
}
