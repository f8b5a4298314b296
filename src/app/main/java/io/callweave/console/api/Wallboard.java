package io.callweave.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.access.AccountScope;
import io.callweave.console.feed.Kept;
import io.callweave.console.store.DayWaits;
import io.callweave.console.store.KnownAgents;
import io.callweave.console.store.ListFilter;
import io.callweave.console.store.RecentlyFound;
import io.callweave.console.store.WindowQueries;
import io.callweave.directory.DirectoryEntry;
import io.callweave.metrics.ServiceGoals;
import io.callweave.record.RecordedWindow;
import io.callweave.value.Timestamps;
import io.callweave.words.DirectoryNames;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The figures of today, as sums over the accounts that somebody may see. */
final class Wallboard {

    private static final List<String> COUNTS =
            List.of("calls", "answered", "missed", "abandoned", "voicemail", "unanswered", "fax");

    private static final List<String> OF_QUEUES =
            List.of("calls", "answered", "answeredElsewhere", "voicemail", "overflow", "abandoned", "fax");

    private static final List<String> COMPARED = List.of("calls", "answered", "abandoned");

    /** With what is made of each, some 10 MB. */
    private static final WindowQueries.Most MOST = new WindowQueries.Most(DayWaits.MOST_OF_ACCOUNT, 5_000);

    /** Of the ids of queues in which agents are, in characters. */
    private static final int MOST_OF_AGENTS = 2 << 20;

    private static final int WEEK_DAYS = 7;

    private static final AskedDays TODAY = new AskedDays("today", null);

    private final Kept kept;
    private final AccountZones zones;
    private final ServiceGoals goals;
    private final RecentlyFound<DayWaits> waits;

    Wallboard(Kept kept, AccountZones zones, ServiceGoals goals) {
        this.kept = kept;
        this.zones = zones;
        this.goals = goals;
        waits = new RecentlyFound<>(kept.calls()::waits, DayWaits::weight, System::nanoTime);
    }

    ObjectNode at(Instant now, AccountScope scope, @Nullable String account) {
        ObjectNode board = JsonNodeFactory.instance.objectNode();
        List<String> accounts = new ArrayList<>();
        WindowSums days = new WindowSums();
        windows(scope, today(now, account, "account"), day -> {
            accounts.add(day.accountId());
            days.add(day);
        });
        // Where an account is, only those may know who may see it.
        ZoneId zone = account == null || !scope.covers(account) ? zone(accounts) : zones.of(account);
        DayWaits longest = waits(now, scope, account);
        AccountDay usual = AccountDay.at(now, zone);
        board.put("day", usual.date().toString());
        board.put("timeZone", zone.getId());
        board.set("today", days.isEmpty() ? null : today(days, visits(now, scope, account)));
        board.set("longestWait", longestWait(longest));
        board.put("monitored", longest.monitored());
        ArrayNode shown = board.putArray("accounts");
        accounts.forEach(each -> shown.add(account(now, each)));
        board.set("yesterday", earlier(1, now, scope, account, usual));
        board.set("lastWeek", earlier(WEEK_DAYS, now, scope, account, usual));
        ArrayNode hours = board.putArray("hours");
        hours(now, scope, account).forEach(hours::add);
        queues(board, now, scope, account, longest);
        agents(board, now, scope, account);
        return board;
    }

    /** The one that all have, else the usual one. */
    private ZoneId zone(List<String> accounts) {
        List<ZoneId> all = accounts.stream().map(zones::of).distinct().toList();
        return all.size() == 1 ? all.get(0) : zones.usual();
    }

