package io.callweave.report;

import io.callweave.call.record.CallRecord;
import io.callweave.call.record.Incomplete;
import io.callweave.words.CallWords;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How far the figures can be trusted: which calls are partial and why, and when notifications may be missing. */
public final class Quality {

    private static final String EMPTY = "Every call is complete.";
    private static final String NO_GAPS =
            "No gaps are known. Only the topic feed-gaps tells them: use --bootstrap-servers instead of files.";

    /** What a gap takes, in bytes. */
    private static final int GAP = 100;

    private final FiguresRoom room;
    private final Map<Incomplete, Long> reasons = new EnumMap<>(Incomplete.class);
    private final List<Gap> gaps = new ArrayList<>();
    private long calls;
    private long partial;
    private long monitoring;

    private record Gap(String accountId, long from, long to) {}

    Quality(FiguresRoom room) {
        this.room = room;
    }

    void add(CallRecord call, boolean onlyListened) {
        calls++;
        monitoring += onlyListened ? 1 : 0;
        partial += call.state() == CallRecord.State.PARTIAL || call.isBackfilled() ? 1 : 0;
        call.incomplete().forEach(reason -> reasons.merge(reason, 1L, Long::sum));
    }

    void addGap(String accountId, long from, long to) {
        if (room.takes(accountId, GAP)) {
            gaps.add(new Gap(accountId, from, to));
        }
    }

    /** All calls, with those in which somebody only listened. */
    public long calls() {
        return calls;
    }

    public long partial() {
        return partial;
    }

    /** Calls in which somebody only listened; they are in no other figure. */
    public long monitoring() {
        return monitoring;
    }

    Table table() {
        Table.Builder table = new Table.Builder("quality", "Partial calls", EMPTY)
                .text("reason", "Reason")
                .text("meaning", "What it means")
                .figure("calls", "Calls", "A call can have several reasons.")
                .figure("share", "Of all calls", "");
        reasons.forEach((reason, count) -> table.row(
                Cell.text(reason.wireName()),
                Cell.text(CallWords.reason(reason) + ": " + meaning(reason)),
                Cell.number(count),
                Cell.ratio(count, calls)));
        return table.end();
    }

    Table gaps() {
        Table.Builder table = new Table.Builder("feed-gaps", "Gaps in the feed", NO_GAPS)
                .text("from", "From")
                .text("to", "To")
                .text("accountId", "Account")
                .figure("durationMs", "Length", "");
        gaps.stream()
                .sorted((one, other) -> Long.compare(one.from(), other.from()))
                .forEach(gap -> table.row(
                        new Cell.Time(gap.from()),
                        new Cell.Time(gap.to()),
                        Cell.text(gap.accountId()),
                        Cell.millis(gap.to() - gap.from())));
        return table.end();
    }

    private static String meaning(Incomplete reason) {
        return switch (reason) {
            case BACKFILLED -> "no notification of the call was seen; RingCentral's Call Log tells of it";
            case CAPPED -> "the call has more events than are kept";
            case INTERNAL_ERROR -> "the call could not be put together";
            case MISSING_SESSION -> "another session of the call was never seen";
            case NO_FINAL_STATUS -> "nobody said that a party hung up, so its end is not certain";
            case SEQUENCE_GAP -> "a notification is missing, perhaps of a hold, an answer or a transfer";
            case UNSEEN_CONTINUATION -> "the call went on where it was not seen";
        };
    }
}
