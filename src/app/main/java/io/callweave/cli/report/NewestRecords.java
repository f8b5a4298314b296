package io.callweave.cli.report;

import io.callweave.call.record.CallRecord;
import io.callweave.export.DiskTable;
import io.callweave.record.RecordHead;
import io.callweave.record.RecordedCall;
import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.BinaryWriter;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the last record of each call among many revisions, in two readings: first {@link #note} every record, then
 * {@link #take} every record again. Between them only the number of the newest revision is kept, and on disk: there can be any number
 * of calls.
 */
final class NewestRecords implements AutoCloseable {

    private static final byte[] TAKEN = {};

    private final DiskTable newest = new DiskTable();

    private record Revision(long epoch, long revision, boolean superseded) {

        boolean isNewerThan(Revision other) {
            return epoch > other.epoch || (epoch == other.epoch && revision > other.revision);
        }

        byte[] bytes() {
            return new BinaryWriter(Long.BYTES + Long.BYTES + 1)
                    .i64(epoch)
                    .i64(revision)
                    .u8(superseded ? 1 : 0)
                    .bytes();
        }

        /** Null if there is none. */
        static @Nullable Revision of(byte @Nullable [] bytes) {
            if (bytes == null || bytes.length == 0) {
                return null;
            }
            BinaryReader in = new BinaryReader(bytes);
            return new Revision(in.i64(), in.i64(), in.u8() == 1);
        }
    }

    /** Whether a line is a call record. */
    static boolean isCallRecord(byte[] line) {
        return head(line) != null;
    }

    /** Returns whether it is a call record. */
    boolean note(byte[] line) {
        RecordHead head = head(line);
        if (head == null) {
            return false;
        }
        Revision former = Revision.of(newest.get(head.key()));
        if (former == null || revision(head).isNewerThan(former)) {
            newest.put(head.key(), revision(head).bytes());
        }
        return true;
    }

    /**
     * The call, if this is its last record and not superseded. A second copy of the same record is left out.
     *
     * @throws IllegalArgumentException if it is no call record; the message says why
     */
    Optional<CallRecord> take(byte[] line) {
        RecordHead head = head(line);
        if (head == null || !revision(head).equals(Revision.of(newest.get(head.key())))) {
            return Optional.empty();
        }
        newest.put(head.key(), TAKEN);
        if (head.superseded()) {
            return Optional.empty();
        }
        try {
            return Optional.of(RecordedCall.of(line).call());
        } catch (IOException e) {
            throw new IllegalArgumentException("It is not JSON.", e);
        }
    }

    /** Null if it is something else: rows of parties have no status of their own. */
    private static @Nullable RecordHead head(byte[] line) {
        RecordHead head = RecordHead.read(line);
        return head == null || head.status() == null ? null : head;
    }

    private static Revision revision(RecordHead head) {
        return new Revision(head.epoch(), head.revision(), head.superseded());
    }

    @Override
    public void close() {
        newest.close();
    }
}
