package io.callweave.verify;

import io.callweave.export.DiskTable;
import io.callweave.record.RecordHead;
import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.BinaryWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The row and the newest record of each call, on disk: there can be any number of calls. */
final class Pairs implements AutoCloseable {

    private static final byte[] ALL = {};
    private static final int OWN = 1;
    private static final int OURS = 2;
    private static final int EXCLUDED = 4;

    private final DiskTable table = new DiskTable();

    /**
     * What both sides have.
     *
     * @param excluded whether nobody may see our record
     * @param emittedAt when it was emitted, in milliseconds since the epoch
     */
    record Pair(@Nullable RecordHead own, @Nullable RecordHead ours, boolean excluded, long emittedAt) {

        static final Pair NOTHING = new Pair(null, null, false, 0);

        private byte[] bytes() {
            BinaryWriter out = new BinaryWriter(48)
                    .u8((own == null ? 0 : OWN) | (ours == null ? 0 : OURS) | (excluded ? EXCLUDED : 0))
                    .i64(emittedAt);
            write(own, out);
            write(ours, out);
            return out.bytes();
        }

        private static void write(@Nullable RecordHead side, BinaryWriter out) {
            if (side != null) {
                out.varint(side.epoch())
                        .varint(side.revision())
                        .u8(side.superseded() ? 1 : 0)
                        .i64(side.startTime() == null ? 0 : side.startTime());
            }
        }

        private static Pair read(byte[] key, byte @Nullable [] bytes) {
            if (bytes == null) {
                return NOTHING;
            }
            BinaryReader in = new BinaryReader(bytes);
            int sides = in.u8();
            long emittedAt = in.i64();
            RecordHead own = (sides & OWN) == 0 ? null : side(key, in);
            RecordHead ours = (sides & OURS) == 0 ? null : side(key, in);
            return new Pair(own, ours, (sides & EXCLUDED) != 0, emittedAt);
        }

        private static RecordHead side(byte[] key, BinaryReader in) {
            String id = new String(key, StandardCharsets.UTF_8);
            int slash = id.indexOf('/');
            return new RecordHead(
                    id.substring(0, slash),
                    id.substring(slash + 1),
                    in.varint(),
                    in.varint(),
                    in.u8() == 1 ? RecordHead.SUPERSEDED : null,
                    in.i64());
        }
    }

    /** Takes each pair. */
    @FunctionalInterface
    interface Taker<E extends Exception> {
        void take(Pair pair) throws E;
    }

    Pair get(RecordHead call) {
        byte[] key = call.key();
        return Pair.read(key, table.get(key));
    }

    void put(RecordHead call, Pair pair) {
        table.put(call.key(), pair.bytes());
    }

    /** All, sorted by account and call. */
    <E extends Exception> void each(Taker<E> taker) throws E {
        table.<E>scan(ALL, (key, value) -> {
            taker.take(Pair.read(key, value));
            return true;
        });
    }

    @Override
    public void close() {
        table.close();
    }
}
