package io.callweave.call;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** A set of points in time, as disjoint intervals in order: two parties that talk at once talk once. */
record TimeSet(List<Interval> intervals) {

    static TimeSet union(Collection<Interval> intervals) {
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

    TimeSet minus(TimeSet other) {
        List<Interval> rest = new ArrayList<>();
        for (Interval interval : intervals) {
            long from = interval.start();
            for (Interval hole : other.intervals) {
                if (hole.start() >= interval.end()) {
                    break;
                }
                if (hole.start() > from) {
                    rest.add(new Interval(from, hole.start()));
                }
                from = Math.max(from, hole.end());
            }
            if (from < interval.end()) {
                rest.add(new Interval(from, interval.end()));
            }
        }
        return new TimeSet(rest);
    }

    TimeSet before(long end) {
        return new TimeSet(intervals.stream()
                .filter(interval -> interval.start() < end)
                .map(interval -> new Interval(interval.start(), Math.min(interval.end(), end)))
                .toList());
    }

    long length() {
        long sum = 0;
        for (Interval interval : intervals) {
            sum += interval.length();
        }
        return sum;
    }
}
