package io.callweave.bench.competitors.postgresql;

import io.callweave.files.LocalException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The CPU time of a process and its children, as Linux has it in {@code /proc}. A child that has ended counts with its
 * parent. The children of children do not count: PostgreSQL has none.
 */
final class ProcessTreeCpu {

    private static final Path PROCESSES = Path.of("/proc");

    /** {@code USER_HZ}, the same on all Linux systems that run a JVM. */
    private static final double TICKS = 100;

    private final Path processes;
    private final long parent;

    /** The fields of {@code stat} that count, by their place after the name. */
    record Stat(long parent, long ownTicks, long endedTicks) {

        private static final int PARENT = 1;
        private static final int USER = 11;
        private static final int SYSTEM = 12;
        private static final int ENDED_USER = 13;
        private static final int ENDED_SYSTEM = 14;

        /** Parses a line as in proc(5). */
        static Stat of(String stat) {
            // The name is in parentheses, and can contain anything.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return new Stat(
                    Long.parseLong(fields[PARENT]),
                    Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]),
                    Long.parseLong(fields[ENDED_USER]) + Long.parseLong(fields[ENDED_SYSTEM]));
        }
    }

    ProcessTreeCpu(long parent) {
        this(PROCESSES, parent);
    }

    ProcessTreeCpu(Path processes, long parent) {
        this.processes = processes;
        this.parent = parent;
    }

    /**
     * Seconds so far.
     *
     * @throws LocalException if the process has ended, or this is not Linux
     */
    double seconds() {
        long ticks = 0;
        boolean found = false;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(processes, "[0-9]*")) {
            for (Path process : all) {
                try {
                    Stat stat = Stat.of(Files.readString(process.resolve("stat")));
                    if (process.getFileName().toString().equals(Long.toString(parent))) {
                        ticks += stat.ownTicks() + stat.endedTicks();
                        found = true;
                    } else if (stat.parent() == parent) {
                        ticks += stat.ownTicks();
                    }
                } catch (IOException e) {
                    // The process has just ended.
                }
            }
        } catch (IOException e) {
            throw new LocalException("The CPU time of PostgreSQL is known on Linux only.", e);
        }
        if (!found) {
            throw new LocalException("PostgreSQL has ended.");
        }
        return ticks / TICKS;
    }
}
