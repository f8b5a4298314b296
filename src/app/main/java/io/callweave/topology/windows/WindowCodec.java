package io.callweave.topology.windows;

import io.callweave.metrics.Stored;
import io.callweave.metrics.WindowAggregate;
import io.callweave.metrics.WindowSize;
import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.BinaryWriter;

/** The values of the store in which windows lie: alone, or together in a page. */
final class WindowCodec {

    private static final WindowSize[] SIZES = WindowSize.values();
    private static final int HAS_OTHERS = 1;

    /** In the byte of the size: the figures have not been emitted yet. */
    private static final int UNSENT = 0x80;

    private static final long SECOND_MS = 1_000;

    private WindowCodec() {}

    /** A window that is stored alone. */
    static WindowAggregate readWindow(byte[] value) {
        BinaryReader in = new BinaryReader(value);
        in.format("A window");
        return FiguresCodec.read(in);
    }

    /** The windows that are stored together. */
    static byte[] write(WindowPage page) {
        BinaryWriter out = new BinaryWriter(256).format().u8(page.hasOthers ? HAS_OTHERS : 0);
        if (page.hasOthers) {
            for (WindowSize size : SIZES) {
                writeLatest(page, page.latestAlone(size), out);
            }
        }
        for (Window window : page.windows()) {
            if (window.belongsInPage()) {
                long ofDay = window.start - WindowStore.startOf(page.key.day());
                out.u8(window.size.number() | (window.isUnsent() ? UNSENT : 0)).varint(ofDay / SECOND_MS);
                out.rest(window.figures.form());
            }
        }
        return out.bytes();
    }

    /** Zero: none; else seconds since the day began, and one. */
    private static void writeLatest(WindowPage page, long latest, BinaryWriter out) {
        out.varint(latest == WindowPage.NONE ? 0 : (latest - WindowStore.startOf(page.key.day())) / SECOND_MS + 1);
    }

    private static void readLatest(WindowPage page, WindowSize size, BinaryReader in) {
        long latest = in.varint();
        if (latest > 0) {
            page.hasAlone(size, WindowStore.startOf(page.key.day()) + (latest - 1) * SECOND_MS);
        }
    }

    static void readPage(byte[] value, WindowPage page) {
        BinaryReader in = new BinaryReader(value);
        in.format("A page of windows");
        page.stored = true;
        if ((in.u8() & HAS_OTHERS) != 0) {
            for (WindowSize size : SIZES) {
                readLatest(page, size, in);
            }
        }
        while (!in.atEnd()) {
            int head = in.u8();
            WindowSize size = numbered(SIZES, head & ~UNSENT);
            long start = WindowStore.startOf(page.key.day()) + in.varint() * SECOND_MS;
            Window window = new Window(page, size, start);
            window.inPage = true;
            window.storedUnsent = (head & UNSENT) != 0;
            window.figures.read(in);
            page.add(window);
        }
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
