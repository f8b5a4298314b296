package io.callweave.deliver.post;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What the webhooks of accounts take of the memory. An account that has much there waits until some of it has left; one that has
 * nothing there does not wait for the others. Thread-safe.
 */
final class AccountMemory {

    /** Of what an account can have, for what waits and is not posted yet. */
    private static final int PART_OF_ONE = 4;

    private static final int PART_OF_ALL = 2;

    private final long mostOfOne;
    private final long mostOfAll;

    /** Bytes, by account. */
    private final Map<String, Long> held = new HashMap<>();

    /** What waits for room, by account; the first is the next. */
    private final Map<String, Queue<Wish>> waiting = new LinkedHashMap<>();

    private long heldByAll;

    /** Whether a thread gives room to what waits. What that drops again at once must not begin the same inside of it: thousands can be dropped. */
    private boolean granting;

    private record Wish(long bytes, Runnable then) {}

    /**
     * @param mostOfOne bytes with which an account waits
     * @param mostOfAll bytes of all with which each account waits that has some
     */
    AccountMemory(long mostOfOne, long mostOfAll) {
        this.mostOfOne = mostOfOne;
        this.mostOfAll = mostOfAll;
    }

    /** Something of an account is in memory from now on, until it is {@linkplain #drop dropped}. */
    synchronized void hold(String account, long bytes) {
        held.merge(account, bytes, Long::sum);
        heldByAll += bytes;
    }

    /** The same, if it may be there before it is needed. What nobody waits for leaves room for what is posted. */
    synchronized boolean keep(String account, long bytes) {
        if (held.getOrDefault(account, 0L) + bytes > mostOfOne / PART_OF_ONE
                || heldByAll + bytes > mostOfAll / PART_OF_ALL) {
            return false;
        }
        hold(account, bytes);
        return true;
    }

    /** The same as soon as there is room, behind the others of its account. */
    void await(String account, long bytes, Runnable then) {
        synchronized (this) {
            waiting.computeIfAbsent(account, key -> new ArrayDeque<>()).add(new Wish(bytes, then));
        }
        grant();
    }

    void drop(String account, long bytes) {
        synchronized (this) {
            held.compute(account, (key, all) -> all == null || all == bytes ? null : (Long) (all - bytes));
            heldByAll -= bytes;
        }
        grant();
    }

    private void grant() {
        synchronized (this) {
            if (granting) {
                return;
            }
            granting = true;
        }
        for (Wish next = next(); next != null; next = next()) {
            boolean done = false;
            try {
                next.then.run();
                done = true;
            } finally {
                if (!done) {
                    ends();
                }
            }
        }
    }

    private synchronized void ends() {
        granting = false;
    }

    /** Null if nothing has room; then nobody is granting any more. */
    private synchronized @Nullable Wish next() {
        String account =
                waiting.keySet().stream().filter(this::hasRoom).findFirst().orElse(null);
        if (account == null) {
            granting = false;
            return null;
        }
        Queue<Wish> wishes = Objects.requireNonNull(waiting.remove(account));
        Wish wish = wishes.remove();
        if (!wishes.isEmpty()) {
            waiting.put(account, wishes);
        }
        hold(account, wish.bytes);
        return wish;
    }

    private boolean hasRoom(String account) {
        Long own = held.get(account);
        return own == null || (own < mostOfOne && heldByAll < mostOfAll);
    }
}
