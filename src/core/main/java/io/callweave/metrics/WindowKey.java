package io.callweave.metrics;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One window of one scope. Each call looks up its windows in several tables, so a key computes its hash code only once,
 * unlike a record. Keys have an order because senders choose ids, and can choose equal hash codes.
 */
public final class WindowKey implements Comparable<WindowKey> {

    private static final Comparator<WindowKey> ORDER = Comparator.comparing(WindowKey::scopeId)
            .thenComparing(WindowKey::accountId)
            .thenComparingLong(WindowKey::start)
            .thenComparing(WindowKey::size)
            .thenComparing(WindowKey::scope);

    private final String accountId;
    private final Scope scope;
    private final String scopeId;
    private final WindowSize size;
    private final long start;
    private final int hash;

    /** @param start in milliseconds since the epoch */
    public WindowKey(String accountId, Scope scope, String scopeId, WindowSize size, long start) {
        this.accountId = accountId;
        this.scope = scope;
        this.scopeId = scopeId;
        this.size = size;
        this.start = start;
        int ids = 31 * accountId.hashCode() + scopeId.hashCode();
        this.hash = 31 * (31 * (31 * ids + scope.number()) + size.number()) + Long.hashCode(start);
    }

    public String accountId() {
        return accountId;
    }

    public Scope scope() {
        return scope;
    }

    public String scopeId() {
        return scopeId;
    }

    public WindowSize size() {
        return size;
    }

    /** In milliseconds since the epoch. */
    public long start() {
        return start;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof WindowKey key
                        && hash == key.hash
                        && start == key.start
                        && size == key.size
                        && scope == key.scope
                        && scopeId.equals(key.scopeId)
                        && accountId.equals(key.accountId));
    }

    @Override
    public int compareTo(WindowKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return accountId + "/" + scope + "/" + scopeId + "/" + size + "/" + start;
    }
}
