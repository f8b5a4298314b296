package io.callweave.deliver.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A call record, a live call or a party event, and the texts that filters look for in it. They are collected once for all filters:
 * a call can have thousands of numbers, and an account as many filters as it may have subscriptions.
 */
public final class FilteredCall {

    static final String QUEUE = "queueExtensionId";
    static final String EXTENSION = "extensionId";
    static final String NUMBER = "phoneNumber";

    private final JsonNode value;

    /** By field. Of numbers, also all beginnings. */
    private final Map<String, Set<String>> found = new HashMap<>();

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

    /** Whether a field has one of these texts, wherever it stands. */
    boolean hasAny(String field, Set<String> wanted) {
        if (found.isEmpty()) {
            Set.of(QUEUE, EXTENSION, NUMBER).forEach(each -> found.put(each, new HashSet<>()));
            collect(value);
            found.values().forEach(each -> looks += each.size());
        }
        Set<String> here = found.getOrDefault(field, Set.of());
        boolean few = here.size() < wanted.size();
        Set<String> fewer = few ? here : wanted;
        Set<String> more = few ? wanted : here;
        looks += fewer.size();
        return fewer.stream().anyMatch(more::contains);
    }

    private void collect(JsonNode node) {
        found.forEach((field, texts) -> {
            JsonNode here = node.path(field);
            if (here.isValueNode()) {
                add(here.asText(), field.equals(NUMBER), texts);
            }
        });
        for (JsonNode child : node) {
            if (child.isContainerNode()) {
                collect(child);
            }
        }
    }

    private static void add(String text, boolean withBeginnings, Set<String> texts) {
        if (!withBeginnings) {
            texts.add(text);
            return;
        }
        int end = Math.min(text.length(), CallFilter.LONGEST_NUMBER);
        // Whose beginning is there has all shorter ones there, too.
        while (end >= 0 && texts.add(text.substring(0, end))) {
            end--;
        }
    }
}
