package io.callweave.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.callweave.call.event.Address;
import io.callweave.directory.DirectoryLookup;
import io.callweave.privacy.PersonalData;
import io.callweave.record.RecordedCall;
import io.callweave.words.CallWords;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values of a record as text. If masked, phone numbers show their last two digits, and all that could be a
 * name is hidden.
 *
 * @param masked whether to hide values that identify people
 */
record Values(boolean masked) {

    private static final int SHOWN = 2;

    private static final Pattern NUMBER = Pattern.compile("[+*#\\d][\\d ().*#Xx-]*");

    /** As JSON, with spaces so that lines can break; members that are null or empty are left out. */
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

    /** A record in words, with the names that it has itself. */
    CallWords words(JsonNode call) {
        return CallWords.of(RecordedCall.read(masked ? hidden("", call) : call), DirectoryLookup.EMPTY);
    }

    private JsonNode hidden(String field, JsonNode value) {
        if (value.isTextual()) {
            return TextNode.valueOf(text(field, value.asText()));
        }
        if (value.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            value.properties().forEach(member -> copy.set(member.getKey(), hidden(member.getKey(), member.getValue())));
            return copy;
        }
        if (value.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            value.forEach(element -> copy.add(hidden(field, element)));
            return copy;
        }
        return value;
    }

    /** A person in an address of a record: name, number, extension. */
    String address(@Nullable Address address) {
        if (address == null) {
            return "unknown";
        }
        List<String> parts = new ArrayList<>();
        if (address.name() != null) {
            parts.add(text("name", address.name()));
        }
        if (address.phoneNumber() != null) {
            parts.add(text("phoneNumber", address.phoneNumber()));
        }
        if (address.extensionId() != null) {
            parts.add("extension " + text("extensionId", address.extensionId()));
        }
        return parts.isEmpty() ? "unknown" : String.join(", ", parts);
    }

    /** A text of a member. */
    String text(String field, String text) {
        if (!masked) {
            return text;
        }
        return PersonalData.disguise(field, text, Values::hidden);
    }

    private static String hidden(String text) {
        return NUMBER.matcher(text).matches() ? maskedNumber(text) : "***";
    }

    private static String maskedNumber(String number) {
        int shown = Math.max(0, number.length() - SHOWN);
        return number.substring(0, shown).replaceAll("[^+]", "*") + number.substring(shown);
    }
}
