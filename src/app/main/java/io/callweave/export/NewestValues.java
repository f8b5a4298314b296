package io.callweave.export;

import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.BinaryWriter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Which record of a topic has the newest value of each key: of a call that with the greatest (epoch, revision), else the last one
 * of the greatest epoch. On disk, because there can be any number of keys.
 */
final class NewestValues implements AutoCloseable {

    private final DiskTable table = new DiskTable();
    private long wanted;

    /**
     * Where the newest value of a key is, and what is compared.
     *
     * @param wanted whether it is exported: it can be a tombstone, superseded, or not be selected
     */
    private record Newest(boolean wanted, long epoch, long revision, int partition, long offset) {

        boolean isOlderThan(Newest other) {
            if (epoch != other.epoch) {
                return epoch < other.epoch;
            }
            // A row that moves to another call can have a lower revision, so its place decides.
            return revision <= other.revision;
        }

        byte[] bytes() {
            return new BinaryWriter(32)
                    .u8(wanted ? 1 : 0)
                    .varint(epoch)
                    .varint(revision)
                    .varint(partition)
                    .varint(offset)
                    .bytes();
        }

        static @Nullable Newest of(byte @Nullable [] bytes) {
            if (bytes == null) {
                return null;
            }
            BinaryReader in = new BinaryReader(bytes);
            return new Newest(in.u8() == 1, in.varint(), in.varint(), (int) in.varint(), in.varint());
        }
    }

    /**
     * Takes a record that is not a tombstone.
     *
     * @param compared its revision if that decides which is newer, else 0
     * @param taken whether it is to be exported if it is the newest
     */
    void add(ConsumerRecord<byte[], byte[]> read, long epoch, long compared, boolean taken) {
        put(read, new Newest(taken, epoch, compared, read.partition(), read.offset()));
    }

    /** Takes a tombstone, which is newer than all before it. */
    void remove(ConsumerRecord<byte[], byte[]> read) {
        Newest before = Newest.of(table.get(read.key()));
        if (before != null) {
            put(read, new Newest(false, before.epoch(), before.revision(), read.partition(), read.offset()));
        }
    }

    private void put(ConsumerRecord<byte[], byte[]> read, Newest newest) {
        Newest before = Newest.of(table.get(read.key()));
        if (before == null || before.isOlderThan(newest)) {
            table.put(read.key(), newest.bytes());
            wanted += (newest.wanted() ? 1 : 0) - (before != null && before.wanted() ? 1 : 0);
        }
    }

    /** How many are to be exported. */
    long wanted() {
        return wanted;
    }

    /** Whether the newest value of its key is in this very record, and to be exported. */
    boolean isWanted(ConsumerRecord<byte[], byte[]> read) {
        Newest newest = Newest.of(table.get(read.key()));
        return newest != null
                && newest.wanted()
                && newest.partition() == read.partition()
                && newest.offset() == read.offset();
    }

    @Override
    public void close() {
        table.close();
    }
}
