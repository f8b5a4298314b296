package io.callweave.cli.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.callweave.call.record.CallRecord;
import io.callweave.export.DiskTable;
import io.callweave.record.RecordedCall;
import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.BinaryWriter;
import io.callweave.value.JsonLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the last record of each call among many revisions, in two readings: first {@link #note} every record, then
 * {@link #take} every record again. Between them only the number of the newest revision is kept, and on disk: there can be any number
 * of calls.
 */
final class NewestRecords implements AutoCloseable {

    private static final JsonFactory FACTORY = JsonLimits.values();
    private static final String SUPERSEDED = "superseded";

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

    /** What stands at the beginning of each record. */
    private record Head(byte[] key, Revision revision) {}

    /** Whether a line is a call record. */
    static boolean isCallRecord(byte[] line) {
        return head(line) != null;
    }

    /** Returns whether it is a call record. */
    boolean note(byte[] line) {
        Head head = head(line);
        if (head == null) {
            return false;
        }
        Revision former = Revision.of(newest.get(head.key()));
        if (former == null || head.revision().isNewerThan(former)) {
            newest.put(head.key(), head.revision().bytes());
        }
        return true;
    }

    /**
     * The call, if this is its last record and not superseded. A second copy of the same record is left out.
     *
     * @throws IllegalArgumentException if it is no call record; the message says why
     */
    Optional<CallRecord> take(byte[] line) {
        Head head = head(line);
        if (head == null || !head.revision().equals(Revision.of(newest.get(head.key())))) {
            return Optional.empty();
        }
        newest.put(head.key(), TAKEN);
        if (head.revision().superseded()) {
            return Optional.empty();
        }
        try {
            return Optional.of(RecordedCall.of(line).call());
        } catch (IOException e) {
            throw new IllegalArgumentException("It is not JSON.", e);
        }
    }

    /** Reads no more of the line than that; null if it is something else. */
    private static @Nullable Head head(byte[] line) {
        String callId = null;
        String accountId = null;
        String status = null;
        long epoch = 0;
        Long revision = null;
        try (JsonParser json = FACTORY.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "callId" -> callId = json.getValueAsString();
                    case "accountId" -> accountId = json.getValueAsString();
                    case "revision" -> revision = json.getValueAsLong();
                    case "epoch" -> epoch = json.getValueAsLong();
                    case "status" -> status = json.getValueAsString();
                    default -> json.skipChildren();
                }
                if (callId != null && accountId != null && status != null && revision != null) {
                    byte[] key = (accountId + "/" + callId).getBytes(StandardCharsets.UTF_8);
                    return new Head(key, new Revision(epoch, revision, status.equals(SUPERSEDED)));
                }
            }
            return null;
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public void close() {
        newest.close();
    }
}
