package io.callweave.bench.competitors.correctness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.files.LocalException;
import io.callweave.topics.TopicReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Calls on a topic. */
public final class TopicCalls {

    private static final ObjectMapper JSON = new ObjectMapper();

    private TopicCalls() {}

    /** The last record of each key, without those that another call has replaced; a record without a key is its own. */
    public static Collection<TrueCall> last(String bootstrapServers, String topic) {
        Map<String, TrueCall> last = new LinkedHashMap<>();
        new TopicReader(bootstrapServers).<LocalException>readByPartition(topic, each -> {
            byte[] key = each.key();
            String name =
                    key == null ? each.partition() + "/" + each.offset() : new String(key, StandardCharsets.UTF_8);
            JsonNode call = tree(each.value());
            if (call.path("status").asText().equals("superseded")) {
                last.remove(name);
            } else {
                last.put(name, TrueCall.of(call));
            }
        });
        return last.values();
    }

    private static JsonNode tree(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new LocalException("A call is no JSON.", e);
        }
    }
}
