package io.callweave.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.access.AccountScope;
import io.callweave.console.feed.Kept;
import io.callweave.console.view.Json;
import io.callweave.directory.DirectoryEntry;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The figures of today, as sums over the accounts that somebody may see. */
final class Wallboard {

    private static final List<String> COUNTS =
            List.of("calls", "answered", "missed", "abandoned", "voicemail", "overflow");

    private final Kept kept;
    private final ZoneId zone;

    Wallboard(Kept kept, ZoneId zone) {
        this.kept = kept;
        this.zone = zone;
    }

    ObjectNode at(Instant now, AccountScope scope, @Nullable String account) {
        Instant midnight = now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
        ObjectNode board = JsonNodeFactory.instance.objectNode();
        board.put("day", now.atZone(zone).toLocalDate().toString());
        board.put("timeZone", zone.getId());
        List<byte[]> days = today(now, scope, account, "account");
        board.set("today", days.isEmpty() ? null : sum(days));
        ArrayNode hours = board.putArray("hours");
        Map<String, ObjectNode> byHour = new TreeMap<>();
        for (byte[] value : kept.calls()
                .windows(scope, account, "account", "PT1H", midnight.toEpochMilli(), now.toEpochMilli() + 1)) {
            JsonNode window = Json.parse(value);
            ObjectNode hour = byHour.computeIfAbsent(
                    window.path("windowStart").asText(),
                    start -> JsonNodeFactory.instance
                            .objectNode()
                            .put("start", start)
                            .put("calls", 0)
                            .put("answered", 0));
            add(hour, window, "calls");
            add(hour, window, "answered");
        }
        byHour.values().forEach(hours::add);
        ArrayNode queues = board.putArray("queues");
        today(now, scope, account, "queue").forEach(value -> queues.add(queue(Json.parse(value))));
        ArrayNode agents = board.putArray("agents");
        today(now, scope, account, "extension").forEach(value -> {
            ObjectNode agent = agent(Json.parse(value));
            if (agent != null) {
                agents.add(agent);
            }
        });
        return board;
    }

    private List<byte[]> today(Instant now, AccountScope scope, @Nullable String account, String of) {
        return kept.calls().windows(scope, account, of, "P1D", now.toEpochMilli(), now.toEpochMilli() + 1);
    }

    private static ObjectNode sum(List<byte[]> days) {
        ObjectNode today = JsonNodeFactory.instance.objectNode();
        COUNTS.stream().filter(name -> !name.equals("overflow")).forEach(name -> today.put(name, 0));
        ObjectNode level = today.putObject("serviceLevel");
        level.put("thresholdMs", 0).put("met", 0).put("of", 0);
        for (byte[] value : days) {
            JsonNode day = Json.parse(value);
            today.fieldNames().forEachRemaining(name -> {
                if (COUNTS.contains(name)) {
                    today.put(name, today.path(name).asLong() + day.path(name).asLong());
                }
            });
            ObjectNode one = level(day);
            level.set("thresholdMs", one.path("thresholdMs"));
            add(level, one, "met");
            add(level, one, "of");
        }
        return today;
    }

    private ObjectNode queue(JsonNode day) {
        ObjectNode queue = named(day);
        for (String name : List.of("calls", "answered", "abandoned", "overflow")) {
            queue.put(name, day.path(name).asLong());
        }
        JsonNode wait = day.path("timeToAnswer");
        queue.set("averageWaitMs", wait.path("avgMs").isNumber() ? wait.path("avgMs") : null);
        queue.set("serviceLevel", level(day));
        return queue;
    }

    /** Queues and menus are extensions, too; they are no agents. */
    private @Nullable ObjectNode agent(JsonNode day) {
        DirectoryEntry entry = kept.names()
                .find(day.path("accountId").asText(), day.path("scopeId").asText());
        if (entry != null && !entry.type().equals(DirectoryEntry.USER)) {
            return null;
        }
        ObjectNode agent = named(day);
        agent.put("calls", day.path("calls").asLong());
        agent.put("answered", day.path("answered").asLong());
        agent.put("talkMs", day.path("talk").path("sumMs").asLong());
        return agent;
    }

    private ObjectNode named(JsonNode day) {
        String id = day.path("scopeId").asText();
        DirectoryEntry entry = kept.names().find(day.path("accountId").asText(), id);
        String label = entry == null ? null : entry.name();
        return JsonNodeFactory.instance
                .objectNode()
                .put("accountId", Json.text(day, "accountId"))
                .put("id", id)
                .put("label", label == null ? id : label);
    }

    private static ObjectNode level(JsonNode day) {
        JsonNode level = day.path("serviceLevel");
        return JsonNodeFactory.instance
                .objectNode()
                .put("thresholdMs", level.path("thresholdMs").asLong())
                .put("met", level.path("answeredWithin").asLong())
                .put("of", level.path("counted").asLong());
    }

    private static void add(ObjectNode sum, JsonNode one, String name) {
        sum.put(name, sum.path(name).asLong() + one.path(name).asLong());
    }
}
