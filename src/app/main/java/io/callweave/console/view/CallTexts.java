package io.callweave.console.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The texts by which a call is found, without the names of the directory: those change. */
public final class CallTexts {

    private CallTexts() {}

    /** Names in lower case, and numbers as digits. */
    public static Set<String> of(JsonNode call) {
        Set<String> texts = new TreeSet<>();
        Json.stream(call.path("numbers")).forEach(number -> address(texts, number));
        address(texts, call.path("from"));
        address(texts, call.path("to"));
        add(texts, Json.text(call, "callerName"));
        Json.stream(call.path("queues")).forEach(queue -> add(texts, Json.text(queue, "name")));
        return texts;
    }

    private static void address(Set<String> texts, JsonNode address) {
        add(texts, Json.text(address, "name"));
        addDigits(texts, Json.text(address, "phoneNumber"));
        addDigits(texts, Json.text(address, "extensionNumber"));
    }

    private static void add(Set<String> texts, @Nullable String name) {
        if (name != null) {
            texts.add(name.toLowerCase(Locale.ROOT));
        }
    }

    private static void addDigits(Set<String> texts, @Nullable String number) {
        if (number != null) {
            texts.add(digits(number));
        }
    }

    /** What people write around digits differs. */
    public static String digits(String number) {
        StringBuilder digits = new StringBuilder(number.length());
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
            }
        }
        return digits.toString();
    }
}
