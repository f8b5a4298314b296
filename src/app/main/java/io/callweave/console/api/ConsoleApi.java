package io.callweave.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.access.AccountScope;
import io.callweave.console.feed.Changes;
import io.callweave.console.feed.Kept;
import io.callweave.console.feed.Masking;
import io.callweave.console.feed.NewestLetters;
import io.callweave.console.store.CallStore;
import io.callweave.console.store.ListFilter;
import io.callweave.console.store.ListOrder;
import io.callweave.console.store.MissedCallers;
import io.callweave.console.store.RecentlyFound;
import io.callweave.console.store.StoreBusyException;
import io.callweave.console.store.TimesOfCall;
import io.callweave.console.view.CallRow;
import io.callweave.console.view.Json;
import io.callweave.listing.CallFormat;
import io.callweave.listing.CallListing;
import io.callweave.runtime.http.Turns;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What each route answers, within the accounts of a token. */
final class ConsoleApi {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Extensions that a searched name can stand for; one more is looked up, to say that there are more. */
    private static final int MOST_NAMED = 100;

    /** Fields of a comparison that have phone numbers. */
    private static final Set<String> PARTIES = Set.of("from", "to");

    /** As many as read the store. */
    private static final int LISTS_AT_ONCE = 4;

    /** Those of an account. */
    private static final int MOST_WAITING = 64;

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Of a page of an export. */
    private static final int MOST_TRIES = 3;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ServerConfig config;
    private final Kept kept;
    private final CallPage calls;
    private final CallEvidence evidence;
    private final Wallboard wallboard;
    private final RecentAnswers boards = new RecentAnswers(System::nanoTime);
    private final RecentAnswers lives = new RecentAnswers(System::nanoTime);
    private final WindowList windows;
    private final RecentlyFound<MissedCallers> missed;

    /** Of those that need much memory until they are made. */
    private final Turns lists = new Turns(LISTS_AT_ONCE, LISTS_AT_ONCE - 1, MOST_WAITING, PATIENCE, ApiException::busy);

    /** The same of live calls, which do not wait for the store. */
    private final Turns live = CallEvidence.turns();

    ConsoleApi(ServerConfig config) {
        this.config = config;
        kept = config.kept();
        Turns large = CallEvidence.largeTurns();
        calls = new CallPage(kept, large);
        evidence = new CallEvidence(config, large);
        wallboard =
                new Wallboard(kept, config.options().zones(), config.options().goals());
        windows = new WindowList(kept);
        missed = new RecentlyFound<>(kept.calls()::missed, MissedCallers::weight, System::nanoTime);
    }

    Changes changes() {
        return kept.changes();
    }

    CallPage calls() {
        return calls;
    }

    CallEvidence evidence() {
        return evidence;
    }

    ObjectNode me(AccountScope scope) {
        ObjectNode me = JsonNodeFactory.instance.objectNode();
        ArrayNode accounts = me.putArray("accounts");
        scope.accounts().stream().sorted().forEach(accounts::add);
        ArrayNode known = me.putArray("knownAccounts");
        Set<String> all = kept.calls().accounts(scope);
        all.addAll(kept.live().accounts(scope));
        all.forEach(known::add);
        me.put("masked", config.options().masked());
        me.put("excluding", config.options().excluding());
        me.put("open", config.options().tokens().isEmpty());
        me.put("version", config.version());
        me.put("timeZone", config.options().zones().usual().getId());
        ObjectNode zones = me.putObject("timeZones");
        config.options().zones().own().forEach((account, zone) -> {
            if (scope.covers(account)) {
                zones.put(account, zone.getId());
            }
        });
        ArrayNode examples = me.putArray("examples");
        config.options().examples().stream()
                .filter(each -> scope.covers(each.accountId()))
                .forEach(each -> examples.addObject()
                        .put("accountId", each.accountId())
                        .put("callId", each.callId())
                        .put("text", each.text()));
        return me;
    }

    /** @param scope empty for those without a token: they see whether it is ready, and no figures */
    ObjectNode health(Optional<AccountScope> scope) {
        ObjectNode health = JsonNodeFactory.instance.objectNode();
        health.put("ready", config.state().ready().getAsBoolean());
        scope.ifPresent(each -> {
            var behind = config.state().behindMs().get();
            health.put("behindMs", behind.isPresent() ? Long.valueOf(behind.getAsLong()) : null);
            health.put("calls", kept.calls().size(each));
            health.put("live", kept.live().all(each, null).size());
        });
        return health;
    }

    byte[] live(AccountScope scope, @Nullable String account) {
        return lives.get(
                scope,
                account,
                0,
                () -> live.take(scope.accounts(), () -> {
                    ObjectNode answer = JsonNodeFactory.instance.objectNode();
                    // Before the calls: a change in between is then told once more.
                    answer.put("event", kept.changes().newest());
                    ArrayNode all = answer.putArray("calls");
                    kept.live().all(scope, account).forEach(view -> all.add(view.json()));
                    return bytes(answer);
                }));
    }

