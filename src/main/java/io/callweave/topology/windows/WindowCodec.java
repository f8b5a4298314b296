package io.callweave.topology.windows;

import io.callweave.metrics.Buckets;
import io.callweave.metrics.Count;
import io.callweave.metrics.CountedCall;
import io.callweave.metrics.Distribution;
import io.callweave.metrics.Figure;
import io.callweave.metrics.Measures;
import io.callweave.metrics.Scope;
import io.callweave.metrics.Share;
import io.callweave.metrics.Stored;
import io.callweave.metrics.WindowAggregate;
import io.callweave.metrics.WindowSize;
import io.callweave.settings.value.StateFormat;
import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.BinaryWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The binary forms of windows and of what calls add to them. Most windows hold few calls, and then a few bytes do. */
final class WindowCodec {

    private static final Count[] COUNTS = Count.values();
    private static final Figure[] FIGURES = Figure.values();

    private WindowCodec() {}

    static byte[] write(WindowAggregate window, StateFormat format) {
        BinaryWriter out = new BinaryWriter(64).format(format).u8(COUNTS.length);
        for (Count count : COUNTS) {
            out.varint(window.count(count));
        }
        out.u8(FIGURES.length);
        for (Figure figure : FIGURES) {
            write(window.figure(figure), out);
        }
        return out.bytes();
    }

    /** Where each value is known, they are all there is to know. */
    private static void write(Distribution figure, BinaryWriter out) {
        long[] largest = figure.largest();
        out.u8(largest.length << 1 | (figure.isComplete() ? 1 : 0));
        for (int i = 0; i < largest.length; i++) {
            // Descending: the first as it is, then how much less each next one is.
            out.varint(i == 0 ? largest[0] : largest[i - 1] - largest[i]);
        }
        if (!figure.isComplete()) {
            out.varint(figure.count())
                    .varint(figure.sum())
                    .varint(figure.buckets().size());
            int before = 0;
            for (int place = 0; place < figure.buckets().size(); place++) {
                out.varint(figure.buckets().indexAt(place) - before)
                        .varint(figure.buckets().countAt(place));
                before = figure.buckets().indexAt(place);
            }
        }
    }

    static WindowAggregate readWindow(byte[] value) {
        BinaryReader in = new BinaryReader(value);
        in.format("A window");
        long[] counts = new long[in.u8()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = in.varint();
        }
        Distribution[] figures = new Distribution[in.u8()];
        for (int i = 0; i < figures.length; i++) {
            figures[i] = readFigure(in);
        }
        return WindowAggregate.of(counts, figures);
    }

    private static Distribution readFigure(BinaryReader in) {
        int head = in.u8();
        long[] largest = new long[head >> 1];
        for (int i = 0; i < largest.length; i++) {
            largest[i] = i == 0 ? in.varint() : largest[i - 1] - in.varint();
        }
        if ((head & 1) != 0) {
            return Distribution.of(largest);
        }
        long count = in.varint();
        long sum = in.varint();
        int[] indexes = new int[(int) in.varint()];
        long[] counts = new long[indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = (i == 0 ? 0 : indexes[i - 1]) + (int) in.varint();
            counts[i] = in.varint();
        }
        return Distribution.of(count, sum, largest, Buckets.of(indexes, counts));
    }

    /** Most shares have the same measures, that of the call, which are written once. */
    static byte[] write(CountedCall call, StateFormat format) {
        List<Measures> distinct =
                call.shares().stream().map(Share::measures).distinct().toList();
        BinaryWriter out = new BinaryWriter(128)
                .format(format)
                .i64(call.startTime())
                .i64(call.dayStart())
                .varint(distinct.size());
        distinct.forEach(measures -> write(measures, out));
        out.varint(call.shares().size());
        for (Share share : call.shares()) {
            out.u8(share.scope().number())
                    .string(share.scopeId())
                    .varint(bits(share.sizes()))
                    .varint(distinct.indexOf(share.measures()));
        }
        return out.bytes();
    }

    private static void write(Measures measures, BinaryWriter out) {
        out.varint(bits(measures.counts())).varint(bits(measures.values().keySet()));
        measures.values().values().forEach(out::varint);
    }

    static CountedCall readCall(byte[] value) {
        BinaryReader in = new BinaryReader(value);
        in.format("A counted call");
        long startTime = in.i64();
        long dayStart = in.i64();
        List<Measures> distinct = new ArrayList<>();
        for (long left = in.varint(); left > 0; left--) {
            distinct.add(readMeasures(in));
        }
        List<Share> shares = new ArrayList<>();
        for (long left = in.varint(); left > 0; left--) {
            shares.add(new Share(
                    numbered(Scope.values(), in.u8()),
                    in.string(),
                    ofBits(WindowSize.class, in.varint()),
                    distinct.get((int) in.varint())));
        }
        return new CountedCall(startTime, dayStart, shares);
    }

    private static Measures readMeasures(BinaryReader in) {
        Set<Count> counts = ofBits(Count.class, in.varint());
        Map<Figure, Long> values = new EnumMap<>(Figure.class);
        for (Figure figure : ofBits(Figure.class, in.varint())) {
            values.put(figure, in.varint());
        }
        return new Measures(counts, values);
    }

    /** Counts are few and their numbers small: a set of them is the bits of one number. */
    private static long bits(Set<? extends Stored> set) {
        return set.stream().mapToLong(one -> 1L << one.number()).sum();
    }

    private static <E extends Enum<E> & Stored> Set<E> ofBits(Class<E> type, long bits) {
        Set<E> set = EnumSet.noneOf(type);
        for (E one : type.getEnumConstants()) {
            if ((bits & 1L << one.number()) != 0) {
                set.add(one);
            }
        }
        return set;
    }

    static <E extends Stored> E numbered(E[] all, int number) {
        for (E one : all) {
            if (one.number() == number) {
                return one;
            }
        }
        throw new IllegalStateException("The store holds the number " + number + ", which no constant has.");
    }
}
