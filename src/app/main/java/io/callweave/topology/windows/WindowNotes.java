package io.callweave.topology.windows;

import io.callweave.metrics.Scope;
import io.callweave.metrics.WindowKey;
import io.callweave.metrics.WindowSize;
import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.BinaryWriter;
import io.callweave.topology.state.StoreKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Notes of the windows that must still be emitted, for a restart. One is of all windows that a step holds back, and of those
 * of the next steps, until it is long.
 */
public final class WindowNotes {

    private static final int LONGEST = 16;

    private final KeyValueStore<Bytes, byte[]> store;
    private long next;

    /** The note of each account that is not long yet. */
    private final Map<String, Note> open = new HashMap<>();

    private final Set<Note> changed = new LinkedHashSet<>();

    /** A window that must be emitted, because of a notification that was received then. */
    public record Unsent(WindowKey window, long receipt) {}

    static final class Note {

        private final String accountId;
        private final Bytes key;
        private final List<Window> windows = new ArrayList<>(4);

        /** Whether there is a window that the store does not know of. */
        private boolean grown;

        private boolean stored;

        private Note(String accountId, Bytes key) {
            this.accountId = accountId;
            this.key = key;
        }
    }

    public WindowNotes(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** Notes that a window is held back. It is not kept before the next {@link #flush}. */
    void add(Window window) {
        String account = window.page.key.accountId();
        Note note = open.get(account);
        if (note == null || note.windows.size() >= LONGEST) {
            note = new Note(account, StoreKeys.note(next++));
            open.put(account, note);
        }
        note.grown = true;
        belongs(window, note);
        changed.add(note);
    }

    /** The window is emitted now. */
    void remove(Window window) {
        Note note = window.note;
        if (note != null) {
            window.note = null;
            note.windows.remove(window);
            if (note.windows.isEmpty()) {
                changed.add(note);
            }
        }
    }

    private static void belongs(Window window, Note note) {
        note.windows.add(window);
        window.note = note;
    }

    /** To be called at the end of each step. */
    void flush() {
        if (changed.isEmpty()) {
            return;
        }
        for (Note note : changed) {
            if (note.windows.isEmpty()) {
                open.remove(note.accountId, note);
                if (note.stored) {
                    store.put(note.key, null);
                }
            } else if (note.grown) {
                store.put(note.key, value(note));
                note.stored = true;
            }
            note.grown = false;
        }
        changed.clear();
    }

    private byte[] value(Note note) {
        BinaryWriter out = new BinaryWriter(256).format().string(note.accountId);
        for (Window window : note.windows) {
            out.u8(window.size.number())
                    .i64(window.start)
                    .u8(window.page.key.scope().number())
                    .string(window.page.key.scopeId())
                    .i64(window.receipt);
        }
        return out.bytes();
    }

    /** The windows that must be emitted. */
    public List<Unsent> read() {
        List<Unsent> unsent = new ArrayList<>();
        read((window, note) -> unsent.add(window));
        return unsent;
    }

    /**
     * Reads the windows that must be emitted.
     *
     * @param restored takes each before the next one is read: the table forgets a window of which it does not know that
     *     something is still to be done
     */
    void restore(WindowTable table, Consumer<Window> restored) {
        read((unsent, note) -> {
            Window window = table.window(unsent.window());
            window.receipt = unsent.receipt();
            if (window.note == null) {
                belongs(window, note);
                restored.accept(window);
            }
            if (note.windows.isEmpty()) {
                // All of its windows were emitted, and some are held back again: they have another note.
                changed.add(note);
            } else {
                changed.remove(note);
            }
        });
    }

    private void read(BiConsumer<Unsent, Note> each) {
        try (KeyValueIterator<Bytes, byte[]> entries = StoreKeys.under(store, StoreKeys.of(StoreKeys.Kind.NOTE))) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                next = Math.max(next, StoreKeys.reader(entry.key).i64() + 1);
                BinaryReader in = new BinaryReader(entry.value);
                in.format("A note of windows");
                String account = in.string();
                Note note = stored(account, entry.key);
                while (!in.atEnd()) {
                    WindowSize size = WindowCodec.numbered(WindowSize.values(), in.u8());
                    long start = in.i64();
                    Scope scope = WindowCodec.numbered(Scope.values(), in.u8());
                    WindowKey window = new WindowKey(account, scope, in.string(), size, start);
                    each.accept(new Unsent(window, in.i64()), note);
                }
            }
        }
    }

    private static Note stored(String accountId, Bytes key) {
        Note note = new Note(accountId, key);
        note.stored = true;
        return note;
    }
}
