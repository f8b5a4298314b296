package io.callweave.report;

import io.callweave.call.event.Address;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.QueueVisit;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The visits to queues that took longest. */
final class LongestWaits {

    private static final String EMPTY = "No call waited in a queue.";

    private static final int SHOWN = 20;

    private static final Comparator<Wait> SHORTEST_FIRST = Comparator.comparingLong(
                    (Wait wait) -> wait.visit().waitMs())
            .thenComparing(wait -> wait.visit().enterTime(), Comparator.reverseOrder())
            .thenComparing(Wait::callId, Comparator.reverseOrder());

    private final ReportRules rules;
    private final ExtensionNames names;
    private final PriorityQueue<Wait> longest = new PriorityQueue<>(SHORTEST_FIRST);

    private record Wait(
            String accountId, String callId, @Nullable String number, QueueVisit visit) {}

    LongestWaits(ReportRules rules, ExtensionNames names) {
        this.rules = rules;
        this.names = names;
    }

    void add(CallRecord call) {
        Address from = call.from();
        for (QueueVisit visit : call.queues()) {
            if (rules.takes(visit)) {
                longest.add(new Wait(call.accountId(), call.callId(), from == null ? null : from.phoneNumber(), visit));
                if (longest.size() > SHOWN) {
                    longest.poll();
                }
            }
        }
    }

    Table table() {
        Table.Builder table = new Table.Builder("longest-waits", "Longest waits", EMPTY)
                .text("time", "Entered")
                .text("queue", "Queue")
                .text("from", "Caller")
                .figure(
                        "waitMs",
                        "Wait",
                        "From reaching the queue until the answer or the end of the visit. Then says how that was.")
                .text("outcome", "Then")
                .text("accountId", "Account")
                .text("callId", "Call id");
        longest.stream()
                .sorted(SHORTEST_FIRST.reversed())
                .forEach(wait -> table.row(
                        new Cell.Time(wait.visit().enterTime()),
                        Cell.text(names.of(wait.accountId(), wait.visit().queueExtensionId())),
                        wait.number() == null ? Cell.NONE : new Cell.Phone(wait.number()),
                        Cell.millis(wait.visit().waitMs()),
                        Cell.text(words(wait.visit().outcome())),
                        Cell.text(wait.accountId()),
                        Cell.text(wait.callId())));
        return table.end();
    }

    private static String words(QueueVisit.Outcome outcome) {
        return switch (outcome) {
            case ANSWERED -> "answered";
            case ANSWERED_ELSEWHERE -> "answered elsewhere";
            case VOICEMAIL -> "voicemail";
            case OVERFLOW -> "overflow";
            case ABANDONED -> "abandoned";
        };
    }
}
