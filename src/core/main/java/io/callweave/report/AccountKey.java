package io.callweave.report;

import java.util.Comparator;

/** An extension or a number of an account. It has an order: callers and senders can choose ids with equal hash codes. */
record AccountKey(String accountId, String id) implements Comparable<AccountKey> {

    private static final Comparator<AccountKey> ORDER =
            Comparator.comparing(AccountKey::accountId).thenComparing(AccountKey::id);

    /** In bytes, as estimated. */
    long weight() {
        return FiguresRoom.weight(id);
    }

    @Override
    public int compareTo(AccountKey other) {
        return ORDER.compare(this, other);
    }
}
