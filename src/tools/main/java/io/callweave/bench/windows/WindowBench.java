package io.callweave.bench.windows;

import io.callweave.call.record.CallRecord;
import io.callweave.directory.DirectoryEntry;
import io.callweave.metrics.Scope;
import io.callweave.metrics.WindowRules;
import io.callweave.metrics.WindowSize;
import io.callweave.record.CallRecordJson;
import io.callweave.topology.windows.WindowOptions;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures what window-metrics cost for each finished call, with the windows and the store of the topology, without
 * Kafka.
 */
public final class WindowBench {

    private static final double NANOS_PER_MICRO = 1e3;

    private final List<CallRecord> calls;
    private final List<DirectoryEntry> people;
    private final Path directory;
    private int trials;

    /**
     * The windows of a run.
     *
     * @param left the scope without windows; null if there is none, or all scopes are without
     */
    public record Subject(String label, @Nullable Scope left, WindowOptions options) {

        /** The baseline. */
        public static final Subject NO_WINDOWS = new Subject("no windows", null, only(scope -> false));

        public static final Subject ALL_SCOPES = new Subject("all scopes", null, only(scope -> true));

        /** The baseline, all scopes, and all scopes but each one. */
        public static List<Subject> all() {
            List<Subject> subjects = new ArrayList<>(List.of(NO_WINDOWS, ALL_SCOPES));
            for (Scope scope : Scope.values()) {
                subjects.add(new Subject("without " + scope.wireName(), scope, only(other -> other != scope)));
            }
            return List.copyOf(subjects);
        }

        private static WindowOptions only(Predicate<Scope> kept) {
            Map<Scope, Set<WindowSize>> sizes = Stream.of(Scope.values())
                    .filter(kept)
                    .collect(Collectors.toMap(scope -> scope, scope -> EnumSet.allOf(WindowSize.class)));
            return new WindowOptions(
                    WindowRules.DEFAULT.with(sizes),
                    WindowOptions.DEFAULT.emitInterval(),
                    WindowOptions.DEFAULT.retention());
        }
    }

    /** Makes the calls. */
    public WindowBench(CallVolume volume, Path directory) {
        CountedCalls counted = new CountedCalls(volume);
        this.calls = counted.records();
        this.people = counted.directory();
        this.directory = directory;
    }

    public int calls() {
        return calls.size();
    }

    /** The average size of the calls' own records in bytes, to compare the costs with. */
    public double recordBytes() {
        return calls.stream()
                .mapToInt(call -> CallRecordJson.write(call, 1).length)
                .average()
                .orElseThrow();
    }

    /** What is stored, written and emitted. */
    public WindowCosts costs(Subject subject) {
        try (WindowTrial trial = WindowTrial.metered(next(), subject.options(), people)) {
            calls.forEach(trial::count);
            trial.end();
            return trial.costs();
        }
    }

    /** CPU time of this thread per call, in microseconds. RocksDB flushes and compacts in threads of its own. */
    public double cpuMicros(Subject subject) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        try (WindowTrial trial = WindowTrial.plain(next(), subject.options(), people)) {
            long begin = threads.getCurrentThreadCpuTime();
            calls.forEach(trial::count);
            trial.end();
            return (threads.getCurrentThreadCpuTime() - begin) / NANOS_PER_MICRO / calls.size();
        }
    }

    private Path next() {
        return directory.resolve("trial-" + ++trials);
    }
}
