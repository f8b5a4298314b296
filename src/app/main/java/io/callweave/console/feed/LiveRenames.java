package io.callweave.console.feed;

import io.callweave.console.store.LiveBoard;
import io.callweave.console.view.LiveView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Live calls keep the labels that they were read with: makes them again when the directory has changed, in small parts between
 * the records that come. The names of one account must not keep the calls of the others waiting. Used by one thread.
 */
final class LiveRenames {

    /** From one round to the next. */
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long PART_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** Extensions that changed of an account; if there are as many, all count as changed. */
    private static final int MOST = 1_000;

    private final LiveBoard live;
    private final KnownNames names;
    private final LongSupplier nanoTime;

    /** By account, extensions that changed since the last round began. */
    private Map<String, Set<String>> changed = new HashMap<>();

    /** Those of this round. */
    private Map<String, Set<String>> round = Map.of();

    /** The keys of calls that are still to be looked at. */
    private final Deque<String> calls = new ArrayDeque<>();

    private long beganAt;

    LiveRenames(LiveBoard live, KnownNames names, LongSupplier nanoTime) {
        this.live = live;
        this.names = names;
        this.nanoTime = nanoTime;
        beganAt = nanoTime.getAsLong() - PAUSE_NANOS;
    }

    /** @param key accountId/extensionId */
    void changed(String key) {
        int slash = key.indexOf('/');
        String account = key.substring(0, Math.max(slash, 0));
        if (live.has(account)) {
            Set<String> ofAccount = changed.computeIfAbsent(account, added -> new HashSet<>());
            if (ofAccount.size() < MOST) {
                ofAccount.add(key.substring(slash + 1));
            }
        }
    }

    /** Whether a round goes on. */
    boolean hasMore() {
        return !calls.isEmpty();
    }

    /** Makes the next calls again; returns those that are not as they were. */
    List<LiveView> next() {
        long now = nanoTime.getAsLong();
        if (calls.isEmpty() && !changed.isEmpty() && now - beganAt >= PAUSE_NANOS) {
            beganAt = now;
            round = changed;
            changed = new HashMap<>();
            round.keySet().forEach(account -> calls.addAll(live.keys(account)));
        }
        List<LiveView> made = new ArrayList<>();
        while (!calls.isEmpty() && nanoTime.getAsLong() - now < PART_NANOS) {
            String key = calls.remove();
            LiveView view = live.get(key);
            if (view != null && isChanged(view)) {
                LiveView renamed = view.renamed(names);
                if (!renamed.equals(view)) {
                    live.replace(key, renamed);
                    made.add(renamed);
                }
            }
        }
        return made;
    }

    private boolean isChanged(LiveView view) {
        Set<String> ofAccount = round.getOrDefault(view.call().accountId(), Set.of());
        return ofAccount.size() == MOST || view.names(ofAccount::contains);
    }
}
