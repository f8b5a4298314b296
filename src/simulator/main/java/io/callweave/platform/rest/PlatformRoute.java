package io.callweave.platform.rest;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint.
 *
 * @param template a path in which {@code {name}} stands for any one segment
 * @param permission what the application needs, null for nothing
 */
public record PlatformRoute(
        String method,
        String template,
        UsageGroup group,
        @Nullable String permission,
        Endpoint endpoint) {

    /** Answers requests of those who signed in. */
    public interface Endpoint {

        /**
         * Answers a request.
         *
         * @param path the values of the template's names
         */
        PlatformReply answer(Caller caller, PlatformRequest request, Map<String, String> path);
    }

    /** The values of the template's names, or empty if it is another path. */
    Optional<Map<String, String>> match(String path) {
        String[] wanted = template.split("/", -1);
        String[] given = path.split("/", -1);
        if (wanted.length != given.length) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{")) {
                values.put(wanted[i].substring(1, wanted[i].length() - 1), given[i]);
            } else if (!wanted[i].equals(given[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }
}
