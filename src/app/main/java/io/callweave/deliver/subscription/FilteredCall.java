package io.callweave.deliver.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * A call record, a live call or a party event, and the texts that filters look for in it. They are collected once for all filters:
 * a call can have thousands of numbers, and an account as many filters as it may have subscriptions.
 */
public final class FilteredCall {

    static final String QUEUE = "queueExtensionId";
    static final String EXTENSION = "extensionId";
    static final String NUMBER = "phoneNumber";

    private final JsonNode value;

    /** By field. */
    private final Map<String, NavigableSet<String>> found = new HashMap<>();

    private long looks;

    public FilteredCall(JsonNode value) {
        this.value = value;
    }

    JsonNode value() {
        return value;
    }

    /** How many texts were collected and looked up until now. */
    public long looks() {
        return looks;
    }

    /** Whether a field has one of these texts, or a number that begins with one, wherever it stands. */
    boolean hasAny(String field, Set<String> wanted) {
        NavigableSet<String> here = found.computeIfAbsent(field, this::collected);
        if (field.equals(NUMBER)) {
            looks += wanted.size();
            return wanted.stream().anyMatch(beginning -> {
                String first = here.ceiling(beginning);
                return first != null && first.startsWith(beginning);
            });
        }
        boolean few = here.size() < wanted.size();
        Set<String> fewer = few ? here : wanted;
        Set<String> more = few ? wanted : here;
        looks += fewer.size();
        return fewer.stream().anyMatch(more::contains);
    }

    private NavigableSet<String> collected(String field) {
        NavigableSet<String> texts = new TreeSet<>();
        collect(value, field, texts);
        looks += texts.size();
        return texts;
    }

    private static void collect(JsonNode node, String field, Set<String> texts) {
        JsonNode here = node.path(field);
        if (here.isValueNode()) {
            texts.add(here.asText());
        }
        for (JsonNode child : node) {
            if (child.isContainerNode()) {
                collect(child, field, texts);
            }
        }
    }
}
