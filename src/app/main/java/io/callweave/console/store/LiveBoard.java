package io.callweave.console.store;

import io.callweave.access.AccountScope;
import io.callweave.console.view.LiveView;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The calls that go on, in memory. Thread-safe. */
public final class LiveBoard {

    /** Of the memory, for all accounts. */
    private static final int SHARE = 4;

    /** What a call takes with all that is made of it, as measured, for each byte of its value. */
    private static final int WEIGHT = 8;

    private final Instant since;
    private final long most;

    /** Bytes of the values of all accounts. */
    private long values;

    /** Bytes of the values that are {@link #written}, by account and by key; for the thread that writes. */
    private final Map<String, Long> ofAccounts = new HashMap<>();

    private final Map<String, Integer> ofCalls = new HashMap<>();
    private volatile Map<String, LiveView> shown = new ConcurrentHashMap<>();

    /** The same, unless it is being filled again. */
    private volatile Map<String, LiveView> written = shown;

    /** All that go on. */
    public LiveBoard() {
        this(Instant.MIN);
    }

    /** @param since calls without an event since then are not live: their sender was stopped */
    public LiveBoard(Instant since) {
        this(since, Runtime.getRuntime().maxMemory() / SHARE);
    }

    /** @param most bytes of memory: an account can have half of what the others leave */
    LiveBoard(Instant since, long most) {
        this.since = since;
        this.most = most;
    }

    /** Whether a call is live that was last heard of then. */
    public boolean takes(Instant newsAt) {
        return !newsAt.isBefore(since);
    }

    /** Begins to fill it again: until that is done, what was there is shown, and all that is written goes beside it. */
    public void fill() {
        written = new ConcurrentHashMap<>();
        values = 0;
        ofAccounts.clear();
        ofCalls.clear();
    }

    /** Shows what was written since {@link #fill}. */
    public void filled() {
        shown = written;
    }

    /**
     * Keeps the latest value, unless those of its account would take too much: one account must not fill the memory of all.
     *
     * @param key accountId/callId
     * @param bytes of the value
     * @return whether it did
     */
    public boolean put(String key, LiveView view, int bytes) {
        String account = account(view);
        long before = ofAccounts.getOrDefault(account, 0L);
        long now = before - ofCalls.getOrDefault(key, 0) + bytes;
        if (WEIGHT * now > (most - WEIGHT * (values - before)) / 2) {
            return false;
        }
        values += now - before;
        ofAccounts.put(account, now);
        ofCalls.put(key, bytes);
        written.put(key, view);
        return true;
    }

    /** The latest value that was written; null if there is none. */
    public @Nullable LiveView get(String key) {
        return written.get(key);
    }

    /**
     * Replaces values.
     *
     * @param changed makes the new value of one; the same one if nothing changes
     * @return those that changed, by key
     */
    public Map<String, LiveView> replace(UnaryOperator<LiveView> changed) {
        Map<String, LiveView> replaced = new TreeMap<>();
        written.replaceAll((key, view) -> {
            LiveView made = changed.apply(view);
            if (made.equals(view)) {
                return view;
            }
            replaced.put(key, made);
            return made;
        });
        return replaced;
    }

    /** Forgets a call; returns whether it was there. */
    public boolean remove(String key) {
        LiveView gone = written.remove(key);
        if (gone == null) {
            return false;
        }
        Integer bytes = ofCalls.remove(key);
        if (bytes != null) {
            ofAccounts.merge(account(gone), -(long) bytes, Long::sum);
            values -= bytes;
        }
        return true;
    }

    /** How many there are, of all accounts. */
    public int size() {
        return shown.size();
    }

    /** Those that somebody may see, the latest start first. */
    public List<LiveView> all(AccountScope scope, @Nullable String account) {
        return shown.values().stream()
                .filter(view -> scope.covers(account(view)) && (account == null || account.equals(account(view))))
                .sorted(Comparator.comparingLong((LiveView view) -> view.call().startTime())
                        .reversed())
                .toList();
    }

    /** One of them; empty if there is none, or if it may not be seen. */
    public Optional<LiveView> find(AccountScope scope, String account, String call) {
        return scope.covers(account) ? Optional.ofNullable(shown.get(account + "/" + call)) : Optional.empty();
    }

    /** The accounts of live calls that somebody may see. */
    public Set<String> accounts(AccountScope scope) {
        Set<String> accounts = new TreeSet<>();
        shown.values().stream().map(LiveBoard::account).filter(scope::covers).forEach(accounts::add);
        return accounts;
    }

    private static String account(LiveView view) {
        return view.call().accountId();
    }
}