    private static byte[] bytes(JsonNode answer) {
        return answer.toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] list(AccountScope scope, Supplier<ObjectNode> list) {
        return lists.take(scope.accounts(), () -> bytes(list.get()));
    }

    byte[] search(AccountScope scope, Requests.Asked asked) {
        return list(scope, () -> found(scope, asked));
    }

    private ObjectNode found(AccountScope scope, Requests.Asked asked) {
        ListFilter filter = filter(scope, asked);
        CallStore.Page<ObjectNode> page =
                kept.calls().search(scope, filter, asked.order(), asked.limit(), asked.after(), this::row);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("namesCut", filter.named().size() > MOST_NAMED);
        ArrayNode rows = answer.putArray("calls");
        page.rows().forEach(rows::add);
        CallStore.Place next = page.next();
        answer.put("next", next == null ? null : Requests.cursor(next));
        return answer;
    }

    /** Names are looked up now: calls are stored without those of the directory, which change. */
    private ListFilter filter(AccountScope scope, Requests.Asked asked) {
        ListFilter filter = asked.filter()
                .on(asked.days()
                        .at(
                                config.clock().instant(),
                                config.options().zones(),
                                scope,
                                asked.filter().account()));
        String text = filter.text();
        return text == null
                ? filter
                : filter.naming(kept.calls()
                        .beside(
                                scope,
                                pace -> kept.names().having(text, scope, filter.account(), MOST_NAMED + 1, pace)));
    }

    ObjectNode statistics(AccountScope scope, Requests.Asked asked) {
        ListFilter filter = filter(scope, asked);
        ObjectNode statistics = JSON.valueToTree(kept.calls().statistics(scope, filter));
        statistics.set("longestWait", longestWait(scope, filter));
        return statistics;
    }

    /** Only callers from outside have a wait. */
    private @Nullable ObjectNode longestWait(AccountScope scope, ListFilter filter) {
        return kept.calls().search(scope, filter, ListOrder.WAIT, 1, null, this::row).rows().stream()
                .filter(row -> row.path("waitMs").isNumber())
                .findFirst()
                .map(row -> JsonNodeFactory.instance
                        .objectNode()
                        .put("accountId", row.path("accountId").asText())
                        .put("callId", row.path("callId").asText())
                        .put("waitMs", row.path("waitMs").asLong())
                        .put("label", row.at("/from/label").asText()))
                .orElse(null);
    }

    /** Masked numbers cannot be told apart, and nobody can call them. */
    byte[] callbacks(AccountScope scope, Requests.Asked asked) {
        return list(scope, () -> callers(scope, asked));
    }

