package io.callweave.topology.windows;

import io.callweave.metrics.Count;
import io.callweave.metrics.CountedCall;
import io.callweave.metrics.Figure;
import io.callweave.metrics.Measures;
import io.callweave.metrics.Scope;
import io.callweave.metrics.Share;
import io.callweave.metrics.WindowSize;
import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.BinaryWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The binary form of what a call adds to windows. */
final class CountedCallCodec {

    private static final WindowSize[] SIZES = WindowSize.values();
    private static final Scope[] SCOPES = Scope.values();
    private static final int FIGURES = Figure.values().length;

    /** The counts that can be more than one. */
    private static final Count[] LEVEL = {Count.COUNTED, Count.ANSWERED_WITHIN};

    private CountedCallCodec() {}

    /** Most shares have the same measures, that of the call, which are written once. */
    static byte[] write(CountedCall call) {
        List<Measures> distinct = new ArrayList<>(4);
        for (Share share : call.shares()) {
            if (!distinct.contains(share.measures())) {
                distinct.add(share.measures());
            }
        }
        BinaryWriter out = new BinaryWriter(224)
                .format()
                .i64(call.startTime())
                .i64(call.dayStart())
                .u8(call.digest() == null ? 0 : 1)
                .i64(call.digest() == null ? 0 : call.digest())
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
        out.varint(measures.countBits());
        for (Count count : LEVEL) {
            if (measures.times(count.number()) > 0) {
                out.varint(measures.times(count.number()));
            }
        }
        out.varint(measures.valueBits());
        for (int figure = 0; figure < FIGURES; figure++) {
            if (measures.hasValue(figure)) {
                out.varint(measures.value(figure));
            }
        }
    }

    static CountedCall read(byte[] value) {
        BinaryReader in = new BinaryReader(value);
        in.format("A counted call");
        long startTime = in.i64();
        long dayStart = in.i64();
        boolean hasDigest = in.u8() == 1;
        long digest = in.i64();
        List<Measures> distinct = new ArrayList<>();
        for (long left = in.varint(); left > 0; left--) {
            distinct.add(readMeasures(in));
        }
        List<Share> shares = new ArrayList<>();
        for (long left = in.varint(); left > 0; left--) {
            shares.add(
                    new Share(WindowCodec.numbered(SCOPES, in.u8()), in.string(), sizes(in.varint()), distinct.get((int)
                            in.varint())));
        }
        return new CountedCall(startTime, dayStart, hasDigest ? Long.valueOf(digest) : null, shares);
    }

    private static Measures readMeasures(BinaryReader in) {
        long counts = in.varint();
        int counted = times(counts, Count.COUNTED, in);
        int within = times(counts, Count.ANSWERED_WITHIN, in);
        long present = in.varint();
        long[] values = new long[FIGURES];
        for (int figure = 0; figure < FIGURES; figure++) {
            if ((present & 1L << figure) != 0) {
                values[figure] = in.varint();
            }
        }
        return Measures.of(counts, counted, within, present, values);
    }

    private static int times(long counts, Count count, BinaryReader in) {
        return (counts & 1L << count.number()) == 0 ? 0 : (int) in.varint();
    }

    /** Sizes are few and their numbers small: a set of them is the bits of one number. */
    private static long bits(Set<WindowSize> sizes) {
        long bits = 0;
        for (WindowSize size : sizes) {
            bits |= 1L << size.number();
        }
        return bits;
    }

    private static Set<WindowSize> sizes(long bits) {
        Set<WindowSize> sizes = EnumSet.noneOf(WindowSize.class);
        for (WindowSize size : SIZES) {
            if ((bits & 1L << size.number()) != 0) {
                sizes.add(size);
            }
        }
        return sizes;
    }
}
