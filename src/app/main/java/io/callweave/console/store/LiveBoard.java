package io.callweave.console.store;

import io.callweave.access.AccountScope;
import io.callweave.console.view.LiveView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The calls that go on, in memory. Thread-safe. */
public final class LiveBoard {

    /** Of the memory, for all accounts. */
    private static final int SHARE = 4;

    /** What a call takes with all that is made of it, as measured, for each byte of its value. */
    private static final int WEIGHT = 8;

    private final Instant since;
    private final long most;

    /** What is {@link #written}, by account; for the thread that writes. */
    private final Map<String, Values> accounts = new HashMap<>();

    /** Bytes of the values of all accounts. */
    private long values;

    private volatile Map<String, LiveView> shown = new ConcurrentHashMap<>();

    /** The same, unless it is being filled again. */
    private volatile Map<String, LiveView> written = shown;

    /** Of an account. */
    private static final class Values {

        /** By the key of the call, the first that came first. */
        private final Map<String, Integer> bytes = new LinkedHashMap<>();

        private long all;
    }

    /** All that go on. */
    public LiveBoard() {
        this(Instant.MIN);
    }

    /** @param since calls without an event since then are not live: their sender was stopped */
    public LiveBoard(Instant since) {
        this(since, Runtime.getRuntime().maxMemory() / SHARE);
    }

    /** @param most bytes of memory: an account can have half of it */
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
        accounts.clear();
    }

    /** Shows what was written since {@link #fill}. */
    public void filled() {
        shown = written;
    }

    /**
     * Keeps the latest value. If all take too much, those that came first of the account with most are forgotten: one account
     * must not fill the memory of all, nor push out the calls of one that has less.
     *
     * @param key accountId/callId
     * @param bytes of the value, and of what is kept of earlier ones
     * @return keys of those that are forgotten
     */
    public List<String> put(String key, LiveView view, int bytes) {
        Values mine = accounts.computeIfAbsent(account(view), added -> new Values());
        count(mine, bytes - Objects.requireNonNullElse(mine.bytes.put(key, bytes), 0));
        written.put(key, view);
        List<String> forgotten = new ArrayList<>();
        while (WEIGHT * mine.all > most / 2) {
            forgotten.add(forget(mine));
        }
        while (WEIGHT * values > most) {
            forgotten.add(forget(Collections.max(accounts.values(), Comparator.comparingLong(each -> each.all))));
        }
        return forgotten;
    }

    private void count(Values ofAccount, long bytes) {
        ofAccount.all += bytes;
        values += bytes;
    }

    private String forget(Values ofAccount) {
        String first = ofAccount.bytes.keySet().iterator().next();
        count(ofAccount, -Objects.requireNonNull(ofAccount.bytes.remove(first)));
        written.remove(first);
        return first;
    }

    /** The latest value that was written; null if there is none. */
    public @Nullable LiveView get(String key) {
        return written.get(key);
    }

    /** The keys of the calls of an account that were written, the first that came first. For the thread that writes. */
    public List<String> keys(String account) {
        Values mine = accounts.get(account);
        return mine == null ? List.of() : List.copyOf(mine.bytes.keySet());
    }

    /** Whether an account has calls that were written. For the thread that writes. */
    public boolean has(String account) {
        return accounts.containsKey(account);
    }

    /** Shows something else of a call that is there. */
    public void replace(String key, LiveView view) {
        written.replace(key, view);
    }

    /** Forgets a call; returns whether it was there. */
    public boolean remove(String key) {
        LiveView gone = written.remove(key);
        if (gone == null) {
            return false;
        }
        accounts.computeIfPresent(account(gone), (account, mine) -> {
            count(mine, -Objects.requireNonNullElse(mine.bytes.remove(key), 0));
            return mine.bytes.isEmpty() ? null : mine;
        });
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
