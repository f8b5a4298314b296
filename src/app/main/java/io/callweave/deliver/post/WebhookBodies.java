package io.callweave.deliver.post;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.callweave.deliver.Occurrence;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryLookup;
import io.callweave.record.RecordedCall;
import io.callweave.value.JsonLimits;
import io.callweave.value.Timestamps;
import io.callweave.words.CallWords;
import io.callweave.words.LiveWords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is posted: type, time and data, as the Standard Webhooks specification recommends. The same in every attempt. The data
 * are the JSON itself: fields that a later version adds are posted, too.
 *
 * <p>A hundred subscriptions can want the same value of some megabytes. Words and names are made once for all of them, and the
 * fields that each one wants are not copied. Thread-safe.
 */
public final class WebhookBodies {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int MOST_JOINED = 64 * 1_024;

    /** An attempt after a change of the directory has the new names. */
    private static final Duration LONGEST_USE = Duration.ofSeconds(5);

    private final DirectoryLookup names;
    private final InstantSource clock;

    /** By values, which are compared by identity, as long as these are in memory. */
    private final Map<byte[], Data> data = new WeakHashMap<>();

    /** What is known of one value: {@code more} has the words and names to add, {@code members} the place of each own field. */
    private static final class Data {
        private long made;
        private @Nullable Map<String, byte[]> more;
        private @Nullable Map<String, Range> members;
    }

    private record Range(int from, int to) {

        ByteBuffer of(byte[] value) {
            return ByteBuffer.wrap(value, from, to - from);
        }
    }

    /** @param names of extensions, as they are now */
    public WebhookBodies(DirectoryLookup names, InstantSource clock) {
        this.names = names;
        this.clock = clock;
    }