    private ObjectNode callers(AccountScope scope, Requests.Asked asked) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode callers = answer.putArray("callers");
        if (config.options().masked()) {
            return answer.put("withheld", 0).put("more", 0);
        }
        MissedCallers found = missed.of(scope, filter(scope, asked).ofCallers());
        int shown = 0;
        long bytes = 0;
        for (MissedCallers.Caller caller : found.callers()) {
            if (shown == asked.limit() || bytes > CallStore.MOST_BYTES) {
                break;
            }
            shown++;
            byte[] record = kept.calls()
                    .record(scope, caller.accountId(), caller.callId())
                    .orElse(null);
            if (record != null) {
                bytes += record.length;
                callers.add(caller(caller, row(record)));
            }
        }
        return answer.put("withheld", found.withheld()).put("more", found.all() - shown);
    }

    private static ObjectNode caller(MissedCallers.Caller caller, ObjectNode row) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", caller.kind().name().toLowerCase(Locale.ROOT))
                .put("times", caller.times())
                .put("again", caller.again())
                .put("back", caller.back())
                .put("answered", caller.answered())
                .set("call", row);
    }

    private ObjectNode row(byte[] record) {
        return CallRow.of(Json.call(record), kept.names());
    }

    /**
     * Writes all calls that are asked for. If it fails on the way, the output stays open: its end would look like that of all.
     *
     * @param out is asked for once there is something to write
     * @throws IOException if it fails after that
     */
    void export(AccountScope scope, Requests.Asked asked, Supplier<OutputStream> out) throws IOException {
        CallFormat format = asked.format().equals("csv") ? CallFormat.CSV : CallFormat.JSON;
        ListFilter filter = filter(scope, asked);
        CallStore.Page<byte[]> page = kept.calls().export(scope, filter, null);
        OutputStream opened = out.get();
        try {
            CallListing listing = format.to(opened, kept.names(), false, 0);
            add(page, listing);
            for (CallStore.Place next = page.next(); next != null; next = page.next()) {
                page = nextPage(scope, filter, next);
                add(page, listing);
            }
            listing.close();
        } catch (RuntimeException e) {
            throw new IOException(e);
        }
    }

    private static void add(CallStore.Page<byte[]> page, CallListing listing) throws IOException {
        for (byte[] record : page.rows()) {
            listing.add(record);
        }
    }

    /** An export that breaks off must be made again from its beginning: it waits for longer than others. */
    private CallStore.Page<byte[]> nextPage(AccountScope scope, ListFilter filter, CallStore.Place after) {
        for (int i = 1; i < MOST_TRIES; i++) {
            try {
                return kept.calls().export(scope, filter, after);
            } catch (StoreBusyException e) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
        return kept.calls().export(scope, filter, after);
    }

    byte[] wallboard(AccountScope scope, @Nullable String account) {
        return boards.get(
                scope,
                account,
                kept.changes().figures(),
                () -> kept.calls()
                        .together(scope, () -> bytes(wallboard.at(config.clock().instant(), scope, account))));
    }

    byte[] windows(AccountScope scope, Context context) {
        return list(scope, () -> windows.answer(scope, context));
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
        engine.set("clock", clock(config.state().clockLags().get()));
        var behind = config.state().behindMs().get();
        engine.put("behindMs", behind.isPresent() ? Long.valueOf(behind.getAsLong()) : null);
        engine.put("deadLetters", kept.deadLetters().count());
        return engine;
    }

    ObjectNode times(String id) {
        TimesOfCall times = kept.calls().times(id);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("received", span(times.received()));
        answer.set("emitted", span(times.emitted()));
        return answer;
    }

    private static @Nullable ObjectNode span(TimesOfCall.@Nullable Span span) {
        return span == null
                ? null
                : JsonNodeFactory.instance
                        .objectNode()
                        .put("first", Instant.ofEpochMilli(span.first()).toString())
                        .put("last", Instant.ofEpochMilli(span.last()).toString());
    }

    /** The slowest partition counts: the topology's clock is that of the partition that is furthest behind. */
    private static ObjectNode clock(Map<Integer, OptionalLong> lags) {
        ObjectNode clock = JsonNodeFactory.instance.objectNode();
        OptionalLong worst =
                lags.values().stream().flatMapToLong(OptionalLong::stream).max();
        put(clock, worst);
        ArrayNode partitions = clock.putArray("partitions");
        new TreeMap<>(lags)
                .forEach((partition, lag) -> put(partitions.addObject().put("partition", partition), lag));
        return clock;
    }

    private static void put(ObjectNode object, OptionalLong lagMs) {
        object.put("lagMs", lagMs.isPresent() ? Long.valueOf(lagMs.getAsLong()) : null);
    }

    /** Comparisons with RingCentral's log. What they say of numbers is hidden where numbers are, or some calls. */
    ObjectNode audits(AccountScope scope, @Nullable String account) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode hours = answer.putArray("hours");
        boolean hidden = config.options().masked() || config.options().excluding();
        for (JsonNode row : kept.audits().newest(scope, account)) {
            JsonNode shown = hidden ? row.deepCopy() : row;
            if (hidden) {
                shown.path("differences").forEach(this::hide);
            }
            hours.add(shown);
        }
        return answer;
    }

    private void hide(JsonNode difference) {
        for (JsonNode field : difference.path("fields")) {
            String name = field.path("field").asText();
            if (field instanceof ObjectNode object && PARTIES.contains(name)) {
                object.putNull("here").putNull("there");
            } else if (name.equals("result")) {
                mask(field, "here", name);
                mask(field, "there", name);
            }
        }
        mask(difference, "telephonySessionId", "telephonySessionId");
        mask(difference, "callId", "callId");
    }

    /** A text that is none of RingCentral's words and ids can name somebody. */
    private void mask(JsonNode object, String member, String meaning) {
        if (config.options().masked() && object instanceof ObjectNode shown && shown.hasNonNull(member)) {
            shown.put(member, Masking.text(meaning, shown.path(member).asText()));
        }
    }

    ObjectNode deadLetters() {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode letters = answer.putArray("letters");
        for (NewestLetters.Letter letter : kept.deadLetters().newest()) {
            ObjectNode one = letters.addObject();
            one.put("at", Instant.ofEpochMilli(letter.at()).toString());
            one.put("reason", letter.reason());
            one.put("message", masked(letter.message()));
            one.put("source", masked(letter.source()));
            // Nobody can say where in these bytes personal data are.
            one.put("text", config.options().masked() ? null : letter.text());
            one.put(
                    "base64",
                    config.options().masked() ? null : Base64.getEncoder().encodeToString(letter.bytes()));
        }
        return answer;
    }

    private @Nullable String masked(@Nullable String text) {
        return text == null || !config.options().masked() ? text : Masking.sentence(text);
    }
}
