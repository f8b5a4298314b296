package io.callweave.topology.state;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is kept in memory of a store: the values that were used last, bounded by number and by weight, because one hostile
 * session can weigh as much as thousands of real ones. The value that was used last always stays.
 */
public final class RecentlyUsed<K, V> {

    private final int mostValues;
    private final LongSupplier mostWeight;
    private final ToLongFunction<V> weigher;
    private final Predicate<V> stays;
    private final Map<K, Weighed<V>> values = new LinkedHashMap<>(16, 0.75f, true);
    private long weight;

    private record Weighed<V>(V value, long weight) {}

    public RecentlyUsed(int mostValues, LongSupplier mostWeight, ToLongFunction<V> weigher) {
        this(mostValues, mostWeight, weigher, value -> false);
    }

    /**
     * Keeps nothing yet.
     *
     * @param mostWeight can change; what is too much then goes when the next value is put
     * @param stays whether a value must not be dropped now, however much there is
     */
    public RecentlyUsed(int mostValues, LongSupplier mostWeight, ToLongFunction<V> weigher, Predicate<V> stays) {
        this.mostValues = mostValues;
        this.mostWeight = mostWeight;
        this.weigher = weigher;
        this.stays = stays;
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
        trim(mostWeight.getAsLong());
    }

    /** Drops what is more than this weight, or too many. */
    public void trim(long most) {
        if (values.size() <= mostValues && weight <= most) {
            return;
        }
        Iterator<Weighed<V>> eldest = values.values().iterator();
        for (int others = values.size() - 1; others > 0 && (values.size() > mostValues || weight > most); others--) {
            Weighed<V> next = eldest.next();
            if (!stays.test(next.value())) {
                weight -= next.weight();
                eldest.remove();
            }
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
