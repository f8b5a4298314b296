package io.callweave.bench.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Notifications that RingCentral would not send, made of ones that it might: other types, nesting, numbers, times and ids, and
 * texts that are no JSON. The same seed makes the same ones.
 */
public final class HostileNotifications {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONG_TEXT = 100_000;
    private static final int DEEP = 1_100;
    private static final int MANY_PARTIES = 10_000;

    /** About as many of all parties together; far more than a bridge takes. */
    private static final int MOST_BYTES = 8 << 20;

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "~",
            "s-1/2",
            "a/b/../c",
            "s-\u0000-x",
            "\ud800",
            "x\udc00y",
            "p-1 p-2",
            "null",
            "{\"a\":1}",
            "\u202e\u2066",
            "Disconnected",
            "VoiceMail",
            "0000-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999Z",
            "+999999999-12-31T23:59:59Z",
            "2026-02-30T00:00:00Z",
            "1e999",
            "-0");

    private static final List<String> NUMBERS = List.of(
            "-1", "0", "2", "1.5", "1e0", "9007199254740991", "9007199254740993", "1e400", "-1e-400", "1".repeat(999));

    private final Random random;

    public HostileNotifications(long seed) {
        random = new Random(seed);
    }

    /**
     * The next one.
     *
     * @param notification a good one
     */
    public byte[] of(byte[] notification) {
        try {
            JsonNode tree = JSON.readTree(notification);
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                change(tree);
            }
            byte[] bytes = utf8(tree);
            return switch (random.nextInt(12)) {
                case 0 -> cut(bytes);
                case 1 -> flipped(bytes);
                default -> bytes;
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A lone surrogate stays one, in the way that JSON escapes it. */
    private static byte[] utf8(JsonNode tree) {
        StringBuilder text = new StringBuilder();
        tree.toString().chars().forEach(each -> {
            if (Character.isSurrogate((char) each)) {
                text.append(String.format("\\u%04x", each));
            } else {
                text.append((char) each);
            }
        });
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] cut(byte[] bytes) {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }

    private byte[] flipped(byte[] bytes) {
        byte[] other = bytes.clone();
        for (int i = 0; i < 1 + other.length / 500; i++) {
            other[random.nextInt(other.length)] = (byte) random.nextInt(256);
        }
        return other;
    }

    /** Puts something else in one place. */
    private void change(JsonNode tree) {
        List<JsonNode> containers = new ArrayList<>();
        collect(tree, containers);
        JsonNode place = containers.get(random.nextInt(containers.size()));
        JsonNode value = value(tree);
        if (place instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.isEmpty() ? "x" : names.get(random.nextInt(names.size()));
            if (random.nextInt(4) == 0) {
                object.remove(name);
            } else {
                object.set(name, value);
            }
        } else if (place instanceof ArrayNode array) {
            if (array.isEmpty() || random.nextInt(3) == 0) {
                array.add(value);
            } else {
                array.set(random.nextInt(array.size()), value);
            }
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            if (node.size() < MANY_PARTIES) {
                node.forEach(each -> collect(each, containers));
            }
        }
    }

    private JsonNode value(JsonNode tree) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        return switch (random.nextInt(40)) {
            case 0 -> make.nullNode();
            case 1 -> make.booleanNode(random.nextBoolean());
            case 2 -> make.objectNode();
            case 3 -> make.arrayNode();
            case 4 -> make.textNode("x".repeat(random.nextInt(LONG_TEXT)));
            case 5 -> deep(make);
            case 6 -> parties(tree, make);
            case 7, 8, 9, 10, 11, 12 -> make.rawValueNode(new RawValue(NUMBERS.get(random.nextInt(NUMBERS.size()))));
            default -> make.textNode(TEXTS.get(random.nextInt(TEXTS.size())));
        };
    }

    private static JsonNode deep(JsonNodeFactory make) {
        return make.rawValueNode(new RawValue("[".repeat(DEEP) + "]".repeat(DEEP)));
    }

    private JsonNode parties(JsonNode tree, JsonNodeFactory make) {
        JsonNode party = tree.at("/body/parties/0");
        ArrayNode parties = make.arrayNode();
        int number = random.nextInt(20) == 0 ? MANY_PARTIES : 1 + random.nextInt(250);
        // A party that was changed before can be large itself.
        int most = Math.min(number, MOST_BYTES / (1 + party.toString().length()));
        for (int i = 0; i < most && party.isObject(); i++) {
            ObjectNode copy = party.deepCopy();
            parties.add(copy.put("id", "p-" + i));
        }
        return parties;
    }
}
