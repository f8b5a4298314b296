package io.callweave.documentation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** JSON laid out for readers: what fits on a line stays on it. */
final class LaidOutJson {

    private static final int WIDTH = 130;
    private static final int INDENT = 2;

    private LaidOutJson() {}

    static String of(JsonNode node) {
        return of(node, 0, 0);
    }

    /** @param taken how much of the line the indentation and the name in front take */
    private static String of(JsonNode node, int depth, int taken) {
        String line = onOneLine(node);
        if (!node.isContainerNode() || taken + line.length() < WIDTH) {
            return line;
        }
        List<String> children = new ArrayList<>();
        String indent = " ".repeat((depth + 1) * INDENT);
        if (node.isObject()) {
            node.properties().forEach(member -> {
                String name = indent + '"' + member.getKey() + "\": ";
                children.add(name + of(member.getValue(), depth + 1, name.length()));
            });
        } else {
            node.forEach(element -> children.add(indent + of(element, depth + 1, indent.length())));
        }
        String open = node.isObject() ? "{" : "[";
        String close = node.isObject() ? "}" : "]";
        return open + "\n" + String.join(",\n", children) + "\n" + " ".repeat(depth * INDENT) + close;
    }

    private static String onOneLine(JsonNode node) {
        if (!node.isContainerNode()) {
            return node.toString();
        }
        List<String> children = new ArrayList<>();
        if (node.isObject()) {
            node.properties()
                    .forEach(member -> children.add('"' + member.getKey() + "\": " + onOneLine(member.getValue())));
        } else {
            node.forEach(element -> children.add(onOneLine(element)));
        }
        String all = String.join(", ", children);
        return node.isObject() ? "{" + all + "}" : "[" + all + "]";
    }
}
