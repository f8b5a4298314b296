package io.callweave.notification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * JSON of any shape, and parties with values of any type. Drawn directly from a random number generator, because
 * jqwik's own combinators take milliseconds for such a tree.
 */
public final class JsonArbitraries {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MAX_DEPTH = 3;
    private static final List<String> PARTY_FIELDS = List.of(
            "accountId",
            "extensionId",
            "direction",
            "from",
            "to",
            "queueCall",
            "missedCall",
            "muted",
            "conferenceRole",
            "ringOutRole",
            "recordings");
    private static final List<String> STATUS_FIELDS = List.of("reason", "peerId", "rcc");
    private static final List<String> OTHER_FIELDS = List.of(
            "phoneNumber",
            "name",
            "extensionId",
            "extensionNumber",
            "telephonySessionId",
            "partyId",
            "id",
            "active",
            "type");
    private static final List<String> TEXTS =
            List.of("", "s-a", "s-b", "p-b-1", "Inbound", "é😀", "/\\\"", "\u2028\uFFFF");
    private static final List<String> HALVES = List.of("\uD83D", "\uDE00");

    private JsonArbitraries() {}

    static Arbitrary<JsonNode> values() {
        return Arbitraries.randomValue(random -> value(random, MAX_DEPTH));
    }

    public static Arbitrary<ObjectNode> parties() {
        return Arbitraries.randomValue(JsonArbitraries::party);
    }

    private static ObjectNode party(Random random) {
        ObjectNode party = object(random, PARTY_FIELDS, MAX_DEPTH);
        party.put("id", "p-a-1");
        party.set("status", object(random, STATUS_FIELDS, MAX_DEPTH).put("code", "Gone"));
        return party;
    }

    private static JsonNode value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0, 1, 2 -> NODES.textNode(text(random));
            case 3 -> number(random);
            case 4 -> NODES.booleanNode(random.nextBoolean());
            case 5 -> NODES.nullNode();
            case 6 -> array(random, depth - 1);
            default -> object(random, OTHER_FIELDS, depth - 1);
        };
    }

    private static JsonNode number(Random random) {
        return NODES.numberNode(random.nextBoolean() ? random.nextInt(10) : random.nextLong());
    }

    private static ArrayNode array(Random random, int depth) {
        ArrayNode array = NODES.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            array.add(value(random, depth));
        }
        return array;
    }

    private static ObjectNode object(Random random, List<String> names, int depth) {
        ObjectNode object = NODES.objectNode();
        for (int i = random.nextInt(8); i > 0; i--) {
            String name = random.nextInt(4) > 0 ? any(random, names) : characters(random);
            object.set(name, value(random, depth));
        }
        return object;
    }

    private static String text(Random random) {
        return switch (random.nextInt(8)) {
            case 0, 1, 2, 3, 4 -> any(random, TEXTS);
            case 5 -> any(random, HALVES) + characters(random) + any(random, HALVES);
            default -> characters(random);
        };
    }

    /** Without halves of surrogate pairs, which Jackson does not accept in names. */
    private static String characters(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            int c = random.nextInt(random.nextBoolean() ? 0x80 : Character.MAX_CODE_POINT + 1);
            text.appendCodePoint(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '?' : c);
        }
        return text.toString();
    }

    private static String any(Random random, List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }
}
