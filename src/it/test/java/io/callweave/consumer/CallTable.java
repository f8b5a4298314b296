package io.callweave.consumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The current calls. Records may be read twice, and those of different keys in any order. */
final class CallTable {

    private record Key(String accountId, String callId) {}

    private record Row(long epoch, long revision, JsonNode call) {

        boolean isNewerThan(Row other) {
            return epoch != other.epoch ? epoch > other.epoch : revision > other.revision;
        }

        boolean isSuperseded() {
            return call.path("status").asText().equals("superseded");
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<Key, Row> rows = new HashMap<>();

    /** Reads a record of the topic {@code calls}. */
    void read(ConsumerRecord<String, String> record) throws JsonProcessingException {
        JsonNode call = JSON.readTree(record.value());
        Key key = new Key(call.path("accountId").asText(), call.path("callId").asText());
        Row row = new Row(call.path("epoch").asLong(), call.path("revision").asLong(), call);
        // Superseded rows stay: they hold the revision, and the id of the current call.
        rows.merge(key, row, (old, read) -> read.isNewerThan(old) ? read : old);
    }

    /** All calls, with each session in one of them. */
    List<JsonNode> calls() {
        return rows.values().stream()
                .filter(row -> !row.isSuperseded())
                .map(Row::call)
                .toList();
    }

    /** The current call of this id; empty if its record has not been read yet. */
    Optional<JsonNode> find(String accountId, String callId) {
        Set<String> followed = new HashSet<>();
        String id = callId;
        while (followed.add(id)) {
            Row row = rows.get(new Key(accountId, id));
            if (row == null) {
                return Optional.empty();
            }
            if (!row.isSuperseded()) {
                return Optional.of(row.call());
            }
            id = row.call().path("supersededBy").asText();
        }
        // Two rows lead to each other, so a newer record of one of them has not been read yet.
        return Optional.empty();
    }
}
