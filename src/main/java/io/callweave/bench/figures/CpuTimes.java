package io.callweave.bench.figures;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The CPU time of this process, and the shares of the just-in-time compiler and the garbage collector. On Linux, these
 * two are read per thread. Elsewhere they are what the JVM reports; for the collector that is the length of its pauses.
 */
public final class CpuTimes {

    private static final Path THREADS = Path.of("/proc/self/task");
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;

    /** {@code USER_HZ}, the same on all Linux systems that run a JVM. */
    private static final double TICKS = 100;

    private static final int USER_TICKS = 11;

    private final Path threads;
    private final Map<String, ThreadTime> byThread = new HashMap<>();

    /** Seconds of CPU time since the process began. */
    public record Reading(double process, double jit, double gc) {

        /** The difference to an earlier time. */
        public Reading since(Reading earlier) {
            return new Reading(process - earlier.process, jit - earlier.jit, gc - earlier.gc);
        }
    }

    /** One line of {@code stat}. */
    record ThreadTime(Kind kind, double seconds) {

        /** Parses a line as in proc(5). */
        static ThreadTime of(String stat) {
            // The name is in parentheses, and can contain anything.
            int end = stat.lastIndexOf(')');
            String[] rest = stat.substring(end + 2).split(" ", -1);
            double ticks = Double.parseDouble(rest[USER_TICKS]) + Double.parseDouble(rest[USER_TICKS + 1]);
            return new ThreadTime(Kind.of(stat.substring(stat.indexOf('(') + 1, end)), ticks / TICKS);
        }
    }

    /** What a thread is for. */
    enum Kind {
        JIT,
        GC,
        OTHER;

        /** By the names that HotSpot gives its threads; the kernel keeps their first 15 characters. */
        static Kind of(String name) {
            if (name.startsWith("C1 Compiler") || name.startsWith("C2 Compiler")) {
                return JIT;
            }
            return name.startsWith("GC Thread") || name.startsWith("G1 ") || name.equals("VM Thread") ? GC : OTHER;
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
            return new Reading(process, reportedJit(), reportedGc());
        }
        readThreads();
        return new Reading(process, sum(Kind.JIT), sum(Kind.GC));
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

    private double sum(Kind kind) {
        return byThread.values().stream()
                .filter(time -> time.kind() == kind)
                .mapToDouble(ThreadTime::seconds)
                .sum();
    }

    private static double reportedJit() {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        return compiler != null && compiler.isCompilationTimeMonitoringSupported()
                ? compiler.getTotalCompilationTime() / MILLIS
                : 0;
    }

    private static double reportedGc() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                        .sum()
                / MILLIS;
    }
}
