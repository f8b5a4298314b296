package io.callweave.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.access.AccountScope;
import io.callweave.console.feed.Kept;
import io.callweave.console.store.WindowQueries;
import io.callweave.console.view.Json;
import io.callweave.words.DirectoryNames;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Windows as a list: figures of accounts, queues and extensions by the hour and by the day. Each is the JSON of the topic with
 * another name: all its figures are shown.
 */
final class WindowList {

    private static final Set<String> PARAMETERS =
            Set.of("account", "window", "scope", "id", "from", "to", "limit", "cursor");

    private final Kept kept;

    WindowList(Kept kept) {
        this.kept = kept;
    }

    ObjectNode answer(AccountScope scope, Context context) {
        context.queryParamMap().keySet().stream()
                .filter(name -> !PARAMETERS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw ApiException.invalid(
                            "There is no parameter " + name.substring(0, Math.min(40, name.length())) + ".");
                });
        WindowQueries.Asked asked = new WindowQueries.Asked(
                context.queryParam("account"),
                word(context, "window", "PT1H", "P1D"),
                word(context, "scope", "account", "queue", "extension"),
                context.queryParam("id"),
                time(context, "from"),
                time(context, "to"));
        WindowQueries.Page page = kept.calls().windows().page(scope, asked, limit(context), place(context));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode windows = answer.putArray("windows");
        page.values().forEach(value -> windows.add(named((ObjectNode) Json.parse(value))));
        WindowQueries.Place next = page.next();
        answer.put("next", next == null ? null : cursor(next));
        return answer;
    }

    /** With the name that the directory has now, masked if names are; that of the record is neither. */
    private ObjectNode named(ObjectNode window) {
        window.remove("scopeName");
        return window.put(
                "label",
                new DirectoryNames(window.path("accountId").asText(), kept.names())
                        .extension(window.path("scopeId").asText()));
    }

    private static @Nullable String word(Context context, String name, String... words) {
        String text = context.queryParam(name);
        if (text != null && !List.of(words).contains(text)) {
            throw ApiException.invalid(name + " must be one of " + String.join(", ", words) + ".");
        }
        return text;
    }

    private static @Nullable Long time(Context context, String name) {
        String text = context.queryParam(name);
        return text == null ? null : Long.valueOf(AskedDays.millis(name, text));
    }

    private static int limit(Context context) {
        String text = context.queryParam("limit");
        try {
            return text == null
                    ? Requests.USUAL_ROWS
                    : Math.max(1, Math.min(Requests.MOST_ROWS, Integer.parseInt(text)));
        } catch (NumberFormatException e) {
            throw ApiException.invalid("limit must be a whole number.");
        }
    }

    private static String cursor(WindowQueries.Place place) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((place.start() + "\n" + place.key()).getBytes(StandardCharsets.UTF_8));
    }

    private static WindowQueries.@Nullable Place place(Context context) {
        String cursor = context.queryParam("cursor");
        if (cursor == null) {
            return null;
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split("\n", 2);
            if (parts.length == 2) {
                return new WindowQueries.Place(Long.parseLong(parts[0]), parts[1]);
            }
        } catch (IllegalArgumentException notOurs) {
            // As below.
        }
        throw ApiException.invalid("cursor must be the member next of an answer.");
    }
}
