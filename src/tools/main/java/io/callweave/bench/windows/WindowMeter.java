package io.callweave.bench.windows;

import io.callweave.bench.windows.WindowCosts.Part;
import io.callweave.metrics.Scope;
import io.callweave.topology.message.StageOutput;
import io.callweave.topology.state.StoreKeys;
import io.callweave.topology.windows.WindowStore;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Adds up {@link WindowCosts}. */
final class WindowMeter {

    private final Map<Scope, Part> byScope = new EnumMap<>(Scope.class);
    private Part calls = Part.NOTHING;

    void written(Bytes key, byte @Nullable [] value) {
        add(scopeOf(key), new Part(0, 0, 0, 1, length(key, value)));
    }

    void givenOut(StageOutput output) {
        if (output instanceof StageOutput.WindowUpdate update) {
            int key = update.key().getBytes(StandardCharsets.UTF_8).length;
            int value = update.json() == null ? 0 : update.json().length;
            add(update.window().scope(), new Part(0, 1, key + value, 0, 0));
        }
    }

    /** The sum so far, with the current content of the store. */
    WindowCosts costs(KeyValueStore<Bytes, byte[]> store) {
        WindowMeter all = new WindowMeter();
        all.byScope.putAll(byScope);
        all.calls = calls;
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                all.add(scopeOf(entry.key), new Part(length(entry.key, entry.value), 0, 0, 0, 0));
            }
        }
        for (Scope scope : Scope.values()) {
            all.add(scope, Part.NOTHING);
        }
        return new WindowCosts(all.byScope, all.calls);
    }

    private void add(@Nullable Scope scope, Part part) {
        if (scope == null) {
            calls = calls.plus(part);
        } else {
            byScope.merge(scope, part, Part::plus);
        }
    }

    /** Null for a key that belongs to no window. */
    private static @Nullable Scope scopeOf(Bytes key) {
        return switch (StoreKeys.kindOf(key)) {
            case WINDOW -> WindowStore.windowOf(key).scope();
            case PAGE -> WindowStore.scopeOfPage(key);
            default -> null;
        };
    }

    private static int length(Bytes key, byte @Nullable [] value) {
        return key.get().length + (value == null ? 0 : value.length);
    }
}
