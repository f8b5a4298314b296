package io.callweave.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Values of a record as text. Masked, phone numbers show their last two digits, and names nothing.
 *
 * @param masked whether what tells who somebody is stays hidden
 */
record Values(boolean masked) {

    private static final int SHOWN = 2;

    /** As JSON, with spaces so that it can be broken into lines; members that are null or empty are left out. */
    String of(String field, JsonNode value) {
        if (value.isMissingNode()) {
            return "nothing";
        }
        if (value.isTextual()) {
            return TextNode.valueOf(text(field, value.asText())).toString();
        }
        if (!value.isContainerNode()) {
            return value.toString();
        }
        List<String> children = new ArrayList<>();
        value.properties().forEach(member -> {
            JsonNode child = member.getValue();
            if (!child.isNull() && (!child.isContainerNode() || !child.isEmpty())) {
                children.add('"' + member.getKey() + "\": " + of(member.getKey(), child));
            }
        });
        if (value.isArray()) {
            value.forEach(element -> children.add(of(field, element)));
        }
        String all = String.join(", ", children);
        return value.isObject() ? "{" + all + "}" : "[" + all + "]";
    }

    /** Somebody, by an address of a record: name, number, extension. */
    String address(JsonNode address) {
        List<String> parts = new ArrayList<>();
        for (String field : List.of("name", "phoneNumber")) {
            if (address.path(field).isTextual()) {
                parts.add(text(field, address.path(field).asText()));
            }
        }
        if (address.path("extensionId").isTextual()) {
            parts.add("extension " + address.path("extensionId").asText());
        }
        return parts.isEmpty() ? "unknown" : String.join(", ", parts);
    }

    private String text(String field, String text) {
        if (!masked) {
            return text;
        }
        if (field.equals("name")) {
            return "***";
        }
        boolean isNumber = text.startsWith("+")
                || field.endsWith("honeNumber")
                || field.equals("extensionNumber")
                || field.equals("parkData");
        return isNumber ? maskedNumber(text) : text;
    }

    private static String maskedNumber(String number) {
        int shown = Math.max(0, number.length() - SHOWN);
        return number.substring(0, shown).replaceAll("[^+]", "*") + number.substring(shown);
    }
}
