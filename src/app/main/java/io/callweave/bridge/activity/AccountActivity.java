package io.callweave.bridge.activity;

import io.callweave.bridge.account.Account;
import io.callweave.bridge.account.Connection;
import io.callweave.feedgap.FeedGap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What happened with the notifications of one account since the start. Thread-safe. */
final class AccountActivity {

    private static final long MINUTE_MS = 60_000;

    private final SilenceWatch watch;
    private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();
    private final Map<String, String> artifactProblems = new ConcurrentHashMap<>();
    private volatile double agreement = Double.NaN;
    private volatile Account account;
    private volatile @Nullable ConnectionState connection;
    private volatile @Nullable NamesState names;
    private volatile @Nullable FeedGap lastGap;
    private volatile @Nullable Long lastReceivedAt;
    private volatile @Nullable Long lastLagMs;
    private long minute;
    private long inMinute;
    private long inMinuteBefore;

    AccountActivity(Account account, SilenceWatch watch) {
        this.account = account;
        this.watch = watch;
    }

    /** Takes what is configured now; returns whether its notifications come in another way than before. */
    boolean reconfigure(Account now) {
        String before = transport();
        account = now;
        return !transport().equals(before);
    }

    /** How its notifications come: {@code webhook}, {@code websocket} or {@code pubnub}. */
    String transport() {
        Connection by = account.connection();
        return (by == null ? Connection.Way.WEBHOOK : by.way()).name().toLowerCase(Locale.ROOT);
    }

    /** Whether a bridge fetches its notifications, and this one does not: then nobody here can say how it is. */
    boolean isElsewhere() {
        return account.isFetched() && connection == null;
    }

    void ended(String outcome) {
        outcomes.computeIfAbsent(outcome, name -> new LongAdder()).increment();
    }

    /** @param lagMs null if RingCentral did not say when it sent it */
    void published(long now, @Nullable Long lagMs) {
        watch.heard(now);
        lastReceivedAt = now;
        if (lagMs != null) {
            lastLagMs = lagMs;
        }
        synchronized (this) {
            roll(now);
            inMinute++;
        }
    }

    SilenceWatch watch() {
        return watch;
    }

    /** How its notifications ended, counted by name. */
    Map<String, Long> outcomes() {
        Map<String, Long> counts = new TreeMap<>();
        outcomes.forEach((name, counter) -> counts.put(name, counter.sum()));
        return counts;
    }

    @Nullable
    Long lastReceivedAt() {
        return lastReceivedAt;
    }

    @Nullable
    Long lastLagMs() {
        return lastLagMs;
    }

    /** @param state null if this bridge does not connect it */
    void connection(@Nullable ConnectionState state) {
        connection = state;
    }

    @Nullable
    ConnectionState connection() {
        return connection;
    }

    void names(NamesState state) {
        names = state;
    }

    /** Null if this bridge has not read them. */
    @Nullable
    NamesState names() {
        return names;
    }

    void agreement(double share) {
        agreement = share;
    }

    /** How much of its calls agrees with the Call Log, from 0 to 1; NaN if that is not known. */
    double agreement() {
        return agreement;
    }

    /** Returns whether it is another problem than before; null for none. */
    boolean artifacts(String source, @Nullable String problem) {
        return problem == null
                ? artifactProblems.remove(source) != null
                : !problem.equals(artifactProblems.put(source, problem));
    }

    /** What of recordings, voicemail and insights does not come, as sentences. */
    List<String> artifactProblems() {
        return List.copyOf(new TreeMap<>(artifactProblems).values());
    }

    boolean hasProblem() {
        ConnectionState state = connection;
        return state != null && state.problem() != null;
    }

    void gap(FeedGap gap) {
        lastGap = gap;
    }

    @Nullable
    FeedGap lastGap() {
        return lastGap;
    }

    /** Notifications in the last whole minute. */
    synchronized long perMinute(long now) {
        roll(now);
        return inMinuteBefore;
    }

    private void roll(long now) {
        long current = Math.floorDiv(now, MINUTE_MS);
        if (current > minute) {
            inMinuteBefore = current == minute + 1 ? inMinute : 0;
            inMinute = 0;
            minute = current;
        }
    }
}
