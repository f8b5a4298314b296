package io.callweave.topology;

import io.callweave.call.CallRecord;
import io.callweave.directory.DirectoryEntry;
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
 * The windows of one task in this thread, without Kafka, for whoever wants to know what they cost. The {@link WindowDesk} and
 * the store are those that run on Kafka Streams; this only feeds them, in the time of the calls, as {@link CallProcessor}
 * does.
 */
public final class WindowTrial implements AutoCloseable {

    /** How often stage 2 looks at the clock where nothing comes. */
    private static final long TICK = 1_000;

    private final LoneStore rocksDb;
    private final KeyValueStore<Bytes, byte[]> store;
    private final WindowDesk desk;
    private final @Nullable WindowMeter meter;
    private long now = Long.MIN_VALUE;

    private WindowTrial(
            Path directory, WindowOptions options, Collection<DirectoryEntry> people, @Nullable WindowMeter meter) {
        this.rocksDb = new LoneStore(StoreNames.WINDOWS, directory);
        this.store = meter == null ? rocksDb.store() : new MeteredWrites(rocksDb.store(), meter);
        this.meter = meter;
        this.desk = new WindowDesk(store, known(people), options, TopologyMetrics.unexported(), Long.MIN_VALUE);
    }

    /**
     * One that adds up nothing, to be timed.
     *
     * @param directory of files, its own
     * @param people what is known of extensions
     */
    public static WindowTrial plain(Path directory, WindowOptions options, Collection<DirectoryEntry> people) {
        return new WindowTrial(directory, options, people, null);
    }

    /** The same, but it adds up its {@link #costs}. */
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

    /** Counts a call when it ends; calls come in order of their ends. */
    public void count(CallRecord call) {
        passTo(call.times().endTime());
        desk.count(call, now);
        give(desk.changed(now, now));
    }

    private void passTo(long time) {
        for (long next = now + TICK; now != Long.MIN_VALUE && next < time; next += TICK) {
            lookAt(next);
        }
        lookAt(Math.max(now, time));
    }

    /** Lets time run on until nothing waits any more. */
    public void end() {
        while (desk.heldBack() > 0) {
            lookAt(now + TICK);
        }
    }

    private void lookAt(long time) {
        now = time;
        give(desk.ready(now));
        desk.forgetOld(now);
    }

    private void give(List<Stage2Output> outputs) {
        if (meter != null) {
            outputs.forEach(meter::givenOut);
        }
    }

    /** What it came to until now. */
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
