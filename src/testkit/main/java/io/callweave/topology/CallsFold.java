package io.callweave.topology;

import static io.callweave.TestJson.tree;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a reader of {@code calls} holds: the newest revision of each key, superseded ones left out. On the way it sees to what
 * has to hold of every reader: revisions count 1, 2, 3 … under each key, and the key is that of the value.
 */
public final class CallsFold {

    private static final Pattern REVISION = Pattern.compile("\"revision\":\\d+,\"epoch\":\\d+");

    private final Map<String, Long> revisions = new TreeMap<>();
    private final SortedMap<String, String> newest = new TreeMap<>();

    /** Values of {@code calls}, in order of emission. */
    public static CallsFold of(Iterable<String> values) {
        CallsFold fold = new CallsFold();
        values.forEach(value -> fold.add(key(tree(value)), value));
        return fold;
    }

    /**
     * The next record.
     *
     * @throws AssertionError if its revision is not the next one under its key, or the key is another call's
     */
    public void add(String key, String value) {
        JsonNode tree = tree(value);
        if (!key.equals(key(tree))) {
            throw new AssertionError("Under the key " + key + " is the record of " + key(tree));
        }
        long revision = tree.path("revision").asLong();
        long last = revisions.getOrDefault(key, 0L);
        if (revision != last + 1) {
            throw new AssertionError("After revision " + last + " of " + key + " comes revision " + revision);
        }
        revisions.put(key, revision);
        if (tree.path("status").asText().equals("superseded")) {
            newest.remove(key);
        } else {
            newest.put(key, REVISION.matcher(value).replaceFirst("\"revision\":1,\"epoch\":0"));
        }
    }

    /** The records by key, all with revision 1 and epoch 0: the way to a record decides nothing else. */
    public SortedMap<String, String> records() {
        return new TreeMap<>(newest);
    }

    /** The last revision of each key, superseded or not. */
    public Map<String, Long> revisions() {
        return new TreeMap<>(revisions);
    }

    /** Sessions that more than one record counts, each as account and id; there must be none. */
    public List<String> sessionsCountedTwice() {
        Set<String> counted = new HashSet<>();
        List<String> twice = new ArrayList<>();
        for (String value : newest.values()) {
            JsonNode tree = tree(value);
            for (JsonNode session : tree.path("sessions")) {
                String id = tree.path("accountId").asText() + "/"
                        + session.path("telephonySessionId").asText();
                if (!counted.add(id)) {
                    twice.add(id);
                }
            }
        }
        return twice;
    }

    /** As the topic has it: a lone surrogate cannot be written. */
    private static String key(JsonNode tree) {
        String key = tree.path("accountId").asText() + "/" + tree.path("callId").asText();
        return new String(key.getBytes(UTF_8), UTF_8);
    }
}
