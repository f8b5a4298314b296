package io.callweave.console.view;

import io.callweave.call.event.Address;
import io.callweave.call.record.CallRecord;
import io.callweave.call.transfer.NumberSeen;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The texts by which a call is found, without the names of the directory: those change. */
public final class CallTexts {

    private CallTexts() {}

    /** Names in lower case, and numbers as digits. */
    public static Set<String> of(CallRecord call) {
        Set<String> texts = new TreeSet<>();
        for (NumberSeen number : call.graph().numbers()) {
            add(texts, number.name());
            addDigits(texts, number.phoneNumber());
            addDigits(texts, number.extensionNumber());
        }
        address(texts, call.from());
        address(texts, call.to());
        add(texts, call.people().callerName());
        call.queues().forEach(queue -> add(texts, queue.name()));
        return texts;
    }

    private static void address(Set<String> texts, @Nullable Address address) {
        if (address != null) {
            add(texts, address.name());
            addDigits(texts, address.phoneNumber());
            addDigits(texts, address.extensionNumber());
        }
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
