package io.callweave.documentation.performance;

import static io.callweave.documentation.performance.RunFigures.median;
import static io.callweave.documentation.performance.RunFigures.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What ten million users need, calculated from the figures. */
final class SizingTable {

    private static final double USERS = 10_000_000;
    private static final double CALLS_PER_DAY = 20;
    private static final double SHARE_OF_BUSIEST_HOUR = 0.125;
    private static final double NOTIFICATIONS_PER_CALL = 10;
    private static final double SECONDS_PER_CALL = 160;
    private static final double SECONDS_PER_HOUR = 3_600;

    /** A machine that works at its limit in the busiest hour cannot make up for anything. */
    private static final double PLANNED = 0.5;

    private static final int COPIES = 3;

    private static final double GB = 1e9;

    private SizingTable() {}

    /** In the busiest hour. */
    static double notificationsPerSecond(double users) {
        return callsPerSecond(users) * NOTIFICATIONS_PER_CALL;
    }

    /** In the busiest hour. */
    static double liveCalls(double users) {
        return callsPerSecond(users) * SECONDS_PER_CALL;
    }

    private static double callsPerSecond(double users) {
        return users * CALLS_PER_DAY * SHARE_OF_BUSIEST_HOUR / SECONDS_PER_HOUR;
    }

    static String of(JsonNode topology, JsonNode half, JsonNode scale) {
        double notifications = notificationsPerSecond(USERS);
        double live = liveCalls(USERS);
        double settled = USERS * CALLS_PER_DAY;
        // A topology that keeps up commits more often, and writes live calls, unlike one that catches up.
        JsonNode threads = half.required("cpuSecondsPerMillionByThread");
        double streams = threads.required("streams").asDouble()
                + threads.required("producers").asDouble()
                + threads.required("gc").asDouble();
        double broker = threads.required("broker").asDouble();
        // Other copies are fetched many at a time, as everything is while it catches up.
        double copy = median(topology.required("subjects")
                .required("callweave")
                .required("cpuSecondsPerMillionByThread")
                .required("broker"));
        // So many live calls for each core were measured.
        JsonNode points = scale.required("curves").required("live").required("points");
        JsonNode mostLive = points.required(points.size() - 1);
        double measured = mostLive.required("liveCalls").asDouble();
        double perCore =
                measured / topology.required("machine").required("processors").asDouble();
        double perPartition =
                measured / topology.required("input").required("partitions").asDouble();
        double cores = Math.ceil(Math.max(notifications * streams / 1e6 / PLANNED, live / perCore));
        List<BytesPerCall> ofLive = BytesPerCall.live(scale);
        double memory = ofLive.stream().mapToDouble(BytesPerCall::memory).max().orElseThrow();
        double ofOneLive =
                ofLive.stream().mapToDouble(BytesPerCall::state).max().orElseThrow();
        double ofOneSettled = BytesPerCall.settled(scale).state();
        return text(
                """
                what | of one | for 10 million users
                ---|---|---
                notifications per second | 10 per call | %,.0f
                live calls | 160 s each | %,.0f
                cores of `streams` | %.0f µs of stream threads, producers and collector per notification; plan half of a core, at most %,.0f live calls each | %.0f
                cores of brokers | %.0f µs per notification, each sent alone, and %.0f for each further copy, 3 copies; plan half of a core | %.0f
                stream threads | one for each core | %.0f
                partitions | at least twice the threads, because accounts are unequal; at most %,.0f live calls each | %.0f
                memory of live calls | %.0f kB of heap and RocksDB's memory, while they fit | %.0f GB in all pods
                state of live calls | %.1f kB | %.0f GB
                state of settled calls, 24 h | %.1f kB | %.0f GB, [three times that on disk](run.md#sizing)
                """,
                notifications,
                live,
                streams,
                perCore,
                cores,
                broker,
                copy,
                Math.ceil(notifications * (broker + copy * (COPIES - 1)) / 1e6 / PLANNED),
                cores,
                perPartition,
                Math.ceil(Math.max(2 * cores, live / perPartition)),
                memory / 1_000,
                live * memory / GB,
                ofOneLive / 1_000,
                live * ofOneLive / GB,
                ofOneSettled / 1_000,
                settled * ofOneSettled / GB);
    }
}