    /**
     * JSON in UTF-8, in parts. The data of a call have two more members: {@code journey}, its steps in words, and {@code extensions},
     * what the directory knows of its extensions and queues, if it knows any.
     *
     * @param selected the fields of the value that are wanted; empty for all
     */
    public List<ByteBuffer> of(Occurrence occurrence, List<String> selected) {
        String head = "{\"type\":\"" + occurrence.type().wireName() + "\",\"timestamp\":\""
                + Timestamps.iso(occurrence.time()) + "\""
                + (occurrence.artifactsOnly() ? ",\"changed\":[\"artifacts\"]" : "") + ",\"data\":";
        List<ByteBuffer> parts = new ArrayList<>();
        parts.add(UTF_8.encode(head));
        try {
            add(occurrence, selected, parts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        parts.add(UTF_8.encode("}"));
        return joined(parts);
    }

    /** Each part is written to the connection by itself, unless it is worth less than that. */
    private static List<ByteBuffer> joined(List<ByteBuffer> parts) {
        int bytes = parts.stream().mapToInt(ByteBuffer::remaining).sum();
        if (bytes > MOST_JOINED) {
            return parts;
        }
        ByteBuffer all = ByteBuffer.allocate(bytes);
        parts.forEach(all::put);
        return List.of(all.flip());
    }

    private void add(Occurrence occurrence, List<String> selected, List<ByteBuffer> parts) throws IOException {
        byte[] value = occurrence.value();
        Data of;
        synchronized (data) {
            of = data.computeIfAbsent(value, key -> new Data());
        }
        // Who wants the same waits, and does not make it a second time.
        synchronized (of) {
            Map<String, byte[]> more = occurrence.type().isOfCall() ? more(value, of) : Map.of();
            if (selected.isEmpty()) {
                addAll(value, more, parts);
            } else {
                addSome(value, more, members(value, of), selected, parts);
            }
        }
    }

    /** As on the topic, byte for byte, and more. */
    private static void addAll(byte[] value, Map<String, byte[]> more, List<ByteBuffer> parts) {
        int end = value.length;
        while (!more.isEmpty() && value[end - 1] != '}') {
            end--;
        }
        parts.add(ByteBuffer.wrap(value, 0, more.isEmpty() ? end : end - 1));
        more.forEach((name, json) -> {
            parts.add(UTF_8.encode("," + TextNode.valueOf(name) + ":"));
            parts.add(ByteBuffer.wrap(json));
        });
        if (!more.isEmpty()) {
            parts.add(UTF_8.encode("}"));
        }
    }

    private static void addSome(
            byte[] value,
            Map<String, byte[]> more,
            Map<String, Range> members,
            List<String> selected,
            List<ByteBuffer> parts) {
        String separator = "{";
        for (String name : new LinkedHashSet<>(selected)) {
            byte[] told = more.get(name);
            Range member = members.get(name);
            ByteBuffer json = told != null ? ByteBuffer.wrap(told) : member != null ? member.of(value) : null;
            if (json != null) {
                parts.add(UTF_8.encode(separator + TextNode.valueOf(name) + ":"));
                parts.add(json);
                separator = ",";
            }
        }
        parts.add(UTF_8.encode(separator.equals("{") ? "{}" : "}"));
    }

    private static Map<String, Range> members(byte[] value, Data of) throws IOException {
        Map<String, Range> known = of.members;
        if (known != null) {
            return known;
        }
        Map<String, Range> members = new HashMap<>();
        try (JsonParser json = JsonLimits.values().createParser(value)) {
            json.nextToken();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                int from = Math.toIntExact(json.currentTokenLocation().getByteOffset());
                json.skipChildren();
                json.finishToken();
                members.put(
                        name,
                        new Range(from, Math.toIntExact(json.currentLocation().getByteOffset())));
            }
        }
        of.members = members;
        return members;
    }

    private Map<String, byte[]> more(byte[] value, Data of) throws IOException {
        Map<String, byte[]> known = of.more;
        long now = clock.millis();
        if (known != null && now - of.made < LONGEST_USE.toMillis()) {
            return known;
        }
        Map<String, byte[]> more = new LinkedHashMap<>();
        JsonNode call = JsonLimits.tree(value);
        List<String> journey = journey(call, names);
        if (!journey.isEmpty()) {
            more.put(Occurrence.JOURNEY, JSON.writeValueAsBytes(journey));
        }
        ArrayNode extensions = extensions(call, names);
        if (!extensions.isEmpty()) {
            more.put(Occurrence.EXTENSIONS, JSON.writeValueAsBytes(extensions));
        }
        of.more = more;
        of.made = now;
        return more;
    }

    /** What they have of an entry of the directory. */
    public static DirectoryEntry needed(DirectoryEntry entry) {
        return new DirectoryEntry(
                entry.accountId(),
                entry.extensionId(),
                entry.name(),
                entry.type(),
                entry.site(),
                entry.department(),
                null);
    }

    private static List<String> journey(JsonNode call, DirectoryLookup names) {
        try {
            return call.path("status").asText().equals("live")
                    ? LiveWords.of(RecordedCall.readLive(call), names).journey()
                    : CallWords.of(RecordedCall.read(call), names).journey();
        } catch (IllegalArgumentException writtenByOthers) {
            return List.of();
        }
    }

    private static ArrayNode extensions(JsonNode call, DirectoryLookup names) {
        Set<String> ids = new TreeSet<>();
        Stream.of("extensionId", "queueExtensionId")
                .flatMap(field -> call.findValues(field).stream())
                .filter(JsonNode::isTextual)
                .forEach(id -> ids.add(id.asText()));
        ArrayNode extensions = JSON.createArrayNode();
        for (String id : ids) {
            DirectoryEntry entry = names.find(call.path("accountId").asText(), id);
            if (entry != null) {
                extensions
                        .addObject()
                        .put("extensionId", id)
                        .put("name", entry.name())
                        .put("type", entry.type())
                        .put("site", entry.site())
                        .put("department", entry.department());
            }
        }
        return extensions;
    }
}
