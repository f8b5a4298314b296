package io.callweave.bridge.audit;

import io.callweave.audit.Audit;
import io.callweave.audit.CallHere;
import io.callweave.audit.LogEntry;
import io.callweave.bridge.account.Privacy;
import io.callweave.bridge.privacy.PersonalDataMasker;
import io.callweave.feedgap.FeedGapJson;
import io.callweave.record.ExcludedCalls;
import io.callweave.ringcentral.calllog.CallLogReader;
import io.callweave.value.JsonLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Reads the Call Log and the calls of a period, and compares them. Needs memory for what is compared of each call. */
public final class Auditor {

    /** A session that starts in the period can start a little earlier or later in the log. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private final ExcludedCalls excluded;
    private final PersonalDataMasker masker;
    private final Duration settle;
    private final Set<String> named;
    private final long mostMemory;

    /**
     * @param excluded calls that nobody may see: they are not compared
     * @param masker does to the log what was done to the calls
     * @param settle how long after its end a call is compared
     * @param named accounts that may be named in comparisons of others
     */
    public Auditor(ExcludedCalls excluded, PersonalDataMasker masker, Duration settle, Set<String> named) {
        this(excluded, masker, settle, named, HeapShare.quarter());
    }

    /** @param mostMemory of the log, and of the calls, in bytes */
    Auditor(ExcludedCalls excluded, PersonalDataMasker masker, Duration settle, Set<String> named, long mostMemory) {
        this.mostMemory = mostMemory;
        this.excluded = excluded;
        this.masker = masker;
        this.settle = settle;
        this.named = Set.copyOf(named);
    }

    /**
     * Where the calls are.
     *
     * @param <E> what goes wrong
     */
    @FunctionalInterface
    public interface Source<E extends Exception> {

        /**
         * Shows records of calls in any order, of any accounts and with any revisions.
         *
         * @param from calls that start earlier may be left out, in milliseconds since the epoch
         * @param taker says whether it was one
         */
        void read(long from, Taker taker) throws E;
    }

    /** Takes a record of a call; returns whether it was one. */
    @FunctionalInterface
    public interface Taker {
        boolean take(byte[] value);
    }

    /** A period, in milliseconds since the epoch; the end is not part of it. */
    public record Period(long from, long to) {}

    /**
     * Both sides of a period, as far as they may be seen.
     *
     * @param elsewhere the accounts of calls of other accounts that the log has, by session
     */
    public record Sides(String account, List<LogEntry> entries, List<CallHere> calls, Map<String, String> elsewhere) {}

    /**
     * Reads both sides.
     *
     * @param privacy of the account
     * @param log of the account
     * @param progress hears how many entries were read
     */
    public <E extends Exception> Sides read(
            String account, Privacy privacy, Period period, CallLogReader log, Source<E> calls, LongConsumer progress)
            throws E, InterruptedException {
        List<LogEntry> entries = new ArrayList<>();
        HeapShare ofLog = new HeapShare("The records of the Call Log", mostMemory);
        log.read(
                Instant.ofEpochMilli(period.from()).minus(MARGIN),
                Instant.ofEpochMilli(period.to()).plus(MARGIN),
                read -> {
                    LogEntry entry = masked(account, privacy, read);
                    if (entry != null && !isExcluded(account, entry)) {
                        LogEntry kept = entry.withoutRaw();
                        ofLog.take(kept.memory());
                        entries.add(kept);
                        progress.accept(entries.size());
                    }
                });
        CallsHere here = new CallsHere(
                account, period, Audit.sessions(entries), excluded, named, new HeapShare("The calls", mostMemory));
        calls.read(period.from(), here::take);
        Set<String> hidden = here.hidden();
        entries.removeIf(entry -> hidden.contains(String.valueOf(entry.telephonySessionId())));
        return new Sides(account, entries, here.calls(), here.elsewhere());
    }

    /**
     * Compares the sessions that start in a period.
     *
     * @param period all of it was read
     * @param read when, which decides what had settled then
     * @param gaps in which notifications may be missing
     */
    public Audit compare(Sides sides, Period period, Instant read, List<FeedGapJson.Span> gaps) {
        return Audit.of(
                new Audit.Question(
                        sides.account(),
                        period.from(),
                        period.to(),
                        read.minus(settle).toEpochMilli(),
                        gaps,
                        sides.elsewhere()),
                sides.calls(),
                sides.entries());
    }

    private @Nullable LogEntry masked(String account, Privacy privacy, LogEntry entry) {
        if (privacy == Privacy.NONE) {
            return entry;
        }
        try {
            byte[] record = entry.raw().toString().getBytes(StandardCharsets.UTF_8);
            return LogEntry.of(JsonLimits.tree(masker.notification(privacy, account, record)));
        } catch (IOException e) {
            throw new IllegalStateException("An entry of the log could not be masked.", e);
        }
    }

    private boolean isExcluded(String account, LogEntry entry) {
        return !excluded.isEmpty()
                && excluded.excludes(account, entry.raw().toString().getBytes(StandardCharsets.UTF_8));
    }
}
