package io.callweave.call.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** A set of points in time, as disjoint, sorted intervals. Overlapping times count once. */
public record TimeSet(List<Interval> intervals) {

    public static TimeSet union(Collection<Interval> intervals) {
        List<Interval> sorted = new ArrayList<>(intervals);
        sorted.sort(Comparator.comparingLong(Interval::start));
        List<Interval> merged = new ArrayList<>(sorted.size());
        for (Interval interval : sorted) {
            Interval last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && interval.start() <= last.end()) {
                merged.set(merged.size() - 1, new Interval(last.start(), Math.max(last.end(), interval.end())));
            } else {
                merged.add(interval);
            }
        }
        return new TimeSet(merged);
    }

    public long length() {
        long sum = 0;
        for (Interval interval : intervals) {
            sum += interval.length();
        }
        return sum;
    }
}
