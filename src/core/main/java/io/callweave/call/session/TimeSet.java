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

    public TimeSet minus(TimeSet other) {
        List<Interval> rest = new ArrayList<>();
        List<Interval> holes = other.intervals;
        int hole = 0;
        for (Interval interval : intervals) {
            long from = interval.start();
            while (hole < holes.size() && holes.get(hole).end() <= from) {
                hole++;
            }
            for (int i = hole; i < holes.size() && holes.get(i).start() < interval.end(); i++) {
                if (holes.get(i).start() > from) {
                    rest.add(new Interval(from, holes.get(i).start()));
                }
                from = Math.max(from, holes.get(i).end());
            }
            if (from < interval.end()) {
                rest.add(new Interval(from, interval.end()));
            }
        }
        return new TimeSet(rest);
    }

    public TimeSet before(long end) {
        return new TimeSet(intervals.stream()
                .filter(interval -> interval.start() < end)
                .map(interval -> new Interval(interval.start(), Math.min(interval.end(), end)))
                .toList());
    }

    public long length() {
        long sum = 0;
        for (Interval interval : intervals) {
            sum += interval.length();
        }
        return sum;
    }
}
