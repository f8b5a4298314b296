package io.callweave.whatif;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.export.DiskTable;
import io.callweave.files.LocalException;
import io.callweave.record.ExcludedCalls;
import io.callweave.record.RecordHead;
import io.callweave.value.JsonLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The last record of each call on both sides, on disk, and how they differ. */
public final class Comparison implements AutoCloseable {

    /** How many records a call had so far says nothing about the call itself. */
    private static final Set<String> REVISION = Set.of("revision");

    private static final int MOST_SHOWN = 100;

    private final DiskTable table = new DiskTable();
    private final Sums before = new Sums();
    private final Sums after = new Sums();
    private long different;
    private long onlyInRevisions;
    private long hidden;
    private final ExcludedCalls excluded;

    /** Which records they are. */
    public enum Side {
        BEFORE('b'),
        AFTER('a');

        /** What the keys of its records begin with. */
        private final byte mark;

        Side(char mark) {
            this.mark = (byte) mark;
        }

        private byte[] key(byte[] call) {
            byte[] key = new byte[call.length + 1];
            key[0] = mark;
            System.arraycopy(call, 0, key, 1, call.length);
            return key;
        }
    }

    /** What all calls of a side have together; lengths in milliseconds. */
    public static final class Sums {
        private long records;
        private long calls;
        private long partial;
        private long answered;
        private long talkMs;
        private long durationMs;

        private void add(JsonNode call) {
            calls++;
            partial += call.path("status").asText().equals("partial") ? 1 : 0;
            answered += call.hasNonNull("answerTime") ? 1 : 0;
            talkMs += call.path("talkMs").asLong();
            durationMs += call.path("durationMs").asLong();
        }

        /** Names of the figures. */
        public static List<String> names() {
            return List.of("calls", "partial", "answered", "talkMs", "durationMs", "records");
        }

        /** In the order of the names. */
        public List<Long> values() {
            return List.of(calls, partial, answered, talkMs, durationMs, records);
        }
    }

    /** @param excluded calls that nobody may see: they count, but are not shown */
    public Comparison(ExcludedCalls excluded) {
        this.excluded = excluded;
    }

    /** Takes what is different about a call. */
    @FunctionalInterface
    public interface Taker {
        void take(ObjectNode difference) throws IOException;
    }

    /** Takes a record of a side; of one call they come in the order of their emission. */
    public void add(Side side, byte[] json) {
        RecordHead head = RecordHead.read(json);
        if (head == null) {
            throw new LocalException("What should be a call record is none: "
                    + new String(json, 0, Math.min(json.length, MOST_SHOWN), StandardCharsets.UTF_8));
        }
        sums(side).records++;
        table.put(side.key(head.key()), json);
    }

    /**
     * Compares the sides, once, when all records are there.
     *
     * @param differences gets each call that differs, by account and id
     */
    public void compare(Taker differences) throws IOException {
        table.<IOException>scan(new byte[] {Side.BEFORE.mark}, (key, old) -> {
            byte[] now = table.get(Side.AFTER.key(Arrays.copyOfRange(key, 1, key.length)));
            compare(tree(old), now == null ? null : Arrays.equals(old, now) ? tree(old) : tree(now), differences);
            return true;
        });
        table.<IOException>scan(new byte[] {Side.AFTER.mark}, (key, now) -> {
            if (table.get(Side.BEFORE.key(Arrays.copyOfRange(key, 1, key.length))) == null) {
                compare(null, tree(now), differences);
            }
            return true;
        });
    }

    private void compare(@Nullable JsonNode old, @Nullable JsonNode now, Taker differences) throws IOException {
        JsonNode was = standing(old);
        JsonNode is = standing(now);
        if (was != null) {
            before.add(was);
        }
        if (is != null) {
            after.add(is);
        }
        Set<String> fields = was == null || is == null ? Set.of() : fields(was, is);
        boolean same = was == null ? is == null : is != null && fields.isEmpty();
        if (same) {
            return;
        }
        different++;
        onlyInRevisions += fields.equals(REVISION) ? 1 : 0;
        if ((was != null && excluded.excludes(was)) || (is != null && excluded.excludes(is))) {
            hidden++;
        } else {
            differences.take(difference(was, is, fields));
        }
    }

    /** Null for one that is part of another call. */
    private static @Nullable JsonNode standing(@Nullable JsonNode call) {
        return call == null || call.path("status").asText().equals(RecordHead.SUPERSEDED) ? null : call;
    }

    private static Set<String> fields(JsonNode was, JsonNode is) {
        Set<String> names = new LinkedHashSet<>();
        was.fieldNames().forEachRemaining(names::add);
        is.fieldNames().forEachRemaining(names::add);
        names.removeIf(name -> name.equals("epoch") || was.path(name).equals(is.path(name)));
        return names;
    }

    /** Values of lists are long, so of these there is only the name. */
    private static ObjectNode difference(@Nullable JsonNode was, @Nullable JsonNode is, Collection<String> fields) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        JsonNode call = is == null ? was : is;
        for (String field : List.of("accountId", "callId", "startTime")) {
            line.set(field, call == null ? null : call.get(field));
        }
        line.put("only", was == null ? "after" : is == null ? "before" : null);
        fields.forEach(line.putArray("fields")::add);
        scalars(line.putObject("before"), was, fields);
        scalars(line.putObject("after"), is, fields);
        return line;
    }

    private static void scalars(ObjectNode side, @Nullable JsonNode call, Collection<String> fields) {
        for (String field : fields) {
            JsonNode value = call == null ? null : call.get(field);
            if (value != null && (value.isValueNode() || field.equals("incomplete"))) {
                side.set(field, value);
            }
        }
    }

    private static JsonNode tree(byte[] json) throws IOException {
        return JsonLimits.tree(json);
    }

    public Sums sums(Side side) {
        return side == Side.BEFORE ? before : after;
    }

    /** How many calls are different. */
    public long different() {
        return different;
    }

    /** How many of them are different only in how many records were emitted. */
    public long onlyInRevisions() {
        return onlyInRevisions;
    }

    /** How many of them nobody may see. */
    public long hidden() {
        return hidden;
    }

    @Override
    public void close() {
        table.close();
    }
}
