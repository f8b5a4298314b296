package io.callweave.topology.windows;

import io.callweave.metrics.Buckets;
import io.callweave.metrics.Count;
import io.callweave.metrics.Distribution;
import io.callweave.metrics.Figure;
import io.callweave.metrics.Stored;
import io.callweave.metrics.WindowAggregate;
import io.callweave.metrics.WindowKey;
import io.callweave.metrics.WindowSize;
import io.callweave.settings.value.StateFormat;
import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.BinaryWriter;

/** The binary forms of windows. Most hold few calls, and then a few bytes do. */
final class WindowCodec {

    /** The first format that leaves out counts that are 0. */
    private static final int WITHOUT_ZEROS = 2;

    private static final Count[] COUNTS = Count.values();
    private static final Figure[] FIGURES = Figure.values();
    private static final WindowSize[] SIZES = WindowSize.values();
    private static final int HAS_OTHERS = 1;

    /** In the byte of the size: the figures have not been emitted yet. */
    private static final int UNSENT = 0x80;

    private static final long SECOND_MS = 1_000;

    /** The first format in which a page says which windows may be stored alone. */
    private static final int WITH_LATEST = 3;

    private WindowCodec() {}

    static byte[] write(WindowAggregate window, StateFormat format) {
        BinaryWriter out = new BinaryWriter(64).format(format);
        write(window, out);
        return out.bytes();
    }

    static WindowAggregate readWindow(byte[] value) {
        BinaryReader in = new BinaryReader(value);
        in.format("A window");
        return readWindow(in);
    }

    /** The windows that are stored together. */
    static byte[] write(WindowPage page, StateFormat format) {
        BinaryWriter out = new BinaryWriter(256).format(format).u8(page.hasOthers ? HAS_OTHERS : 0);
        if (page.hasOthers && format.isAtLeast(WITH_LATEST)) {
            for (WindowSize size : SIZES) {
                writeLatest(page, page.latestAlone(size), out);
            }
        }
        for (Window window : page.windows) {
            if (window.belongsInPage()) {
                long ofDay = window.key.start() - WindowStore.startOf(page.key.day());
                out.u8(window.key.size().number() | (window.isUnsent() ? UNSENT : 0))
                        .varint(ofDay / SECOND_MS);
                out.raw(form(window, format));
            }
        }
        return out.bytes();
    }

    /** Zero: none; one: it is not known; else seconds since the day began, and two. */
    private static void writeLatest(WindowPage page, long latest, BinaryWriter out) {
        if (latest == WindowPage.NONE || latest == WindowPage.ANY) {
            out.varint(latest == WindowPage.NONE ? 0 : 1);
        } else {
            out.varint((latest - WindowStore.startOf(page.key.day())) / SECOND_MS + 2);
        }
    }

    private static void readLatest(WindowPage page, WindowSize size, BinaryReader in) {
        long latest = in.varint();
        if (latest > 0) {
            page.hasAlone(
                    size,
                    latest == 1 ? WindowPage.ANY : WindowStore.startOf(page.key.day()) + (latest - 2) * SECOND_MS);
        }
    }

    private static byte[] form(Window window, StateFormat format) {
        byte[] form = window.form;
        if (form == null) {
            BinaryWriter out = new BinaryWriter(48).as(format);
            write(window.figures(), out);
            form = out.bytes();
            window.form = form;
        }
        return form;
    }

    static void readPage(byte[] value, WindowPage page) {
        BinaryReader in = new BinaryReader(value);
        in.format("A page of windows");
        page.stored = true;
        if ((in.u8() & HAS_OTHERS) != 0) {
            if (in.format().isAtLeast(WITH_LATEST)) {
                page.hasOthers = true;
                for (WindowSize size : SIZES) {
                    readLatest(page, size, in);
                }
            } else {
                page.mayHaveAny();
            }
        }
        WindowPage.Key key = page.key;
        while (!in.atEnd()) {
            int head = in.u8();
            WindowSize size = numbered(SIZES, head & ~UNSENT);
            long start = WindowStore.startOf(key.day()) + in.varint() * SECOND_MS;
            Window window = new Window(new WindowKey(key.accountId(), key.scope(), key.scopeId(), size, start), page);
            window.inPage = true;
            window.storedUnsent = (head & UNSENT) != 0;
            window.replaceBy(readWindow(in));
            page.windows.add(window);
        }
    }

    private static void write(WindowAggregate window, BinaryWriter out) {
        if (out.format().isAtLeast(WITHOUT_ZEROS)) {
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
        } else {
            out.u8(COUNTS.length);
            for (Count count : COUNTS) {
                out.varint(window.count(count));
            }
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

    private static WindowAggregate readWindow(BinaryReader in) {
        long[] counts;
        if (in.format().isAtLeast(WITHOUT_ZEROS)) {
            long bits = in.varint();
            counts = new long[Long.SIZE - Long.numberOfLeadingZeros(bits)];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = (bits & 1L << i) == 0 ? 0 : in.varint();
            }
        } else {
            counts = new long[in.u8()];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = in.varint();
            }
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

    static <E extends Stored> E numbered(E[] all, int number) {
        for (E one : all) {
            if (one.number() == number) {
                return one;
            }
        }
        throw new IllegalStateException("The store holds the number " + number + ", which no constant has.");
    }
}
