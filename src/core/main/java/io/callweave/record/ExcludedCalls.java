package io.callweave.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.call.record.CallRecord;
import io.callweave.value.DigitGroups;
import io.callweave.value.JsonLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which calls must not be shown or sent: those that name certain phone numbers, extensions or queues anywhere. Values of all
 * topics are compared as they are: a call record, a live call, a row and a party event each by what stands in it.
 */
public final class ExcludedCalls {

    public static final ExcludedCalls NONE = new ExcludedCalls(List.of());

    /** Hashed numbers have letters. */
    private static final Pattern RULE =
            Pattern.compile("(?:([^/\\s]+)/)?(number|prefix|extension|queue):(\\+?[0-9A-Za-z_*#-]{1,64})");

    /** No letters: hashed numbers have some, and hyphens that mean something. */
    private static final Pattern NUMBER = Pattern.compile("\\+?[\\d*#;,]++");

    private static final Pattern GROUPING = Pattern.compile(DigitGroups.BETWEEN);

    private static final String BEHIND = "*#;,";

    private final List<Rule> rules;

    private enum Kind {
        NUMBER,
        PREFIX,
        EXTENSION,
        QUEUE
    }

    /** @param accountId null for all accounts */
    private record Rule(@Nullable String accountId, Kind kind, String text) {

        boolean isOf(String account) {
            return accountId == null || accountId.equals(account);
        }

        /** A queue is an extension, too: a fax to it, or its own window, names it as such. */
        boolean matches(String field, String value) {
            return switch (kind) {
                case NUMBER -> isNumber(field) && isSame(value);
                case PREFIX ->
                    isNumber(field) && (value.startsWith(text) || plain(value).startsWith(text));
                case EXTENSION, QUEUE ->
                    (field.equals("extensionId") || field.equals("queueExtensionId")) && value.equals(text);
            };
        }

        /** An extension can be dialled behind a number. */
        private boolean isSame(String value) {
            String plain = plain(value);
            return value.equals(text)
                    || plain.equals(text)
                    || (plain.startsWith(text) && BEHIND.indexOf(plain.charAt(text.length())) >= 0);
        }

        /** Parties as received have no {@code e164}, and not each number that somebody dials is a valid one. */
        private static String plain(String value) {
            String normal = E164.of(value);
            return normal != null ? normal : withoutGroups(value);
        }

        private static boolean isNumber(String field) {
            return field.equals("phoneNumber") || field.equals("e164");
        }
    }

    private static String withoutGroups(String number) {
        String plain = GROUPING.matcher(number).replaceAll("");
        return NUMBER.matcher(plain).matches() ? plain : number;
    }

    private ExcludedCalls(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * Reads rules with commas between them, such as {@code number:+15550100002, 809646016/queue:62096127016}: each has a kind
     * ({@code number}, {@code prefix} of a number, {@code extension} or {@code queue} by its id), and can be for one account.
     *
     * @return empty if a rule is wrong; no rules for an empty text
     */
    public static Optional<ExcludedCalls> parse(String text) {
        if (text.isBlank()) {
            return Optional.of(NONE);
        }
        List<Rule> rules = new ArrayList<>();
        for (String each : text.split(",", -1)) {
            Matcher rule = RULE.matcher(each.strip());
            if (!rule.matches()) {
                return Optional.empty();
            }
            Kind kind = Kind.valueOf(rule.group(2).toUpperCase(Locale.ROOT));
            String named = rule.group(3);
            boolean isNumber = kind == Kind.NUMBER || kind == Kind.PREFIX;
            rules.add(new Rule(rule.group(1), kind, isNumber ? withoutGroups(named) : named));
        }
        return Optional.of(new ExcludedCalls(rules));
    }

    /** Whether nothing is excluded: values need not be read for this. */
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /** Whether a call must not be shown or sent. */
    public boolean excludes(CallRecord call) {
        return !isEmpty() && excludes(CallRecordJson.write(call, 1));
    }

    /**
     * The same for the JSON of a value.
     *
     * @return false for what is no JSON: it names nothing
     */
    public boolean excludes(byte[] value) {
        try {
            return !isEmpty() && excludes(JsonLimits.tree(value));
        } catch (IOException noJson) {
            return false;
        }
    }

    /**
     * The same for bytes from outside, such as a notification: where they are no JSON, a number or an id anywhere in the text counts.
     *
     * @param accountId null if it is not known: then the rules of all accounts count
     */
    public boolean excludes(@Nullable String accountId, byte[] bytes) {
        List<Rule> some = rules.stream()
                .filter(rule -> accountId == null || rule.isOf(accountId))
                .toList();
        if (some.isEmpty()) {
            return false;
        }
        try {
            return isNamed(JsonLimits.tree(bytes), some);
        } catch (IOException noJson) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            return some.stream().anyMatch(rule -> text.contains(rule.text()));
        }
    }

    /** The same for a value of a topic that has been read; the account stands at its top. */
    public boolean excludes(JsonNode value) {
        if (isEmpty()) {
            return false;
        }
        String account = value.path("accountId").asText();
        List<Rule> ofAccount = rules.stream().filter(rule -> rule.isOf(account)).toList();
        return !ofAccount.isEmpty() && isNamed(value, ofAccount);
    }

    private static boolean isNamed(JsonNode node, List<Rule> rules) {
        if (node.isArray()) {
            for (JsonNode element : node) {
                if (isNamed(element, rules)) {
                    return true;
                }
            }
            return false;
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            JsonNode value = field.getValue();
            if (value.isContainerNode() ? isNamed(value, rules) : isNamed(field.getKey(), value, rules)) {
                return true;
            }
        }
        String scoped = node.path("scope").asText().equals("number") ? "phoneNumber" : "extensionId";
        return node.has("scopeId") && isNamed(scoped, node.path("scopeId"), rules);
    }

    /** RingCentral may send ids and numbers as JSON numbers. */
    private static boolean isNamed(String field, JsonNode scalar, List<Rule> rules) {
        return rules.stream().anyMatch(rule -> rule.matches(field, scalar.asText()));
    }

    /** Shows no numbers. */
    @Override
    public String toString() {
        return "ExcludedCalls[" + rules.size() + " rules]";
    }
}
