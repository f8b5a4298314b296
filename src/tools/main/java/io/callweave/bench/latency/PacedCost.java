package io.callweave.bench.latency;

import io.callweave.bench.figures.CpuTimes;
import io.callweave.bench.figures.RecordCounts;
import io.callweave.bench.figures.ThreadKind;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.streams.KafkaStreams;

/**
 * What the topology takes while it keeps up, unlike one that catches up with a backlog.
 *
 * @param used CPU time of this process without the thread that sends the notifications to the broker
 * @param notifications that were due meanwhile
 * @param liveCalls at the end
 * @param recordsPerNotification by topic
 */
public record PacedCost(
        Map<ThreadKind, Double> used, long notifications, int liveCalls, Map<String, Double> recordsPerNotification) {

    /** The client that appends the notifications. */
    static final String FEEDER = "latency-feeder";

    private static final double MILLION = 1e6;
    private static final double NANOS = 1e9;

    /** CPU seconds of a kind of thread per million notifications. */
    public double perMillion(ThreadKind kind) {
        return used.getOrDefault(kind, 0.0) * MILLION / notifications;
    }

    /** Measures from now on. */
    static final class Meter {

        private final KafkaStreams streams;
        private final CpuTimes cpu = new CpuTimes();
        private final CpuTimes.Reading before = cpu.read();
        private final double feederBefore = feederSeconds();
        private final RecordCounts recordsBefore = new RecordCounts();

        Meter(KafkaStreams streams) {
            this.streams = streams;
            recordsBefore.add(streams);
        }

        PacedCost stop(long notifications, int liveCalls) {
            CpuTimes.Reading reading = cpu.read().since(before);
            Map<ThreadKind, Double> used = new TreeMap<>();
            Stream.of(ThreadKind.values()).forEach(kind -> used.put(kind, reading.of(kind)));
            used.merge(
                    ThreadKind.PRODUCERS, feederSeconds() - feederBefore, (all, feeder) -> Math.max(0, all - feeder));
            RecordCounts sent = new RecordCounts();
            sent.add(streams);
            Map<String, Double> records = new TreeMap<>(sent.perNotification(notifications));
            recordsBefore
                    .perNotification(notifications)
                    .forEach((topic, number) -> records.merge(topic, number, (all, earlier) -> all - earlier));
            return new PacedCost(used, notifications, liveCalls, records);
        }

        /** The kernel knows only the first characters of names, which all producers share. */
        private static double feederSeconds() {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            return Stream.of(threads.getThreadInfo(threads.getAllThreadIds()))
                            .filter(thread -> thread != null && isFeeder(thread))
                            .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
                            .sum()
                    / NANOS;
        }

        private static boolean isFeeder(ThreadInfo thread) {
            return thread.getThreadName().endsWith("| " + FEEDER);
        }
    }
}
