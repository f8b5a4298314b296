import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/** The newest record of each call. In your database, use the statements of docs/examples/calls.sql. */
final class Calls {

    private final Map<String, JsonNode> rows = new HashMap<>();

    /** A record can come twice, and an older one after a newer one. */
    void upsert(JsonNode call) {
        String key = call.get("accountId").asText() + "/" + call.get("callId").asText();
        JsonNode newest = rows.merge(key, call, (old, read) -> isNewer(read, old) ? read : old);
        // A superseded call is part of the call in supersededBy. Keep the row, so that an older record cannot return.
        Lines.print(key + " revision " + newest.get("revision") + " " + newest.get("status").asText());
    }

    private static boolean isNewer(JsonNode one, JsonNode other) {
        long epoch = one.get("epoch").asLong();
        long otherEpoch = other.get("epoch").asLong();
        return epoch != otherEpoch
                ? epoch > otherEpoch
                : one.get("revision").asLong() > other.get("revision").asLong();
    }
}
