package io.callweave.console.store;

import io.callweave.access.AccountScope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * Those who ask for the same at the same time wait for one of them. Keeps what was found, so that looking takes a twentieth of the time: half a million calls of a day take half a second. For ten
 * seconds at most, because the time that it took can be that of waiting for a reader. What needs much memory is looked for again.
 */
public final class RecentlyFound<T> {

    private static final int REST = 20;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int MOST = 200;

    /** Of all that is kept, in bytes. */
    static final long MOST_WEIGHT = 8L << 20;

    /** The oldest first. */
    private final Map<Key, Found<T>> all = new LinkedHashMap<>();

    private final BiFunction<AccountScope, ListFilter, T> look;
    private final ToLongFunction<T> weight;
    private final LongSupplier nanoTime;

    /**
     * Has found nothing yet.
     *
     * @param look asks the store
     * @param weight how much memory one needs, in bytes
     * @param nanoTime as that of the system
     */
    public RecentlyFound(
            BiFunction<AccountScope, ListFilter, T> look, ToLongFunction<T> weight, LongSupplier nanoTime) {
        this.look = look;
        this.weight = weight;
        this.nanoTime = nanoTime;
    }

    private record Key(AccountScope scope, ListFilter filter) {}

    /** Until it is found, it weighs nothing. */
    private static final class Found<T> {

        private final CompletableFuture<T> found = new CompletableFuture<>();
        private long until;
        private long weight;

        private boolean isKept(long now) {
            return !found.isDone() || now - until < 0;
        }
    }

    /** About as much memory as a text and what refers to it need, in bytes. */
    static long weight(String text) {
        return 100 + 2L * text.length();
    }

    /** What the store knew a moment ago. */
    public T of(AccountScope scope, ListFilter filter) {
        Key key = new Key(scope, filter);
        long now = nanoTime.getAsLong();
        Found<T> mine = new Found<>();
        Found<T> known;
        synchronized (all) {
            known = all.compute(key, (same, kept) -> kept != null && kept.isKept(now) ? kept : mine);
        }
        if (known == mine) {
            look(key, now, mine);
        }
        try {
            return known.found.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failed ? failed : e;
        }
    }

    private void look(Key key, long began, Found<T> mine) {
        try {
            T found = look.apply(key.scope, key.filter);
            long end = nanoTime.getAsLong();
            synchronized (all) {
                mine.weight = weight.applyAsLong(found);
                mine.until = end + Math.min(REST * (end - began), LONGEST_NANOS);
                mine.found.complete(found);
                all.remove(key);
                if (mine.weight <= MOST_WEIGHT) {
                    all.put(key, mine);
                    makeRoom(key);
                }
            }
        } catch (RuntimeException | Error e) {
            synchronized (all) {
                all.remove(key);
            }
            mine.found.completeExceptionally(e);
        }
    }

    /** Who asks for much loses what it asked for before, and others keep theirs. */
    private void makeRoom(Key asked) {
        while (all.size() > MOST
                || all.values().stream().mapToLong(each -> each.weight).sum() > MOST_WEIGHT) {
            Key gone = null;
            for (Map.Entry<Key, Found<T>> each : all.entrySet()) {
                boolean own = each.getKey().scope.equals(asked.scope)
                        && !each.getKey().equals(asked);
                if (each.getValue().found.isDone() && (gone == null || own)) {
                    gone = each.getKey();
                    if (own) {
                        break;
                    }
                }
            }
            all.remove(gone);
        }
    }
}
