package io.callweave.topology.windows;

import io.callweave.metrics.Distribution;
import io.callweave.metrics.Measures;
import io.callweave.metrics.WindowAggregate;
import io.callweave.metrics.WindowKey;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** Windows as they lie in a store, for tests of its form. */
public final class StoredWindows {

    private StoredWindows() {}

    /** A window that is held back, with this call a number of times. */
    public record Held(WindowKey window, Measures call, int times, long receipt) {}

    public static WindowTable table(KeyValueStore<Bytes, byte[]> store) {
        return new WindowTable(new WindowStore(store), 0);
    }

    public static WindowAggregate of(KeyValueStore<Bytes, byte[]> store, WindowKey window) {
        return table(store).get(window);
    }

    public static void putAlone(KeyValueStore<Bytes, byte[]> store, WindowKey window, WindowAggregate figures) {
        WindowFigures stored = new WindowFigures();
        stored.replaceBy(figures);
        new WindowStore(store).putWindow(window, stored);
    }

    public static void putTogether(KeyValueStore<Bytes, byte[]> store, Held... windows) {
        WindowTable table = table(store);
        WindowNotes notes = new WindowNotes(store);
        for (Held held : windows) {
            Window window = table.window(held.window());
            for (int i = 0; i < held.times(); i++) {
                window.figures.add(held.call());
            }
            table.write(window);
            window.receipt = held.receipt();
            notes.add(window);
        }
        table.flush();
        notes.flush();
    }

    /** A window in its page, and another one that is stored alone. */
    public static void putBeside(KeyValueStore<Bytes, byte[]> store, Held inPage, WindowKey alone) {
        WindowTable table = table(store);
        Window window = table.window(inPage.window());
        for (int i = 0; i < inPage.times(); i++) {
            window.figures.add(inPage.call());
        }
        table.write(window);
        Window other = table.window(alone);
        for (int i = 0; i <= Distribution.KEPT; i++) {
            other.figures.add(inPage.call());
        }
        table.write(other);
        table.flush();
    }

    public static int drop(KeyValueStore<Bytes, byte[]> store, String accountId, long day) {
        return table(store).drop(accountId, day, 10);
    }
}
