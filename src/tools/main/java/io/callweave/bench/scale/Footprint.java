package io.callweave.bench.scale;

/**
 * The memory and the disk of one application.
 *
 * @param heapBytes what the heap has less after the application has stopped, both after a collection
 * @param rocksDbBytes block cache of all its stores, with memtables and index blocks
 * @param stateBytes its state directory after it has stopped
 * @param changelogBytes its changelogs on the broker, as far as they are compacted
 */
public record Footprint(long heapBytes, long rocksDbBytes, long stateBytes, long changelogBytes) {

    /** On the heap and outside. */
    public long memoryBytes() {
        return heapBytes + rocksDbBytes;
    }

    /** Of the instance and of one broker. */
    public long diskBytes() {
        return stateBytes + changelogBytes;
    }

    /** What each further call takes: the difference to a smaller one, divided by the calls that this one has more. */
    PerCall perCall(Footprint smaller, long moreCalls) {
        return perCall(smaller, moreCalls, 0, new PerCall(0, 0, 0, 0));
    }

    /** As above, without what other calls take that this one also has more. */
    PerCall perCall(Footprint smaller, long moreCalls, long moreOthers, PerCall other) {
        return new PerCall(
                (heapBytes - smaller.heapBytes - moreOthers * other.heap) / moreCalls,
                (rocksDbBytes - smaller.rocksDbBytes - moreOthers * other.rocksDb) / moreCalls,
                (stateBytes - smaller.stateBytes - moreOthers * other.state) / moreCalls,
                (changelogBytes - smaller.changelogBytes - moreOthers * other.changelog) / moreCalls);
    }

    /** Bytes per call, by the same parts. */
    public record PerCall(double heap, double rocksDb, double state, double changelog) {}
}
