package io.callweave.report;

import io.callweave.call.event.Address;
import io.callweave.call.record.CallRecord;
import io.callweave.call.session.Party;
import io.callweave.metrics.Count;
import io.callweave.metrics.Measures;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The numbers outside the account: which were in most calls, and who called again within an hour. */
public final class NumberFigures {

    private static final String NO_NUMBERS =
            "No phone numbers with a plus. Masked or hashed numbers are counted if the plus is left.";
    private static final String NO_REPEATS = "Nobody called again within an hour.";

    private static final int SHOWN = 20;

    private static final long WITHIN_MS = 3_600_000;

    /** What a number takes beside its key, in bytes. */
    private static final int WEIGHT = 50;

    private final FiguresRoom room;
    private final Map<AccountKey, Outside> numbers = new HashMap<>();
    private final Map<AccountKey, Starts> callers = new HashMap<>();

    /** One number in all its calls. */
    private static final class Outside {

        private int calls;
        private int answered;
        private int inbound;
        private long talkMs;
    }

    /** When somebody called, and whether that call was answered: the time doubled, and one for yes. */
    private static final class Starts {

        private long[] times = new long[2];
        private int size;
        private boolean sorted;

        private void add(long time, boolean answered) {
            if (size == times.length) {
                times = Arrays.copyOf(times, 2 * size);
            }
            times[size++] = 2 * time + (answered ? 1 : 0);
            sorted = false;
        }

        private LongStream repeats(boolean onlyAfterNoAnswer) {
            if (!sorted) {
                Arrays.sort(times, 0, size);
                sorted = true;
            }
            return LongStream.range(1, size).filter(i -> {
                long before = times[(int) i - 1];
                boolean soon = (times[(int) i] >> 1) - (before >> 1) <= WITHIN_MS;
                return soon && (!onlyAfterNoAnswer || (before & 1) == 0);
            });
        }
    }

    NumberFigures(FiguresRoom room) {
        this.room = room;
    }

    /** Adds a call of a number outside. */
    void add(CallRecord call, @Nullable String number, Measures whole) {
        if (number == null) {
            return;
        }
        AccountKey key = new AccountKey(call.accountId(), number);
        Outside outside = room.of(numbers, key, call.accountId(), key.weight() + WEIGHT, Outside::new);
        if (outside == null) {
            return;
        }
        outside.calls++;
        outside.talkMs += call.times().talkMs();
        outside.answered += whole.counts().contains(Count.ANSWERED) ? 1 : 0;
        outside.inbound += whole.counts().contains(Count.INBOUND) ? 1 : 0;
    }

    /** Adds a call for the question who called again. */
    void call(CallRecord call, Measures whole) {
        Address from = call.from();
        if (Party.INBOUND.equals(call.direction())
                && from != null
                && from.phoneNumber() != null
                && from.phoneNumber().startsWith("+")) {
            AccountKey key = new AccountKey(call.accountId(), from.phoneNumber());
            Starts starts = room.of(callers, key, call.accountId(), key.weight() + WEIGHT, Starts::new);
            if (starts != null) {
                starts.add(call.times().startTime(), whole.counts().contains(Count.ANSWERED));
            }
        }
    }

    Table busiest() {
        Table.Builder table = new Table.Builder("numbers", "Busiest numbers", NO_NUMBERS)
                .text("number", "Number")
                .text("accountId", "Account")
                .figure("calls", "Calls", "")
                .figure("inbound", "Inbound", "The account was called.")
                .figure("answered", "Answered", "")
                .figure("talkMs", "Talk", "");
        numbers.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<AccountKey, Outside> entry) -> -entry.getValue().calls)
                        .thenComparing(entry -> entry.getKey().id())
                        .thenComparing(entry -> entry.getKey().accountId()))
                .limit(SHOWN)
                .forEach(entry -> table.row(
                        new Cell.Phone(entry.getKey().id()),
                        Cell.text(entry.getKey().accountId()),
                        Cell.number(entry.getValue().calls),
                        Cell.number(entry.getValue().inbound),
                        Cell.number(entry.getValue().answered),
                        Cell.millis(entry.getValue().talkMs)));
        return table.end();
    }

    Table repeats() {
        Table.Builder table = new Table.Builder("repeat-callers", "Repeat callers", NO_REPEATS)
                .text("number", "Number")
                .text("accountId", "Account")
                .figure("calls", "Calls", "Inbound calls from this number.")
                .figure("repeats", "Within an hour", "Calls at most an hour after the one before.")
                .figure("afterNoAnswer", "After no answer", "Of these, those after a call that nobody answered.")
                .text("lastCall", "Last call");
        List<Map.Entry<AccountKey, Starts>> again = callers.entrySet().stream()
                .filter(entry -> entry.getValue().repeats(false).findAny().isPresent())
                .sorted(Comparator.comparingLong((Map.Entry<AccountKey, Starts> entry) ->
                                -entry.getValue().repeats(false).count())
                        .thenComparing(entry -> entry.getKey().id())
                        .thenComparing(entry -> entry.getKey().accountId()))
                .limit(SHOWN)
                .toList();
        for (Map.Entry<AccountKey, Starts> entry : again) {
            Starts starts = entry.getValue();
            table.row(
                    new Cell.Phone(entry.getKey().id()),
                    Cell.text(entry.getKey().accountId()),
                    Cell.number(starts.size),
                    Cell.number(starts.repeats(false).count()),
                    Cell.number(starts.repeats(true).count()),
                    new Cell.Time(starts.times[starts.size - 1] >> 1));
        }
        return table.end();
    }
}
