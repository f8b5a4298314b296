package io.callweave.bench.windows;

import io.callweave.call.record.CallRecord;
import io.callweave.directory.DirectoryEntry;
import io.callweave.topology.StoreNames;
import io.callweave.topology.directory.Directory;
import io.callweave.topology.message.StageOutput;
import io.callweave.topology.meter.TopologyMetrics;
import io.callweave.topology.state.CountedOn;
import io.callweave.topology.time.StepLimits;
import io.callweave.topology.windows.WindowAggregator;
import io.callweave.topology.windows.WindowOptions;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The windows of one task in this thread, without Kafka, to measure their cost. The {@link WindowAggregator} and the
 * store are those that run on Kafka Streams. This class only drives them, in the time of the calls, like
 * {@link CallProcessor}.
 */
public final class WindowTrial implements AutoCloseable {

    /** How often the stage checks the clock while no record comes. */
    private static final long TICK = 1_000;

    private final LoneStore rocksDb;
    private final KeyValueStore<Bytes, byte[]> store;
    private final WindowAggregator aggregator;
    private final @Nullable WindowMeter meter;
    private long now = Long.MIN_VALUE;

    private WindowTrial(
            Path directory, WindowOptions options, Collection<DirectoryEntry> people, @Nullable WindowMeter meter) {
        this.rocksDb = new LoneStore(StoreNames.WINDOWS, directory);
        this.store = meter == null ? rocksDb.store() : new MeteredWrites(rocksDb.store(), meter);
        this.meter = meter;
        this.aggregator =
                new WindowAggregator(store, known(people), options, TopologyMetrics.unexported(), Long.MIN_VALUE, 0);
    }

    /**
     * A trial without a meter, to be timed.
     *
     * @param directory of files, its own
     * @param people what is known about extensions
     */
    public static WindowTrial plain(Path directory, WindowOptions options, Collection<DirectoryEntry> people) {
        return new WindowTrial(directory, options, people, null);
    }

    /** The same with a meter, which adds up its {@link #costs}. */
    public static WindowTrial metered(Path directory, WindowOptions options, Collection<DirectoryEntry> people) {
        return new WindowTrial(directory, options, people, new WindowMeter());
    }

    private static Directory known(Collection<DirectoryEntry> people) {
        Map<String, DirectoryEntry> entries =
                people.stream().collect(Collectors.toMap(DirectoryEntry::key, Function.identity()));
        return entries.isEmpty()
                ? Directory.NONE
                : (account, extension) -> entries.get(DirectoryEntry.key(account, extension));
    }

    /** Counts a call when it ends; calls must come in the order of their ends. */
    public void count(CallRecord call) {
        passTo(call.times().endTime());
        // Each call ends once.
        var unused = aggregator.count(call, CountedOn.NO_DAY, now);
        give(aggregator.changed(now, now));
    }

    private void passTo(long time) {
        for (long next = now + TICK; now != Long.MIN_VALUE && next < time; next += TICK) {
            lookAt(next);
        }
        lookAt(Math.max(now, time));
    }

    /** Lets time run until nothing is pending. */
    public void end() {
        while (aggregator.heldBack() > 0) {
            lookAt(now + TICK);
        }
    }

    private void lookAt(long time) {
        now = time;
        give(aggregator.ready(now, StepLimits.DEFAULT.timeless().begin()));
        var unused = aggregator.forgetOld(now, StepLimits.DEFAULT.timeless().begin());
    }

    private void give(List<StageOutput> outputs) {
        if (meter != null) {
            outputs.forEach(meter::givenOut);
        }
    }

    /** The cost so far. */
    public WindowCosts costs() {
        if (meter == null) {
            throw new IllegalStateException("A plain trial adds up nothing.");
        }
        return meter.costs(store);
    }

    @Override
    public void close() {
        rocksDb.close();
    }
}
