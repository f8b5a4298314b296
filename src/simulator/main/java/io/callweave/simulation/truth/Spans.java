package io.callweave.simulation.truth;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Intervals of time, in milliseconds. One that ends before it begins is empty. */
record Spans(List<Span> spans) {

    record Span(long start, long end) {}

    /** The union: overlaps count once; disjoint and sorted. */
    static Spans union(Collection<Span> all) {
        List<Span> united = new ArrayList<>();
        List<Span> inOrder = all.stream()
                .filter(span -> span.end() > span.start())
                .sorted(Comparator.comparingLong(Span::start))
                .toList();
        for (Span span : inOrder) {
            int last = united.size() - 1;
            if (last >= 0 && span.start() <= united.get(last).end()) {
                Span before = united.get(last);
                united.set(last, new Span(before.start(), Math.max(before.end(), span.end())));
            } else {
                united.add(span);
            }
        }
        return new Spans(united);
    }

    Spans without(Spans others) {
        List<Span> left = spans;
        for (Span other : others.spans) {
            List<Span> next = new ArrayList<>();
            for (Span span : left) {
                next.add(new Span(span.start(), Math.min(span.end(), other.start())));
                next.add(new Span(Math.max(span.start(), other.end()), span.end()));
            }
            left = next;
        }
        return union(left);
    }

    Spans before(long time) {
        return union(spans.stream()
                .map(span -> new Span(span.start(), Math.min(span.end(), time)))
                .toList());
    }

    long length() {
        return spans.stream().mapToLong(span -> span.end() - span.start()).sum();
    }
}
