package io.callweave.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;

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

/** The calls as they are now. Records may be read twice, and those of different keys in any order. */
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

    /** Takes a record of the topic {@code calls}. */
    void read(ConsumerRecord<String, String> record) throws JsonProcessingException {
        JsonNode call = JSON.readTree(record.value());
        Key key = new Key(call.path("accountId").asText(), call.path("callId").asText());
        String epoch = new String(record.headers().lastHeader("epoch").value(), UTF_8);
        Row row = new Row(Long.parseLong(epoch), call.path("revision").asLong(), call);
        // Superseded rows stay: they remember the revision, and know where the call is now.
        rows.merge(key, row, (old, read) -> read.isNewerThan(old) ? read : old);
    }

    /** All calls, each session in one of them. */
    List<JsonNode> calls() {
        return rows.values().stream()
                .filter(row -> !row.isSuperseded())
                .map(Row::call)
                .toList();
    }

    /** The call that this id stands for now; empty if its record is still to be read. */
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
        // Two rows that lead to each other: a newer record of one of them is still to be read.
        return Optional.empty();
    }
}
