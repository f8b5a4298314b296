package io.callweave.documentation.performance;

import static io.callweave.documentation.performance.RunFigures.median;
import static io.callweave.documentation.performance.RunFigures.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What so many users need, calculated from the figures. */
final class SizingTable {

    private static final List<Long> SIZES =
            List.of(20L, 200L, 2_000L, 20_000L, 100_000L, 200_000L, 1_000_000L, 10_000_000L);
    private static final double CALLS_PER_DAY = 20;
    private static final double SHARE_OF_BUSIEST_HOUR = 0.125;
    private static final double NOTIFICATIONS_PER_CALL = 10;
    private static final double SECONDS_PER_CALL = 160;
    private static final double SECONDS_PER_HOUR = 3_600;

    /** A machine that works at its limit in the busiest hour cannot make up for anything. */
    private static final double PLANNED = 0.5;

    private static final int COPIES = 3;

    /** The default. */
    private static final double PARTITIONS = 12;

    private static final double MICROS = 1e6;
    private static final double MB = 1e6;
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

    /** What one of each takes, and what the larger ones of these sizes need. */
    static String of(JsonNode topology, JsonNode half, JsonNode calls) {
        Costs costs = Costs.of(topology, half, calls);
        return text(
                """
                what | of one
                ---|---
                notifications | %.0f per call
                live calls | %.0f s each
                cores of `streams` | %.0f µs of stream threads, producers and collector per notification; plan half of a core, at most %,.0f live calls each
                cores of brokers | %.0f µs per notification, each sent alone, and %.0f for each further copy, %d copies; plan half of a core
                stream threads | one for each core
                partitions | four for each thread, because accounts are unequal and grow; at most %,.0f live calls each
                memory of a live call | %.0f kB of heap and RocksDB's memory, while they fit
                state of a live call | %.1f kB
                state of a settled call | %.1f kB, for 24 h
                """,
                NOTIFICATIONS_PER_CALL,
                SECONDS_PER_CALL,
                costs.streams(),
                costs.liveCallsPerCore(),
                costs.broker(),
                costs.copy(),
                COPIES,
                costs.liveCallsPerPartition(),
                costs.memory() / 1_000,
                costs.liveState() / 1_000,
                costs.settledState() / 1_000);
    }

    /** What a user needs who knows how many people telephone. */
    static String users(JsonNode topology, JsonNode half, JsonNode calls) {
        Costs costs = Costs.of(topology, half, calls);
        StringBuilder table = new StringBuilder("""
                users | notifications/s | calls at a time | cores of `streams` | cores of brokers | partitions | memory of calls | state
                ---|---|---|---|---|---|---|---
                """);
        for (long users : SIZES) {
            double cores = costs.coresOfStreams(users);
            table.append(text(
                    "%,d | %s | %s | %.0f | %.0f | %.0f | %s | %s\n",
                    users,
                    atLeastOne(notificationsPerSecond(users)),
                    atLeastOne(liveCalls(users)),
                    cores,
                    costs.coresOfBrokers(users),
                    partitions(cores, liveCalls(users) / costs.liveCallsPerPartition()),
                    bytes(liveCalls(users) * costs.memory()),
                    bytes(liveCalls(users) * costs.liveState() + users * CALLS_PER_DAY * costs.settledState())));
        }
        return table.toString();
    }

    /** Four for each core, because accounts are unequal and their number grows, in steps of the default. */
    private static double partitions(double cores, double leastForLiveCalls) {
        return Math.ceil(Math.max(4 * cores, leastForLiveCalls) / PARTITIONS) * PARTITIONS;
    }

    private static String atLeastOne(double number) {
        return number < 1 ? "below 1" : text("%,.0f", number);
    }

    private static String bytes(double number) {
        return number < GB ? text("%,.0f MB", Math.ceil(number / MB)) : text("%,.0f GB", Math.ceil(number / GB));
    }

    /**
     * What one of each takes.
     *
     * @param streams CPU of {@code streams} per notification, µs
     * @param broker CPU of the first copy of a notification and what it leads to, µs
     * @param copy CPU of each further copy, µs
     * @param memory of a live call, bytes
     * @param liveState bytes of a live call in the state directory
     * @param settledState bytes of a settled call in the state directory
     */
    private record Costs(
            double streams,
            double broker,
            double copy,
            double liveCallsPerCore,
            double liveCallsPerPartition,
            double memory,
            double liveState,
            double settledState) {

        static Costs of(JsonNode topology, JsonNode half, JsonNode calls) {
            // A topology that keeps up commits more often, and writes live calls, unlike one that catches up.
            JsonNode threads = half.required("cpuSecondsPerMillionByThread");
            // Other copies are fetched many at a time, as everything is while it catches up.
            JsonNode catchingUp = topology.required("subjects").required("callweave");
            // So many live calls for each core were measured.
            JsonNode points = calls.required("curves").required("live").required("points");
            double live =
                    points.required(points.size() - 1).required("liveCalls").asDouble();
            List<BytesPerCall> ofLive = BytesPerCall.live(calls);
            return new Costs(
                    threads.required("streams").asDouble()
                            + threads.required("producers").asDouble()
                            + threads.required("gc").asDouble(),
                    threads.required("broker").asDouble(),
                    median(catchingUp.required("cpuSecondsPerMillionByThread").required("broker")),
                    live / topology.required("machine").required("processors").asDouble(),
                    live / topology.required("input").required("partitions").asDouble(),
                    ofLive.stream().mapToDouble(BytesPerCall::memory).max().orElseThrow(),
                    ofLive.stream().mapToDouble(BytesPerCall::state).max().orElseThrow(),
                    BytesPerCall.settled(calls).state());
        }

        double coresOfStreams(double users) {
            return Math.ceil(Math.max(
                    notificationsPerSecond(users) * streams / MICROS / PLANNED, liveCalls(users) / liveCallsPerCore));
        }

        double coresOfBrokers(double users) {
            return Math.ceil(notificationsPerSecond(users) * (broker + copy * (COPIES - 1)) / MICROS / PLANNED);
        }
    }
}
