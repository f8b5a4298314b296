package io.callweave.consumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The calls that an example has printed, such as {@code 809646016/s-1 revision 2 complete}. */
final class PrintedCalls {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** An id in JSON that a terminal would obey, and as it is printed. */
    private static final String STEERING_ID = "s-\\u001b[2J\\u007f\\u009b\\u202e";

    /** A call with such texts. */
    static final String STEERING = "{\"accountId\":\"1\",\"callId\":\"" + STEERING_ID + "\",\"epoch\":0,\"revision\":1,"
            + "\"status\":\"complete\",\"artifacts\":[{\"kind\":\"insight\",\"summary\":\"" + STEERING_ID + "\"}]}";

    private final ExampleProgram program;

    PrintedCalls(ExampleProgram program) {
        this.program = program;
    }

    /** The last line of each call, by key. */
    Map<String, String> last() {
        Map<String, String> last = new TreeMap<>();
        program.lines().stream()
                .filter(line -> line.contains(" revision "))
                .forEach(line -> last.put(line.substring(0, line.indexOf(' ')), line));
        return last;
    }

    /** What the last lines must be after these records and {@link #STEERING}, in whatever order they are read. */
    static Map<String, String> newest(List<ConsumerRecord<String, String>> emitted) throws JsonProcessingException {
        Map<String, String> newest = new TreeMap<>();
        for (ConsumerRecord<String, String> record : emitted) {
            JsonNode call = JSON.readTree(record.value());
            newest.put(record.key(), line(record.value(), call.get("revision").asLong()));
        }
        newest.put("1/" + STEERING_ID, "1/" + STEERING_ID + " revision 1 complete");
        return newest;
    }

    /** The line of a record with this revision. */
    static String line(String record, long revision) throws JsonProcessingException {
        JsonNode call = JSON.readTree(record);
        return call.get("accountId").asText() + "/" + call.get("callId").asText() + " revision " + revision + " "
                + call.get("status").asText();
    }
}
