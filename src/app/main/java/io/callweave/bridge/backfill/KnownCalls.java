package io.callweave.bridge.backfill;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.audit.LogEntry;
import io.callweave.bridge.audit.HeapShare;
import io.callweave.record.RecordHead;
import io.callweave.ringcentral.RingCentralException;
import io.callweave.topics.Headers;
import io.callweave.topics.TopicReader;
import io.callweave.value.JsonLimits;
import io.callweave.value.Timestamps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What is on the topic of calls about the sessions of an account and a period: of which of them the Call Log would say something
 * new. Needs memory for the ids of these sessions.
 */
final class KnownCalls {

    /** A session that begins in the period can be of a call that began so long before. */
    private static final long LONGEST_CALL_MS = Duration.ofDays(1).toMillis();

    /** Clocks of RingCentral and Kafka differ. */
    private static final long CLOCKS_MS = Duration.ofHours(1).toMillis();

    private static final String BACKFILLED = "backfilled";
    private static final String COMPLETE = "complete";

    /** In bytes, without ids; about. */
    private static final int CALL = 400;

    private static final int ID = 150;

    private final BackfillTimes times;
    private final long now;
    private final HeapShare share;
    private final Map<String, Known> newest = new HashMap<>();
    private final Map<String, Known> bySession = new HashMap<>();

    /**
     * The newest record of a call.
     *
     * @param missing sessions; none if it is complete, as {@code log}
     * @param log when each log record that it shows was last modified, by id
     * @param changedAt receipt of its last event, or of the first log record if it has none, in milliseconds since the epoch
     */
    private record Known(
            RecordHead head, Set<String> sessions, Set<String> missing, Map<String, Long> log, long changedAt) {

        /** In bytes; about. */
        long memory() {
            return CALL
                    + Stream.of(sessions, missing, log.keySet())
                            .flatMap(Set::stream)
                            .mapToLong(id -> ID + 2L * id.length())
                            .sum();
        }
    }

    /**
     * Without any calls yet.
     *
     * @param share counts what is kept
     */
    KnownCalls(BackfillTimes times, long now, HeapShare share) {
        this.times = times;
        this.now = now;
        this.share = share;
    }

    /**
     * Reads them.
     *
     * @param topic of calls
     * @param from calls that begin then or later, in milliseconds since the epoch, as {@code to}
     * @throws RingCentralException if they need more than the share
     */
    void read(TopicReader topics, String topic, String account, long from, long to) {
        byte[] prefix = (account + "/").getBytes(StandardCharsets.UTF_8);
        topics.readByPartition(topic, from - CLOCKS_MS, Long.MAX_VALUE, record -> {
            if (record.value() != null && startsWith(record.key(), prefix)) {
                take(record, from - LONGEST_CALL_MS, to);
            }
        });
        index();
    }

    private static boolean startsWith(byte @Nullable [] key, byte[] prefix) {
        return key != null
                && key.length > prefix.length
                && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** Takes a record of a call, which counts after {@link #index} if the call begins in this time. */
    void take(ConsumerRecord<byte[], byte[]> record, long from, long to) {
        RecordHead head = RecordHead.read(record.value());
        if (head == null || head.startTime() == null || head.startTime() < from || head.startTime() >= to) {
            return;
        }
        Known before = newest.get(head.callId());
        if (before == null || head.isNewerThan(before.head())) {
            try {
                Known known = known(head, record, before);
                share.take(known.memory() - (before == null ? 0 : before.memory()));
                newest.put(head.callId(), known);
            } catch (IOException e) {
                throw new IllegalArgumentException("A call record is not JSON.", e);
            }
        }
    }

    private static Known known(RecordHead head, ConsumerRecord<byte[], byte[]> record, @Nullable Known before)
            throws IOException {
        JsonNode call = JsonLimits.tree(record.value());
        Set<String> sessions = new HashSet<>(Set.of(head.callId()));
        call.path("sessions")
                .forEach(session ->
                        sessions.add(session.path("telephonySessionId").asText()));
        Set<String> missing = new HashSet<>();
        Map<String, Long> log = new HashMap<>();
        if (!COMPLETE.equals(head.status())) {
            call.path("missingSessions").forEach(id -> missing.add(id.asText()));
            call.path("callLog")
                    .forEach(entry -> log.put(
                            entry.path("id").asText(),
                            time(entry.path("lastModifiedTime").asText(), 0)));
        }
        String receivedAt = Headers.text(record.headers(), Headers.LAST_RECEIVED_AT);
        long changedAt = before != null && isOfFacts(head, record, before.head())
                ? before.changedAt()
                : time(receivedAt == null ? "" : receivedAt, record.timestamp());
        return new Known(head, sessions, missing, log, changedAt);
    }

    /** Whether later facts made the revision; they do not put off when a call is closed. */
    private static boolean isOfFacts(RecordHead head, ConsumerRecord<byte[], byte[]> record, RecordHead before) {
        return record.headers().lastHeader(Headers.CHANGED) != null
                || (BACKFILLED.equals(head.status()) && BACKFILLED.equals(before.status()));
    }

    private static long time(String text, long otherwise) {
        try {
            return text.isEmpty() ? otherwise : Timestamps.millis(text);
        } catch (DateTimeException e) {
            return otherwise;
        }
    }

    /** Finds calls by their sessions from now on. */
    void index() {
        newest.values().forEach(this::index);
        newest.clear();
    }

    private void index(Known call) {
        if (!call.head().superseded()) {
            call.sessions().forEach(session -> bySession.put(session, call));
            call.missing().forEach(session -> bySession.putIfAbsent(session, call));
        }
    }

    /** What is to become of a record of the Call Log. */
    Backfill.Fate fate(LogEntry entry) {
        if (entry.telephonySessionId() == null) {
            return Backfill.Fate.NO_SESSION;
        }
        Known call = bySession.get(entry.telephonySessionId());
        if (call != null && COMPLETE.equals(call.head().status())) {
            return Backfill.Fate.WHOLE;
        }
        if (call != null && call.log().getOrDefault(entry.id(), -1L) >= entry.lastModified()) {
            return Backfill.Fate.KNOWN;
        }
        boolean closed =
                (call != null && call.changedAt() < now - times.lateWindow().toMillis())
                        || entry.startTime() < now - times.oldest().toMillis();
        if (closed) {
            return Backfill.Fate.CLOSED;
        }
        Long length = entry.durationMs();
        if (length == null || entry.isUnsettled()) {
            return Backfill.Fate.RUNNING;
        }
        return entry.startTime() + length <= now - times.settle().toMillis()
                ? Backfill.Fate.WRITTEN
                : Backfill.Fate.SETTLING;
    }
}
