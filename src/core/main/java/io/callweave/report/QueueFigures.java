package io.callweave.report;

import io.callweave.call.record.CallRecord;
import io.callweave.call.record.QueueVisit;
import io.callweave.metrics.Count;
import io.callweave.metrics.Figure;
import io.callweave.metrics.Measures;
import io.callweave.metrics.ServiceLevel;
import io.callweave.metrics.Share;
import io.callweave.metrics.WindowAggregate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the windows of queues count, for the whole period and by hour, and how long calls waited. */
public final class QueueFigures {

    private static final String EMPTY = "No call came through a queue. If you expect some, check that the subscription"
            + " covers all extensions of the account: “callweave subscribe” does.";

    private static final int MEDIAN = 50;
    private static final int MOST = 90;

    /** What a queue takes beside its key and hours, in bytes, and each visit. */
    private static final int WEIGHT = 1_200;

    private static final int VISIT = 32;

    private final ReportRules rules;
    private final ExtensionNames names;
    private final FiguresRoom room;
    private final Map<AccountKey, Queue> queues = new HashMap<>();
    private final Queue together = new Queue();

    /** One queue. */
    private static final class Queue {

        private final WindowAggregate all = new WindowAggregate();
        private final SortedMillis waits = new SortedMillis();
        private final SortedMap<Long, WindowAggregate> hours = new TreeMap<>();
        private long shortAbandons;
    }

    QueueFigures(ReportRules rules, ExtensionNames names, FiguresRoom room) {
        this.rules = rules;
        this.names = names;
        this.room = room;
    }

    void add(CallRecord call, Share share) {
        for (QueueVisit visit : call.queues()) {
            if (visit.queueExtensionId().equals(share.scopeId()) && rules.takes(visit)) {
                names.see(call.accountId(), visit.queueExtensionId(), visit.name(), visit.enterTime());
                add(call, visit, share.measures());
            }
        }
    }

    private void add(CallRecord call, QueueVisit visit, Measures measures) {
        long hour = rules.hour(call.times().startTime());
        AccountKey key = new AccountKey(call.accountId(), visit.queueExtensionId());
        Queue queue = room.of(queues, key, call.accountId(), key.weight() + WEIGHT, Queue::new);
        boolean isShort =
                visit.outcome() == QueueVisit.Outcome.ABANDONED && level(key).isShort(visit.waitMs());
        for (Queue each : queue == null ? List.of(together) : List.of(queue, together)) {
            WindowAggregate figures = room.of(each.hours, hour, call.accountId(), Volumes.WEIGHT, WindowAggregate::new);
            if (figures != null) {
                figures.add(measures);
            }
            each.all.add(measures);
            if (room.takes(call.accountId(), VISIT)) {
                each.waits.add(visit.waitMs());
            }
            each.shortAbandons += isShort ? 1 : 0;
        }
    }

    /** The threshold of all queues in milliseconds; null if they have several. */
    public @Nullable Long thresholdMs() {
        List<Long> all = queues.keySet().stream()
                .map(key -> level(key).thresholdMs())
                .distinct()
                .toList();
        return switch (all.size()) {
            case 0 -> Long.valueOf(rules.levels().usual().thresholdMs());
            case 1 -> all.get(0);
            default -> null;
        };
    }

    /** The goal of all queues together, in percent; of the only one if the report is of one queue. */
    public @Nullable Integer goal() {
        return rules.queueId() != null && queues.size() == 1
                ? goal(queues.keySet().iterator().next())
                : rules.goals().usual();
    }

    private @Nullable Integer goal(AccountKey key) {
        return rules.goals().ofQueue(key.accountId(), key.id());
    }

    private ServiceLevel level(AccountKey key) {
        return rules.levels().ofQueue(key.accountId(), key.id());
    }

    /** All queues together. A call counts once for each queue that it was in. */
    public WindowAggregate all() {
        return together.all;
    }

    /** All queues together, by the start of the hour in milliseconds. */
    public SortedMap<Long, WindowAggregate> hours() {
        return together.hours;
    }

    /** Half of all calls waited at most this long, in milliseconds; null if there were none. */
    public @Nullable Long medianWaitMs() {
        return together.waits.percentile(MEDIAN);
    }

