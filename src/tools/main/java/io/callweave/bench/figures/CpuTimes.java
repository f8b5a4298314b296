package io.callweave.bench.figures;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The CPU time of this process, by kind of thread. It is read per thread on Linux; elsewhere only
 * the sum is known.
 */
public final class CpuTimes {

    private static final Path THREADS = Path.of("/proc/self/task");
    private static final double NANOS = 1e9;

    /** {@code USER_HZ}, the same on all Linux systems that run a JVM. */
    private static final double TICKS = 100;

    private static final int USER_TICKS = 11;

    private final Path threads;
    private final Map<String, ThreadTime> byThread = new HashMap<>();

    /**
     * Seconds of CPU time since the process began.
     *
     * @param named those of threads that are told apart
     */
    public record Reading(double process, Map<ThreadKind, Double> named) {

        public Reading {
            named = Map.copyOf(named);
        }

        /** The seconds of one kind. */
        public double of(ThreadKind kind) {
            double all =
                    named.values().stream().mapToDouble(Double::doubleValue).sum();
            return kind == ThreadKind.OTHER ? Math.max(0, process - all) : named.getOrDefault(kind, 0.0);
        }

        /** The difference to an earlier time. */
        public Reading since(Reading earlier) {
            Map<ThreadKind, Double> used = new EnumMap<>(ThreadKind.class);
            named.forEach((kind, seconds) -> used.put(kind, seconds - earlier.of(kind)));
            return new Reading(process - earlier.process, used);
        }

        /** That of two processes together. */
        public Reading plus(Reading other) {
            Map<ThreadKind, Double> both = new EnumMap<>(ThreadKind.class);
            Stream.of(this, other)
                    .forEach(one -> one.named.forEach((kind, time) -> both.merge(kind, time, Double::sum)));
            return new Reading(process + other.process, both);
        }
    }

    /** One line of {@code stat}. */
    record ThreadTime(ThreadKind kind, double seconds) {

        /** Parses a line as in proc(5). */
        static ThreadTime of(String stat) {
            // The name is in parentheses, and can contain anything.
            int end = stat.lastIndexOf(')');
            String[] rest = stat.substring(end + 2).split(" ", -1);
            double ticks = Double.parseDouble(rest[USER_TICKS]) + Double.parseDouble(rest[USER_TICKS + 1]);
            return new ThreadTime(ThreadKind.of(stat.substring(stat.indexOf('(') + 1, end)), ticks / TICKS);
        }
    }

    /** Reads those of this process. */
    public CpuTimes() {
        this(THREADS);
    }

    CpuTimes(Path threads) {
        this.threads = threads;
    }

    /**
     * Reads the times. Call this from time to time during a measurement: compiler threads come and go, and one that has
     * ended counts with its time at the last call.
     */
    public Reading read() {
        double process =
                ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / NANOS;
        if (!Files.isDirectory(threads)) {
            return new Reading(process, Map.of());
        }
        readThreads();
        return new Reading(process, sums());
    }

    private void readThreads() {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(threads)) {
            for (Path thread : all) {
                try {
                    ThreadTime time = ThreadTime.of(Files.readString(thread.resolve("stat")));
                    byThread.put(thread.getFileName().toString(), time);
                } catch (IOException e) {
                    // The thread has just ended.
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("The threads of this process cannot be listed.", e);
        }
    }

    private Map<ThreadKind, Double> sums() {
        Map<ThreadKind, Double> sums = new EnumMap<>(ThreadKind.class);
        byThread.values().stream()
                .filter(time -> time.kind() != ThreadKind.OTHER)
                .forEach(time -> sums.merge(time.kind(), time.seconds(), Double::sum));
        return sums;
    }
}
