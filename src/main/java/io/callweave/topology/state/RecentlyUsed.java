package io.callweave.topology.state;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is kept in memory of a store: the values that were used last, bounded by number and by weight, because one hostile
 * session can weigh as much as thousands of real ones. All stay until {@link #trim}, and the one that was put last after that.
 */
public final class RecentlyUsed<K, V> {

    private final int mostValues;
    private final LongSupplier mostWeight;
    private final ToLongFunction<V> weigher;
    private final Map<K, Weighed<V>> values = new LinkedHashMap<>(16, 0.75f, true);
    private long weight;

    private record Weighed<V>(V value, long weight) {}

    /** @param mostWeight can change; what is too much goes with the next {@link #trim} */
    public RecentlyUsed(int mostValues, LongSupplier mostWeight, ToLongFunction<V> weigher) {
        this.mostValues = mostValues;
        this.mostWeight = mostWeight;
        this.weigher = weigher;
    }

    @Nullable
    public V get(K key) {
        Weighed<V> known = values.get(key);
        return known == null ? null : known.value();
    }

    /** Puts a value, or updates its size after it has changed. */
    public void put(K key, V value) {
        Weighed<V> now = new Weighed<>(value, weigher.applyAsLong(value));
        Weighed<V> before = values.put(key, now);
        weight += now.weight() - (before == null ? 0 : before.weight());
    }

    /** Drops what is too much. The values must be in the store. */
    public void trim() {
        long most = mostWeight.getAsLong();
        if (values.size() <= mostValues && weight <= most) {
            return;
        }
        Iterator<Weighed<V>> eldest = values.values().iterator();
        while ((values.size() > mostValues || weight > most) && values.size() > 1) {
            weight -= eldest.next().weight();
            eldest.remove();
        }
    }

    public void remove(K key) {
        Weighed<V> removed = values.remove(key);
        weight -= removed == null ? 0 : removed.weight();
    }

    int size() {
        return values.size();
    }
}
