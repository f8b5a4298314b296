package io.callweave.console.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.access.AccountScope;
import io.callweave.console.feed.Kept;
import io.callweave.console.feed.NewestLetters;
import io.callweave.console.store.CallStore;
import io.callweave.console.store.ListFilter;
import io.callweave.console.store.ListOrder;
import io.callweave.console.view.CallRow;
import io.callweave.console.view.Json;
import io.callweave.listing.CallFormat;
import io.callweave.listing.CallListing;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What each route answers, within the accounts of a token. */
final class ConsoleApi {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Extensions that a searched name can stand for. */
    private static final int MOST_NAMED = 20;

    private final ServerConfig config;
    private final Kept kept;
    private final CallPage calls;
    private final Wallboard wallboard;
    private final RecentBoards boards = new RecentBoards();
    private final WindowList windows;

    ConsoleApi(ServerConfig config) {
        this.config = config;
        kept = config.kept();
        calls = new CallPage(config);
        wallboard = new Wallboard(kept, config.zones());
        windows = new WindowList(kept);
    }

    CallPage calls() {
        return calls;
    }

    ObjectNode me(AccountScope scope) {
        ObjectNode me = JsonNodeFactory.instance.objectNode();
        ArrayNode accounts = me.putArray("accounts");
        scope.accounts().stream().sorted().forEach(accounts::add);
        ArrayNode known = me.putArray("knownAccounts");
        Set<String> all = kept.calls().accounts(scope);
        all.addAll(kept.live().accounts(scope));
        all.forEach(known::add);
        me.put("masked", config.masked());
        me.put("open", config.tokens().isEmpty());
        me.put("version", config.version());
        me.put("timeZone", config.zones().usual().getId());
        ArrayNode examples = me.putArray("examples");
        config.examples().stream()
                .filter(each -> scope.covers(each.accountId()))
                .forEach(each -> examples.addObject()
                        .put("accountId", each.accountId())
                        .put("callId", each.callId())
                        .put("text", each.text()));
        return me;
    }

    ObjectNode health() {
        ObjectNode health = JsonNodeFactory.instance.objectNode();
        var behind = config.state().behindMs().get();
        health.put("ready", config.state().ready().getAsBoolean());
        health.put("behindMs", behind.isPresent() ? Long.valueOf(behind.getAsLong()) : null);
        health.put("calls", kept.calls().size());
        health.put("live", kept.live().size());
        return health;
    }

    ObjectNode live(AccountScope scope, @Nullable String account) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        // Before the calls: a change in between is then told once more.
        answer.put("event", kept.changes().newest());
        ArrayNode all = answer.putArray("calls");
        kept.live().all(scope, account).forEach(all::add);
        return answer;
    }

    ObjectNode search(AccountScope scope, Requests.Asked asked) {
        CallStore.Page<ObjectNode> page = kept.calls()
                .search(scope, named(scope, asked.filter()), asked.order(), asked.limit(), asked.after(), this::row);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode rows = answer.putArray("calls");
        page.rows().forEach(rows::add);
        CallStore.Place next = page.next();
        answer.put("next", next == null ? null : Requests.cursor(next));
        return answer;
    }

    /** Names are looked up now: calls are stored without those of the directory, which change. */
    private ListFilter named(AccountScope scope, ListFilter filter) {
        String text = filter.text();
        return text == null ? filter : filter.naming(kept.names().having(text, scope, filter.account(), MOST_NAMED));
    }

    ObjectNode statistics(AccountScope scope, ListFilter filter) {
        ListFilter asked = named(scope, filter);
        ObjectNode statistics = JSON.valueToTree(kept.calls().statistics(scope, asked));
        statistics.set("longestWait", longestWait(scope, asked));
        return statistics;
    }

    /** Of those who called: in calls to others, somebody of the account waits. */
    private @Nullable ObjectNode longestWait(AccountScope scope, ListFilter filter) {
        Optional<ListFilter> inbound = filter.inbound();
        return inbound.flatMap(
                        each -> kept.calls().search(scope, each, ListOrder.WAIT, 1, null, this::row).rows().stream()
                                .filter(row -> row.path("waitMs").isNumber())
                                .findFirst())
                .map(row -> JsonNodeFactory.instance
                        .objectNode()
                        .put("accountId", row.path("accountId").asText())
                        .put("callId", row.path("callId").asText())
                        .put("waitMs", row.path("waitMs").asLong())
                        .put("label", row.at("/from/label").asText()))
                .orElse(null);
    }

    private ObjectNode row(byte[] record) {
        return CallRow.of(Json.parse(record), kept.names());
    }

    void export(AccountScope scope, Requests.Asked asked, OutputStream out) throws IOException {
        CallFormat format = asked.format().equals("csv") ? CallFormat.CSV : CallFormat.JSON;
        try (CallListing listing = format.to(out, kept.names(), false, 0)) {
            kept.calls().export(scope, named(scope, asked.filter()), record -> {
                try {
                    listing.add(record);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** As JSON. */
    String wallboard(AccountScope scope, @Nullable String account) {
        Instant now = config.clock().instant();
        return boards.get(
                now, scope, account, () -> wallboard.at(now, scope, account).toString());
    }

    WindowList windows() {
        return windows;
    }

    ObjectNode engine() {
        ObjectNode engine = JsonNodeFactory.instance.objectNode();
        ArrayNode topics = engine.putArray("topics");
        Map<String, Long> ends = new TreeMap<>(config.state().endOffsets().get());
        Map<String, Double> rates = kept.rates().perSecond();
        ends.forEach((topic, end) -> topics.addObject()
                .put("name", topic)
                .put("perSecond", rates.getOrDefault(topic, 0.0))
                .put("end", end));
        ArrayNode groups = engine.putArray("groups");
        config.state()
                .lags()
                .get()
                .forEach((group, lag) -> groups.addObject().put("group", group).put("lag", lag));
        var behind = config.state().behindMs().get();
        engine.put("behindMs", behind.isPresent() ? Long.valueOf(behind.getAsLong()) : null);
        engine.put("deadLetters", kept.deadLetters().count());
        return engine;
    }

    ObjectNode deadLetters() {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode letters = answer.putArray("letters");
        for (NewestLetters.Letter letter : kept.deadLetters().newest()) {
            ObjectNode one = letters.addObject();
            one.put("at", Instant.ofEpochMilli(letter.at()).toString());
            one.put("reason", letter.reason());
            one.put("message", letter.message());
            one.put("source", letter.source());
            // Nobody can say where in these bytes personal data are.
            one.put("text", config.masked() ? null : letter.text());
            one.put("base64", config.masked() ? null : Base64.getEncoder().encodeToString(letter.bytes()));
        }
        return answer;
    }
}