    private ObjectNode account(Instant now, String account) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("accountId", account)
                .put("day", AccountDay.at(now, zones.of(account)).date().toString())
                .put("timeZone", zones.of(account).getId());
    }

    /** A window of a day is one of the account's own days. */
    private static WindowQueries.Asked today(Instant now, @Nullable String account, String of) {
        return asked(account, of, "P1D", now, now.plusMillis(1));
    }

    private WindowSums visits(Instant now, AccountScope scope, @Nullable String account) {
        WindowSums visits = new WindowSums();
        windows(scope, today(now, account, "queue"), visits::add);
        return visits;
    }

    /** An earlier day, up to the hour that it is now; null if nothing is known of that time. */
    private @Nullable ObjectNode earlier(
            int days, Instant now, AccountScope scope, @Nullable String account, AccountDay usual) {
        WindowSums hours = new WindowSums();
        hoursOf("account", days, now, scope, account, hour -> true, hours::add);
        return hours.isEmpty()
                ? null
                : sum(hours).put("until", usual.hourBefore(days).toString());
    }

    /** The same of each queue that is shown, by its key. */
    private Map<String, WindowSums> earlierOfQueues(
            int days, Instant now, AccountScope scope, @Nullable String account, Map<String, ObjectNode> shown) {
        Map<String, WindowSums> sums = new HashMap<>();
        hoursOf(
                "queue",
                days,
                now,
                scope,
                account,
                hour -> shown.containsKey(key(hour.accountId(), hour.scopeId())),
                hour -> sums.computeIfAbsent(key(hour.accountId(), hour.scopeId()), key -> new WindowSums())
                        .add(hour));
        return sums;
    }

    private static String key(String account, String queue) {
        return account + "/" + queue;
    }

    /** Whole hours of an earlier day of each account, up to the hour that it is now. */
    private void hoursOf(
            String of,
            int days,
            Instant now,
            AccountScope scope,
            @Nullable String account,
            Predicate<WindowQueries.Row> wanted,
            Consumer<RecordedWindow> reader) {
        Instant from = now.minus(days + 2, ChronoUnit.DAYS);
        Instant to = now.minus(days - 1, ChronoUnit.DAYS);
        Map<String, AccountDay> today = new HashMap<>();
        kept.calls()
                .windows()
                .each(
                        scope,
                        asked(account, of, "PT1H", from, to),
                        hour -> today.computeIfAbsent(hour.accountId(), each -> AccountDay.at(now, zones.of(each)))
                                        .wasBefore(days, hour.until())
                                && wanted.test(hour),
                        reader);
    }

    /** From the start of the call, of the calls that the list has today. */
    private DayWaits waits(Instant now, AccountScope scope, @Nullable String account) {
        return waits.of(scope, ListFilter.ALL.of(account).on(TODAY.at(now, zones, scope, account)));
    }

    /** In a queue: who waits in a menu has chosen to listen. */
    private static @Nullable ObjectNode longestWait(DayWaits waits) {
        ObjectNode longest = null;
        for (Map.Entry<String, Map<String, DayWaits.Wait>> account :
                waits.inQueue().entrySet()) {
            for (DayWaits.Wait wait : account.getValue().values()) {
                if (longest == null || wait.millis() > longest.path("waitMs").asLong()) {
                    longest = JsonNodeFactory.instance
                            .objectNode()
                            .put("accountId", account.getKey())
                            .put("callId", wait.callId())
                            .put("waitMs", wait.millis());
                }
            }
        }
        return longest;
    }

    /** By the hour of the day that each account has: at 9 in Tokyo and at 9 in Paris, both begin to work. */
    private Collection<ObjectNode> hours(Instant now, AccountScope scope, @Nullable String account) {
        Map<Integer, ObjectNode> byHour = new TreeMap<>();
        windows(scope, asked(account, "account", "PT1H", now.minus(2, ChronoUnit.DAYS), now.plusMillis(1)), window -> {
            AccountDay day = AccountDay.at(now, zones.of(window.accountId()));
            if (day.includes(window)) {
                ObjectNode hour = byHour.computeIfAbsent(
                        day.hourOf(window),
                        number -> JsonNodeFactory.instance
                                .objectNode()
                                .put("hour", number)
                                .put("calls", 0)
                                .put("answered", 0));
                add(hour, window, "calls");
                add(hour, window, "answered");
            }
        });
        return byHour.values();
    }

    private static WindowQueries.Asked asked(
            @Nullable String account, String of, String size, Instant from, Instant to) {
        return new WindowQueries.Asked(account, size, of, null, from.toEpochMilli(), to.toEpochMilli());
    }

    private void windows(AccountScope scope, WindowQueries.Asked asked, Consumer<RecordedWindow> reader) {
        kept.calls().windows().each(scope, asked, row -> true, reader);
    }

    /** Figures of calls come from the windows of accounts, those of visits from the windows of queues. */
    private ObjectNode today(WindowSums days, WindowSums ofQueues) {
        ObjectNode today = sum(days);
        today.set("averageHandleMs", days.average("handle"));
        ObjectNode visits = today.putObject("visits");
        ofQueues.putCounts(visits, COMPARED);
        visits.set("averageWaitMs", ofQueues.average("timeToAnswer"));
        return today;
    }

    private ObjectNode sum(WindowSums days) {
        ObjectNode today = JsonNodeFactory.instance.objectNode();
        days.putCounts(today, COUNTS);
        return today.set("serviceLevel", days.level(goals.usual()));
    }

    private void queues(ObjectNode board, Instant now, AccountScope scope, @Nullable String account, DayWaits longest) {
        Map<String, ObjectNode> queues = new LinkedHashMap<>();
        boolean cut = kept.calls()
                .windows()
                .most(
                        scope,
                        today(now, account, "queue"),
                        MOST,
                        day -> true,
                        day -> queues.put(key(day.accountId(), day.scopeId()), queue(day, longest)));
        Map<String, WindowSums> yesterday = earlierOfQueues(1, now, scope, account, queues);
        Map<String, WindowSums> lastWeek = earlierOfQueues(WEEK_DAYS, now, scope, account, queues);
        queues.forEach((key, queue) -> queue.<ObjectNode>set("yesterday", compared(queue, yesterday.get(key)))
                .set("lastWeek", compared(queue, lastWeek.get(key))));
        board.put("queuesCut", cut);
        board.putArray("queues").addAll(queues.values());
    }

    private @Nullable ObjectNode compared(ObjectNode queue, @Nullable WindowSums hours) {
        if (hours == null) {
            return null;
        }
        ObjectNode sum = JsonNodeFactory.instance.objectNode();
        hours.putCounts(sum, COMPARED);
        return sum.set(
                "serviceLevel",
                hours.level(goals.ofQueue(
                        queue.path("accountId").asText(), queue.path("id").asText())));
    }

    private ObjectNode queue(RecordedWindow day, DayWaits longest) {
        ObjectNode queue = named(day);
        queue.put("label", new DirectoryNames(day.accountId(), kept.names()).queue(day.scopeId(), null));
        WindowSums sums = WindowSums.of(day);
        sums.putCounts(queue, OF_QUEUES);
        queue.set("averageWaitMs", sums.average("timeToAnswer"));
        queue.set("averageHandleMs", sums.average("handle"));
        DayWaits.Wait here =
                longest.inQueue().getOrDefault(day.accountId(), Map.of()).get(day.scopeId());
        queue.put("longestWaitMs", here == null ? null : here.millis());
        queue.put("longestWaitCallId", here == null ? null : here.callId());
        queue.set("serviceLevel", sums.level(goals.ofQueue(day.accountId(), day.scopeId())));
        return queue;
    }

    private void agents(ObjectNode board, Instant now, AccountScope scope, @Nullable String account) {
        List<ObjectNode> agents = new ArrayList<>();
        AtomicLong characters = new AtomicLong();
        AtomicBoolean cut = new AtomicBoolean();
        boolean more = kept.calls()
                .windows()
                .most(scope, today(now, account, "extension"), MOST, this::isAgent, day -> {
                    ObjectNode agent = agent(day);
                    agent.path("queues")
                            .forEach(
                                    queue -> characters.addAndGet(queue.asText().length()));
                    if (characters.get() > MOST_OF_AGENTS) {
                        cut.set(true);
                    } else {
                        agents.add(agent);
                    }
                });
        board.put("agentsCut", more || cut.get());
        board.putArray("agents").addAll(agents);
    }

    /** Queues and menus are extensions, too, and so is the account itself; they are no agents. */
    private boolean isAgent(WindowQueries.Row day) {
        DirectoryEntry entry = kept.names().find(day.accountId(), day.scopeId());
        return !day.scopeId().equals(day.accountId())
                && (entry == null || entry.type().equals(DirectoryEntry.USER));
    }

    private ObjectNode agent(RecordedWindow day) {
        DirectoryEntry entry = kept.names().find(day.accountId(), day.scopeId());
        ObjectNode agent = named(day);
        agent.put("calls", day.count("calls"));
        agent.put("answered", day.count("answered"));
        agent.put("talkMs", day.part("talk", "sumMs"));
        agent.set("averageHandleMs", WindowSums.of(day).average("handle"));
        agent.put("department", entry == null ? null : entry.countedDepartment());
        KnownAgents.Known known = kept.calls().agents().of(day.accountId(), day.scopeId());
        ArrayNode queues = agent.putArray("queues");
        known.queues().forEach(queues::add);
        Long end = known.lastEnd();
        return agent.put("lastEnd", end == null ? null : Timestamps.iso(end));
    }

    private ObjectNode named(RecordedWindow day) {
        String id = day.scopeId();
        return JsonNodeFactory.instance
                .objectNode()
                .put("accountId", day.accountId())
                .put("id", id)
                .put("label", new DirectoryNames(day.accountId(), kept.names()).extension(id));
    }

    private static void add(ObjectNode sum, RecordedWindow one, String name) {
        sum.put(name, sum.path(name).asLong() + one.count(name));
    }
}
