package io.callweave.topology.windows;

import io.callweave.metrics.Scope;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A subject and a day. Each call looks up several pages, so a key computes its hash code only once, unlike a record. */
final class PageKey implements Comparable<PageKey> {

    private static final Comparator<PageKey> ORDER = Comparator.comparing(PageKey::scopeId)
            .thenComparing(PageKey::accountId)
            .thenComparingLong(PageKey::day)
            .thenComparing(PageKey::scope);

    private final String accountId;
    private final Scope scope;
    private final String scopeId;
    private final long day;
    private final int hash;

    /** @param day of UTC, since the epoch */
    PageKey(String accountId, Scope scope, String scopeId, long day) {
        this.accountId = accountId;
        this.scope = scope;
        this.scopeId = scopeId;
        this.day = day;
        int ids = 31 * accountId.hashCode() + scopeId.hashCode();
        this.hash = 31 * (31 * ids + scope.number()) + Long.hashCode(day);
    }

    String accountId() {
        return accountId;
    }

    Scope scope() {
        return scope;
    }

    String scopeId() {
        return scopeId;
    }

    long day() {
        return day;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PageKey key
                && hash == key.hash
                && day == key.day
                && scope == key.scope
                && scopeId.equals(key.scopeId)
                && accountId.equals(key.accountId);
    }

    /** Senders choose ids, and can choose equal hash codes. */
    @Override
    public int compareTo(PageKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
