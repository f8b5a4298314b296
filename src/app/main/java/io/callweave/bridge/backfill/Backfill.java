package io.callweave.bridge.backfill;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.audit.LogEntry;
import io.callweave.bridge.Intake;
import io.callweave.bridge.IntakeOutcome;
import io.callweave.bridge.Owner;
import io.callweave.bridge.Receipt;
import io.callweave.bridge.audit.HeapShare;
import io.callweave.feedgap.FeedGapJson;
import io.callweave.ringcentral.RingCentralException;
import io.callweave.ringcentral.calllog.CallLogReader;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicReader;
import io.callweave.value.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Reads the Call Log of a period, and has what it says kept as notifications, of all calls but those that were seen whole or are
 * closed. What is written twice counts once, so it can be stopped and begun again at any time.
 */
public final class Backfill {

    /** Of the records that it writes. */
    private static final String TRANSPORT = "callLog";

    /** INFER: most calls that a gap cuts began not longer before it. */
    private static final Duration LONGEST_CALL = Duration.ofHours(1);

    /** Notifications that are not safe yet. */
    private static final int MOST_UNSAFE = 200;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final TopicReader topics;
    private final String prefix;
    private final Intake ours;
    private final BackfillTimes times;
    private final InstantSource clock;

    /** Bytes of what is known of all accounts whose calls are brought. */
    private final AtomicLong memory = new AtomicLong();

    /** What became of a record of the Call Log. */
    public enum Fate {
        /** It goes to the calls. */
        WRITTEN,
        /** Its call shows it already. */
        KNOWN,
        /** Its call was seen whole. */
        WHOLE,
        /** Its call can no longer change. */
        CLOSED,
        /** Its call goes on, as far as the log says. */
        RUNNING,
        /** Its call ended a moment ago: the log still changes. */
        SETTLING,
        /** It is about no telephony session, such as a fax that was sent. */
        NO_SESSION
    }

    /**
     * What was done.
     *
     * @param records of the Call Log, by what became of them
     */
    public record Result(Map<Fate, Long> records, int requests) {

        public long of(Fate fate) {
            return records.getOrDefault(fate, 0L);
        }
    }

    /**
     * Makes one.
     *
     * @param prefix of the topics
     * @param ours takes what only we write
     */
    public Backfill(TopicReader topics, String prefix, Intake ours, BackfillTimes times, InstantSource clock) {
        this.topics = topics;
        this.prefix = prefix;
        this.ours = ours;
        this.times = times;
        this.clock = clock;
    }

    /** The time in which calls begin that a gap can cut. */
    public static FeedGapJson.Span period(FeedGapJson.Span gap) {
        return new FeedGapJson.Span(gap.accountId(), gap.from() - LONGEST_CALL.toMillis(), gap.to());
    }

    /**
     * Joins gaps of one account whose periods meet: a feed that loses something every second would else be read as often. No
     * joined gap is longer than a call takes, unless one of its gaps is.
     */
    static List<FeedGapJson.Span> joined(Collection<FeedGapJson.Span> gaps) {
        List<FeedGapJson.Span> joined = new ArrayList<>();
        for (FeedGapJson.Span gap : gaps.stream()
                .sorted(Comparator.comparingLong(FeedGapJson.Span::from))
                .toList()) {
            FeedGapJson.Span last = joined.isEmpty() ? gap : joined.get(joined.size() - 1);
            if (!joined.isEmpty() && gap.to() - last.from() <= LONGEST_CALL.toMillis()) {
                joined.remove(joined.size() - 1);
                joined.add(new FeedGapJson.Span(gap.accountId(), last.from(), Math.max(last.to(), gap.to())));
            } else {
                joined.add(gap);
            }
        }
        return joined;
    }

    /**
     * Brings the calls that begin in a period. Thread-safe.
     *
     * @param owner of what is written
     * @param log of the account
     * @param writes false only to count
     * @param progress hears of each record that was read
     * @throws RuntimeException if RingCentral or Kafka refuse it; one sentence
     */
    public Result bring(
            Owner owner, FeedGapJson.Span period, CallLogReader log, boolean writes, Consumer<LogEntry> progress)
            throws InterruptedException {
        String account = period.accountId();
        HeapShare share;
        KnownCalls known;
        synchronized (memory) { // a consumer needs much of it, too
            share = new HeapShare("The calls", HeapShare.quarter() - memory.get());
            known = new KnownCalls(times, clock.millis(), share);
            try {
                known.read(topics, Topic.CALLS.name(prefix), account, period.from(), period.to());
            } catch (RingCentralException tooMuch) {
                if (memory.get() > 0) {
                    throw new IllegalStateException("Calls of other accounts take up the memory.", tooMuch);
                }
                throw tooMuch;
            }
            memory.addAndGet(share.bytes());
        }
        try {
            Map<Fate, Long> fates = new EnumMap<>(Fate.class);
            Semaphore room = new Semaphore(MOST_UNSAFE);
            AtomicBoolean failed = new AtomicBoolean();
            Instant from = Instant.ofEpochMilli(period.from());
            Instant to = Instant.ofEpochMilli(period.to());
            CallLogReader.Took took = log.<InterruptedException>read(from, to, entry -> {
                Fate fate = known.fate(entry);
                fates.merge(fate, 1L, Long::sum);
                progress.accept(entry);
                if (fate == Fate.WRITTEN && writes) {
                    room.acquire();
                    var unused = keep(account, owner, entry).whenComplete((outcome, failure) -> {
                        failed.compareAndSet(false, failure != null || !outcome.isSettled());
                        room.release();
                    });
                }
            });
            room.acquire(MOST_UNSAFE);
            if (failed.get()) {
                throw new IllegalStateException(
                        "Not all records of the Call Log could be kept; they come with the next try.");
            }
            return new Result(fates, took.requests());
        } finally {
            memory.addAndGet(-share.bytes());
        }
    }

    private CompletableFuture<IntakeOutcome> keep(String account, Owner owner, LogEntry entry) {
        long now = clock.millis();
        return ours.accept(owner, notification(account, entry, now), new Receipt(TRANSPORT, now, TRANSPORT));
    }

    /** What RingCentral would send if it had such an event. */
    private static byte[] notification(String account, LogEntry entry, long now) {
        ObjectNode envelope = JSON.createObjectNode()
                .put("uuid", UUID.randomUUID().toString())
                .put("event", "/restapi/v1.0/account/" + account + "/call-log/" + entry.id())
                .put("timestamp", Timestamps.iso(now));
        envelope.set("body", entry.raw());
        return envelope.toString().getBytes(StandardCharsets.UTF_8);
    }
}
