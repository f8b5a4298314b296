package io.callweave.bench.throughput;

import io.callweave.files.LocalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;

/** Measures the memory and the disk of one application: the memory before it stops, the rest afterwards. */
final class FootprintMeter implements StreamsApplication.Watch {

    /** All stores share the block cache, and their memtables and indexes are a part of it: each store says all of it. */
    private static final String ROCKS_DB = "block-cache-usage";

    private static final String CHANGELOG = "-changelog";
    private static final int COLLECTIONS = 3;

    private long heapBefore;
    private long rocksDbBytes;

    /**
     * The memory and the disk of one application, in bytes.
     *
     * @param heap what the heap has less after the application has stopped, both after a collection
     * @param rocksDb block cache of all its stores, with memtables and index blocks
     * @param state its state directory after it has stopped
     * @param changelogs its changelogs on the broker, as far as they are compacted
     */
    record Footprint(long heap, long rocksDb, long state, long changelogs) {}

    @Override
    public void beforeStop(KafkaStreams streams) {
        rocksDbBytes = streams.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals(ROCKS_DB))
                .map(metric -> metric.metricValue())
                .filter(Number.class::isInstance)
                .mapToLong(value -> ((Number) value).longValue())
                .max()
                .orElse(0);
        heapBefore = usedHeap();
    }

    /** The result, once the application has stopped. */
    Footprint footprint(Admin admin, Site site) {
        return new Footprint(
                heapBefore - usedHeap(),
                rocksDbBytes,
                bytes(site.directory()),
                BenchTopics.bytes(admin, topic -> topic.startsWith(site.group() + "-") && topic.endsWith(CHANGELOG)));
    }

    private static long usedHeap() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        long least = Long.MAX_VALUE;
        // While native code holds an array, a collection is left out, or is one of the young generation only.
        for (int i = 0; i < COLLECTIONS; i++) {
            memory.gc();
            least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    private static long bytes(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            throw new LocalException("The state in " + directory + " cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
