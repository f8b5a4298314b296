package io.callweave.topology.windows;

import io.callweave.metrics.Buckets;
import io.callweave.metrics.Count;
import io.callweave.metrics.Distribution;
import io.callweave.metrics.Figure;
import io.callweave.metrics.Measures;
import io.callweave.metrics.WindowAggregate;
import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.BinaryWriter;

/** The binary form of a window's figures. Most windows hold few calls, and then a few bytes do. */
final class FiguresCodec {

    private static final Count[] COUNTS = Count.values();
    private static final Figure[] FIGURES = Figure.values();

    /** A distribution that is complete, and has one value or none. */
    private static final int ONE_VALUE = 1 << 1 | 1;

    private static final int NO_VALUE = 1;

    /** The bit of the count; a digest follows the counts where it is set. */
    private static final long RECORDS = 1L << Count.RECORDS.number();

    private FiguresCodec() {}

    /** The same bytes as those of an aggregate with this call alone. */
    static void write(Measures call, BinaryWriter out) {
        out.varint(call.countBits());
        for (Count count : COUNTS) {
            if (call.times(count.number()) > 0) {
                out.varint(call.times(count.number()));
            }
        }
        if ((call.countBits() & RECORDS) != 0) {
            out.i64(call.digest());
        }
        out.u8(FIGURES.length);
        for (Figure figure : FIGURES) {
            if (call.hasValue(figure.number())) {
                out.u8(ONE_VALUE).varint(call.value(figure.number()));
            } else {
                out.u8(NO_VALUE);
            }
        }
    }

    static void write(WindowAggregate window, BinaryWriter out) {
        long bits = 0;
        for (Count count : COUNTS) {
            bits |= window.count(count) == 0 ? 0 : 1L << count.number();
        }
        out.varint(bits);
        for (Count count : COUNTS) {
            if ((bits & 1L << count.number()) != 0) {
                out.varint(window.count(count));
            }
        }
        if ((bits & RECORDS) != 0) {
            out.i64(window.digest());
        }
        out.u8(FIGURES.length);
        for (Figure figure : FIGURES) {
            write(window.figure(figure), out);
        }
    }

    /** Where each value is known, they are all there is to know. */
    private static void write(Distribution figure, BinaryWriter out) {
        out.u8(figure.known() << 1 | (figure.isComplete() ? 1 : 0));
        for (int i = 0; i < figure.known(); i++) {
            // Descending: the first as it is, then how much less each next one is.
            out.varint(i == 0 ? figure.largest(0) : figure.largest(i - 1) - figure.largest(i));
        }
        if (!figure.isComplete()) {
            Buckets buckets = figure.buckets();
            out.varint(figure.count()).varint(figure.sum()).varint(buckets.size());
            int before = 0;
            for (int place = 0; place < buckets.size(); place++) {
                out.varint(buckets.indexAt(place) - before).varint(buckets.countAt(place));
                before = buckets.indexAt(place);
            }
        }
    }

    static WindowAggregate read(BinaryReader in) {
        long bits = in.varint();
        long[] counts = new long[Long.SIZE - Long.numberOfLeadingZeros(bits)];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = (bits & 1L << i) == 0 ? 0 : in.varint();
        }
        long digest = (bits & RECORDS) == 0 ? 0 : in.i64();
        Distribution[] figures = new Distribution[in.u8()];
        for (int i = 0; i < figures.length; i++) {
            figures[i] = readFigure(in);
        }
        return WindowAggregate.of(counts, figures, digest);
    }

    /** Steps over what {@link #read} would read, and tells whether there are calls. */
    static boolean skip(BinaryReader in) {
        long counts = in.varint();
        skip(Long.bitCount(counts), in);
        if ((counts & RECORDS) != 0) {
            in.i64();
        }
        for (int figures = in.u8(); figures > 0; figures--) {
            int head = in.u8();
            skip(head >> 1, in);
            if ((head & 1) == 0) {
                skip(2, in);
                skip(2 * in.varint(), in);
            }
        }
        return (counts & (RECORDS | 1L << Count.CALLS.number())) != 0;
    }

    private static void skip(long varints, BinaryReader in) {
        for (long i = 0; i < varints; i++) {
            in.varint();
        }
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
}
