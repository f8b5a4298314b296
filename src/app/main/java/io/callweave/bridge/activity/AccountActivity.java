package io.callweave.bridge.activity;

import io.callweave.feedgap.FeedGap;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What happened at one account's path since the start. Thread-safe. */
final class AccountActivity {

    private static final long MINUTE_MS = 60_000;

    private final SilenceWatch watch;
    private final Map<Answer, LongAdder> answers = new EnumMap<>(Answer.class);
    private volatile @Nullable ConnectionState connection;
    private volatile @Nullable FeedGap lastGap;
    private volatile @Nullable Long lastReceivedAt;
    private volatile @Nullable Long lastLagMs;
    private long minute;
    private long inMinute;
    private long inMinuteBefore;

    AccountActivity(SilenceWatch watch) {
        this.watch = watch;
        for (Answer answer : Answer.values()) {
            answers.put(answer, new LongAdder());
        }
    }

    void answered(Answer answer) {
        LongAdder counter = answers.get(answer);
        if (counter != null) {
            counter.increment();
        }
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

    long count(Answer answer) {
        LongAdder counter = answers.get(answer);
        return counter == null ? 0 : counter.sum();
    }

    @Nullable
    Long lastReceivedAt() {
        return lastReceivedAt;
    }

    @Nullable
    Long lastLagMs() {
        return lastLagMs;
    }

    void connection(ConnectionState state) {
        connection = state;
    }

    @Nullable
    ConnectionState connection() {
        return connection;
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