    Table table() {
        Table.Builder table = new Table.Builder("queues", "Queues", EMPTY)
                .text("queue", "Queue")
                .text("accountId", "Account")
                .text("queueExtensionId", "Extension id");
        counted(table)
                .figure(
                        "shortAbandons",
                        "Short abandons",
                        "Abandoned visits that were so short that the service level leaves them out.");
        table.figure("waitP50Ms", "Median wait", "Half of the visits waited at most so long, answered or not.")
                .figure("waitP90Ms", "90 % waited", "Nine of ten visits waited at most so long.")
                .figure(
                        "waitMaxMs",
                        "Longest wait",
                        "From reaching the queue until the answer or the end of the visit.");
        busiestFirst((key, queue) -> table.row(() -> join(
                List.of(
                        Cell.text(names.of(key.accountId(), key.id())),
                        Cell.text(key.accountId()),
                        Cell.text(key.id())),
                cells(level(key).thresholdMs(), goal(key), queue.all),
                waits(queue))));
        if (queues.size() > 1) {
            List<Cell> all = join(
                    List.of(Cell.text("All queues"), Cell.NONE, Cell.NONE),
                    cells(thresholdMs(), goal(), together.all),
                    waits(together));
            table.row(() -> all);
        }
        return table.end();
    }

    /** Queue by hour. */
    Table intervals() {
        Table.Builder table = counted(new Table.Builder("queue-hours", "Queues per hour", EMPTY)
                .text("hour", "Hour")
                .text("queue", "Queue")
                .text("accountId", "Account")
                .text("queueExtensionId", "Extension id"));
        busiestFirst((key, queue) -> queue.hours.forEach((hour, figures) -> table.row(() -> join(
                List.of(
                        new Cell.Hour(hour),
                        Cell.text(names.of(key.accountId(), key.id())),
                        Cell.text(key.accountId()),
                        Cell.text(key.id())),
                cells(level(key).thresholdMs(), goal(key), figures),
                List.of()))));
        return table.end();
    }

    private Table.Builder counted(Table.Builder table) {
        return table.figure(
                        "offered",
                        "Visits",
                        "Calls that reached the queue. A call in two queues visits both. Answered, abandoned, overflow, voicemail,"
                                + " elsewhere and fax add up to them.")
                .figure("answered", "Answered", "Visits answered by somebody whom the queue rang.")
                .figure(
                        "serviceLevel",
                        "Service level",
                        "Answered within the threshold, of the visits that were answered or abandoned; without short abandons and"
                                + " outgoing calls.")
                .figure("answeredWithin", "In time", "Answered within the threshold.")
                .figure(
                        "counted",
                        "Counted",
                        "Answered or abandoned visits, without short abandons and outgoing calls.")
                .figure("thresholdMs", "Threshold", "The longest wait that is in time.")
                .figure("goal", "Goal", "What the service level should be.")
                .figure("avgSpeedOfAnswerMs", "Speed of answer", "Average wait of answered visits.")
                .figure("avgHandleMs", "Handle time", "Average of talk and hold of the whole call, per answered visit.")
                .figure("abandoned", "Abandoned visits", "The caller hung up while waiting in the queue.")
                .figure("overflow", "Overflow", "Visits that ended when the call went to another queue.")
                .figure("voicemail", "Voicemail", "Visits that ended in a voicemail.")
                .figure("answeredElsewhere", "Elsewhere", "Somebody answered whom the queue did not ring.")
                .figure("fax", "Fax", "Faxes that reached the queue.");
    }

    private static List<Cell> waits(Queue queue) {
        return List.of(
                Cell.number(queue.shortAbandons),
                Cell.millisOrNone(queue.waits.percentile(MEDIAN)),
                Cell.millisOrNone(queue.waits.percentile(MOST)),
                Cell.millisOrNone(queue.waits.longest()));
    }

    private static List<Cell> cells(@Nullable Long thresholdMs, @Nullable Integer goal, WindowAggregate figures) {
        long within = figures.count(Count.ANSWERED_WITHIN);
        long counted = figures.count(Count.COUNTED);
        return List.of(
                Cell.number(figures.count(Count.CALLS)),
                Cell.number(figures.count(Count.ANSWERED)),
                Cell.ratio(within, counted),
                Cell.number(within),
                Cell.number(counted),
                Cell.millisOrNone(thresholdMs),
                Cell.goal(goal, within, counted),
                Cell.average(figures.figure(Figure.TIME_TO_ANSWER)),
                Cell.average(figures.figure(Figure.HANDLE)),
                Cell.number(figures.count(Count.ABANDONED)),
                Cell.number(figures.count(Count.OVERFLOW)),
                Cell.number(figures.count(Count.VOICEMAIL)),
                Cell.number(figures.count(Count.ANSWERED_ELSEWHERE)),
                Cell.number(figures.count(Count.FAX)));
    }

    private static List<Cell> join(List<Cell> first, List<Cell> second, List<Cell> third) {
        return Stream.of(first, second, third).flatMap(List::stream).toList();
    }

    private void busiestFirst(BiConsumer<AccountKey, Queue> sink) {
        queues.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<AccountKey, Queue> entry) ->
                                -entry.getValue().all.count(Count.CALLS))
                        .thenComparing(Map.Entry::getKey))
                .forEach(entry -> sink.accept(entry.getKey(), entry.getValue()));
    }
}
