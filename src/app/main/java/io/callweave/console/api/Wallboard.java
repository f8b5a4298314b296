package io.callweave.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.access.AccountScope;
import io.callweave.console.feed.Kept;
import io.callweave.console.store.DayWaits;
import io.callweave.console.store.KnownAgents;
import io.callweave.console.store.ListFilter;
import io.callweave.console.store.RecentlyFound;
import io.callweave.console.store.WindowQueries;
import io.callweave.console.view.Json;
import io.callweave.directory.DirectoryEntry;
import io.callweave.metrics.ServiceGoals;
import io.callweave.record.RecordedWindow;
import io.callweave.value.Timestamps;
import io.callweave.words.DirectoryNames;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The figures of today, as sums over the accounts that somebody may see. */
final class Wallboard {

    private static final List<String> COUNTS =
            List.of("calls", "answered", "missed", "abandoned", "voicemail", "unanswered", "fax");

    private static final List<String> OF_QUEUES =
            List.of("calls", "answered", "answeredElsewhere", "voicemail", "overflow", "abandoned", "fax");

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
        waits = new RecentlyFound<>(kept.calls()::waits, System::nanoTime);
    }

    ObjectNode at(Instant now, AccountScope scope, @Nullable String account) {
        ObjectNode board = JsonNodeFactory.instance.objectNode();
        List<RecordedWindow> days = today(now, scope, account, "account");
        // Where an account is, only those may know who may see it.
        ZoneId zone = account == null || !scope.covers(account) ? zone(days) : zones.of(account);
        DayWaits longest = waits(now, scope, account);
        AccountDay usual = AccountDay.at(now, zone);
        board.put("day", usual.date().toString());
        board.put("timeZone", zone.getId());
        List<RecordedWindow> ofQueues = today(now, scope, account, "queue");
        board.set("today", days.isEmpty() ? null : today(days, ofQueues));
        board.set("longestWait", longestWait(longest));
        board.put("monitored", longest.monitored());
        ArrayNode accounts = board.putArray("accounts");
        days.forEach(day -> accounts.add(account(now, day.accountId())));
        board.set("yesterday", earlier(1, now, scope, account, usual));
        board.set("lastWeek", earlier(WEEK_DAYS, now, scope, account, usual));
        ArrayNode hours = board.putArray("hours");
        hours(now, scope, account).forEach(hours::add);
        ArrayNode queues = board.putArray("queues");
        Map<String, ObjectNode> yesterday = earlierOfQueues(1, now, scope, account);
        Map<String, ObjectNode> lastWeek = earlierOfQueues(WEEK_DAYS, now, scope, account);
        ofQueues.forEach(value -> queues.add(queue(value, longest)
                .<ObjectNode>set("yesterday", yesterday.get(key(value)))
                .set("lastWeek", lastWeek.get(key(value)))));
        ArrayNode agents = board.putArray("agents");
        today(now, scope, account, "extension").forEach(value -> {
            ObjectNode agent = agent(value);
            if (agent != null) {
                agents.add(agent);
            }
        });
        return board;
    }

    /** The one that all have, else the usual one. */
    private ZoneId zone(List<RecordedWindow> days) {
        List<ZoneId> all =
                days.stream().map(day -> zones.of(day.accountId())).distinct().toList();
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
    private List<RecordedWindow> today(Instant now, AccountScope scope, @Nullable String account, String of) {
        return windows(scope, account, of, "P1D", now, now.plusMillis(1)).toList();
    }

    /** An earlier day, up to the hour that it is now; null if nothing is known of that time. */
    private @Nullable ObjectNode earlier(
            int days, Instant now, AccountScope scope, @Nullable String account, AccountDay usual) {
        List<RecordedWindow> hours = hoursOf("account", days, now, scope, account);
        return hours.isEmpty()
                ? null
                : sum(hours).put("until", usual.hourBefore(days).toString());
    }

    /** The same of each queue, by its key. */
    private Map<String, ObjectNode> earlierOfQueues(
            int days, Instant now, AccountScope scope, @Nullable String account) {
        Map<String, List<RecordedWindow>> byQueue =
                hoursOf("queue", days, now, scope, account).stream().collect(Collectors.groupingBy(Wallboard::key));
        Map<String, ObjectNode> sums = new HashMap<>();
        byQueue.forEach((key, hours) -> {
            ObjectNode sum = JsonNodeFactory.instance.objectNode();
            for (String name : List.of("calls", "answered", "abandoned")) {
                sum.put(name, 0);
                hours.forEach(hour -> add(sum, hour, name));
            }
            RecordedWindow any = hours.get(0);
            sum.set("serviceLevel", level(hours, goals.ofQueue(any.accountId(), any.scopeId())));
            sums.put(key, sum);
        });
        return sums;
    }

    private static String key(RecordedWindow ofQueue) {
        return ofQueue.accountId() + "/" + ofQueue.scopeId();
    }

    /** Whole hours of an earlier day of each account, up to the hour that it is now. */
    private List<RecordedWindow> hoursOf(
            String of, int days, Instant now, AccountScope scope, @Nullable String account) {
        Instant from = now.minus(days + 2, ChronoUnit.DAYS);
        return windows(scope, account, of, "PT1H", from, now.minus(days - 1, ChronoUnit.DAYS))
                .filter(hour -> AccountDay.at(now, zones.of(hour.accountId())).wasBefore(days, hour))
                .toList();
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
        windows(scope, account, "account", "PT1H", now.minus(2, ChronoUnit.DAYS), now.plusMillis(1))
                .forEach(window -> {
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

    private Stream<RecordedWindow> windows(
            AccountScope scope, @Nullable String account, String of, String size, Instant from, Instant to) {
        return kept
                .calls()
                .windows()
                .all(scope, new WindowQueries.Asked(account, size, of, null, from.toEpochMilli(), to.toEpochMilli()))
                .stream()
                .map(Json::window);
    }

    /** Figures of calls come from the windows of accounts, those of visits from the windows of queues. */
    private ObjectNode today(List<RecordedWindow> days, List<RecordedWindow> ofQueues) {
        ObjectNode today = sum(days);
        today.set("averageHandleMs", average(days, "handle"));
        ObjectNode visits = today.putObject("visits");
        for (String name : List.of("calls", "answered", "abandoned")) {
            visits.put(name, 0);
            ofQueues.forEach(queue -> add(visits, queue, name));
        }
        visits.set("averageWaitMs", average(ofQueues, "timeToAnswer"));
        return today;
    }

    /** Of all values together, rounded half up; null if there are none. */
    private static @Nullable JsonNode average(List<RecordedWindow> windows, String figure) {
        long count = sum(windows, figure, "count");
        return count == 0
                ? null
                : LongNode.valueOf(Math.floorDiv(2 * sum(windows, figure, "sumMs") + count, 2 * count));
    }

    private static long sum(List<RecordedWindow> windows, String figure, String field) {
        return windows.stream().mapToLong(window -> window.part(figure, field)).sum();
    }

    private ObjectNode sum(List<RecordedWindow> days) {
        ObjectNode today = JsonNodeFactory.instance.objectNode();
        COUNTS.forEach(name ->
                today.put(name, days.stream().mapToLong(day -> day.count(name)).sum()));
        return today.set("serviceLevel", level(days, goals.usual()));
    }

    private ObjectNode queue(RecordedWindow day, DayWaits longest) {
        ObjectNode queue = named(day);
        queue.put("label", new DirectoryNames(day.accountId(), kept.names()).queue(day.scopeId(), null));
        for (String name : OF_QUEUES) {
            queue.put(name, day.count(name));
        }
        queue.set("averageWaitMs", average(List.of(day), "timeToAnswer"));
        queue.set("averageHandleMs", average(List.of(day), "handle"));
        DayWaits.Wait here =
                longest.inQueue().getOrDefault(day.accountId(), Map.of()).get(day.scopeId());
        queue.put("longestWaitMs", here == null ? null : here.millis());
        queue.put("longestWaitCallId", here == null ? null : here.callId());
        Integer goal = goals.ofQueue(day.accountId(), day.scopeId());
        queue.set("serviceLevel", level(List.of(day), goal));
        return queue;
    }

    /** Queues and menus are extensions, too, and so is the account itself; they are no agents. */
    private @Nullable ObjectNode agent(RecordedWindow day) {
        DirectoryEntry entry = kept.names().find(day.accountId(), day.scopeId());
        boolean isAccount = day.scopeId().equals(day.accountId());
        if (isAccount || (entry != null && !entry.type().equals(DirectoryEntry.USER))) {
            return null;
        }
        ObjectNode agent = named(day);
        agent.put("calls", day.count("calls"));
        agent.put("answered", day.count("answered"));
        agent.put("talkMs", day.part("talk", "sumMs"));
        agent.set("averageHandleMs", average(List.of(day), "handle"));
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

    /** @param goal in percent; null for none */
    private static ObjectNode level(List<RecordedWindow> days, @Nullable Integer goal) {
        Long threshold = days.isEmpty() ? null : days.get(0).thresholdMs();
        boolean isOne = days.stream().allMatch(day -> Objects.equals(threshold, day.thresholdMs()));
        long met = sum(days, "serviceLevel", "answeredWithin");
        long of = sum(days, "serviceLevel", "counted");
        ObjectNode level = JsonNodeFactory.instance.objectNode();
        level.put("thresholdMs", isOne ? threshold : null);
        level.put("met", met).put("of", of).put("goal", goal);
        return level.put(
                "goalReached",
                (goal == null || of == 0) ? null : Boolean.valueOf(ServiceGoals.isReached(goal, met, of)));
    }

    private static void add(ObjectNode sum, RecordedWindow one, String name) {
        sum.put(name, sum.path(name).asLong() + one.count(name));
    }
}
