package io.callweave.cli.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.call.record.CallRecord;
import io.callweave.record.RecordedCall;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the last record of each call among many revisions, in two readings: first {@link #note} every record, then
 * {@link #take} every record again. Between them only the number of the newest revision is kept, some 200 bytes a call.
 */
final class NewestRecords {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SUPERSEDED = "superseded";

    private final Map<String, Revision> newest = new HashMap<>();

    private record Revision(long epoch, long revision, boolean superseded) {

        boolean isNewerThan(Revision other) {
            return epoch > other.epoch || (epoch == other.epoch && revision > other.revision);
        }
    }

    /** What stands at the beginning of each record. */
    private record Head(String key, Revision revision) {}

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
        newest.merge(head.key(), head.revision(), (former, latter) -> latter.isNewerThan(former) ? latter : former);
        return true;
    }

    /**
     * The call, if this is its last record and not superseded. A second copy of the same record is left out.
     *
     * @throws IllegalArgumentException if it is no call record; the message says why
     */
    Optional<CallRecord> take(byte[] line) {
        Head head = head(line);
        if (head == null || !head.revision().equals(newest.get(head.key()))) {
            return Optional.empty();
        }
        newest.remove(head.key());
        if (head.revision().superseded()) {
            return Optional.empty();
        }
        try {
            return Optional.of(RecordedCall.read(JSON.readTree(line)));
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
                    return new Head(accountId + "/" + callId, new Revision(epoch, revision, status.equals(SUPERSEDED)));
                }
            }
            return null;
        } catch (IOException e) {
            return null;
        }
    }
}
