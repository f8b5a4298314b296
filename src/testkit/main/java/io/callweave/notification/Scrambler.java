package io.callweave.notification;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Writes the same JSON in another way: other order of members, white space, escaped characters. */
final class Scrambler {

    private static final String[] SPACES = {"", "", " ", "\n", "\t\r\n "};

    private final Random random;

    Scrambler(Random random) {
        this.random = random;
    }

    String scramble(JsonNode node) {
        return space() + value(node) + space();
    }

    private String value(JsonNode node) {
        if (node.isObject()) {
            List<String> members = new ArrayList<>();
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                members.add(space() + text(member.getKey()) + space() + ":" + scramble(member.getValue()));
            }
            Collections.shuffle(members, random);
            return "{" + String.join(",", members) + space() + "}";
        }
        if (node.isArray()) {
            List<String> elements = new ArrayList<>();
            node.forEach(element -> elements.add(scramble(element)));
            return "[" + String.join(",", elements) + space() + "]";
        }
        return node.isTextual() ? text(node.textValue()) : node.toString();
    }

    private String text(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean mustEscape = c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c);
            out.append(mustEscape || random.nextInt(20) == 0 ? String.format("\\u%04X", (int) c) : c);
        }
        return out.append('"').toString();
    }

    private String space() {
        return SPACES[random.nextInt(SPACES.length)];
    }
}
