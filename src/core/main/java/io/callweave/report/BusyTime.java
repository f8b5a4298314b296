package io.callweave.report;

import io.callweave.call.event.Status;
import io.callweave.call.record.PartyRecord;
import io.callweave.call.session.Interval;
import io.callweave.call.session.Segment;
import io.callweave.call.session.TimeSet;
import java.util.ArrayList;
import java.util.List;

/** An agent on one day: when calls kept it busy, and from when to when it had calls at all. */
final class BusyTime {

    private static final int COMPACT = 64;

    private List<Interval> intervals = new ArrayList<>(4);
    private int compactAt = COMPACT;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    /** What another party takes at most, in bytes. */
    static long weight(PartyRecord party) {
        return 40L * party.segments().stream().filter(BusyTime::isBusy).count();
    }

    private static boolean isBusy(Segment segment) {
        return segment.status().equals(Status.ANSWERED) || segment.status().equals(Status.HOLD);
    }

    void add(PartyRecord party) {
        long end = party.startTime();
        for (Segment segment : party.segments()) {
            if (isBusy(segment)) {
                intervals.add(segment.interval());
            }
            end = Math.max(end, segment.endTime());
        }
        if (intervals.size() >= compactAt) {
            intervals = new ArrayList<>(TimeSet.union(intervals).intervals());
            compactAt = Math.max(COMPACT, 2 * intervals.size());
        }
        first = Math.min(first, party.startTime());
        last = Math.max(last, party.endTime() == null ? end : party.endTime());
    }

    /** In milliseconds. Calls at the same time count once. */
    long busyMs() {
        return TimeSet.union(intervals).length();
    }

    /** In milliseconds: from the start of the first call to the end of the last one. */
    long spanMs() {
        return Math.max(0, last - first);
    }
}
