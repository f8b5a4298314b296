package io.callweave.explain;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.export.ExportPeriod;
import io.callweave.export.ExportProgress;
import io.callweave.files.NotificationLine;
import io.callweave.notification.NotificationReader;
import io.callweave.notification.ParseResult;
import io.callweave.topics.Headers;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicReader;
import io.callweave.value.JsonLimits;
import io.callweave.value.Timestamps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the topics of a cluster hold about one call: the records that were emitted, and the notifications of its sessions
 * and artifacts. The records are found first: they name these, and the time in which the notifications came.
 *
 * @param records those of the call, and of calls that became part of it, in the order of their emission
 * @param lines its notifications, in the order of their receipt
 */
public record TopicEvidence(List<Emitted> records, List<NotificationLine> lines) {

    /** How long after its first event the records of a call come at most, mostly: the longest wait, and late events. */
    private static final long RECORDS_MS = TimeUnit.HOURS.toMillis(36);

    /** How far a time that a user knows may be off. */
    private static final long BEFORE_MS = TimeUnit.HOURS.toMillis(2);

    /** Clocks differ, and each record waits for its last notification. */
    private static final long CLOCKS_MS = TimeUnit.HOURS.toMillis(1);

    /**
     * A record as it is on the topic.
     *
     * @param time of its emission, in milliseconds since the epoch
     * @param reason why it was emitted then; null if it does not say
     * @param lastReceivedAt receipt of the notification that caused it; null if it does not say
     */
    public record Emitted(
            long time, @Nullable String reason, @Nullable String lastReceivedAt, byte[] value, JsonNode json) {

        private Set<String> sessions() {
            Set<String> sessions = new TreeSet<>();
            json.path("sessions")
                    .forEach(
                            each -> sessions.add(each.path("telephonySessionId").asText()));
            sessions.add(json.path("callId").asText());
            return sessions;
        }

        /** As {@link #artifact} names them. */
        private List<String> artifacts() {
            List<String> artifacts = new ArrayList<>();
            json.path("artifacts")
                    .forEach(each -> artifacts.add(artifact(
                            json.path("accountId").asText(),
                            each.path("kind").asText(),
                            each.path("id").asText())));
            return artifacts;
        }
    }

    /**
     * Where to look.
     *
     * @param records when they were emitted
     * @param notifications when they were received, those of later facts maybe later; null if the records are to tell
     */
    public record Periods(ExportPeriod records, @Nullable ExportPeriod notifications) {

        public static final Periods ALL = new Periods(ExportPeriod.ALL, null);

        /**
         * Of a call whose time is known.
         *
         * @param time when the call was, to the hour or day, in milliseconds since the epoch
         */
        public static Periods near(long time) {
            return new Periods(new ExportPeriod(time - BEFORE_MS, time + RECORDS_MS), null);
        }
    }

    /**
     * Reads topics.
     *
     * @param prefix of the topics
     * @param call the id of the call, or of any of its sessions
     * @param account null if it is not known
     */
    public static TopicEvidence find(
            TopicReader topics,
            String prefix,
            String call,
            @Nullable String account,
            Periods asked,
            ExportProgress progress)
            throws IOException {
        List<Emitted> records = records(topics, Topic.CALLS.name(prefix), call, account, asked.records(), progress);
        Set<String> sessions = new TreeSet<>(Set.of(call));
        Set<String> accounts = new HashSet<>();
        Set<String> artifacts = new HashSet<>();
        records.forEach(record -> {
            accounts.add(record.json().path("accountId").asText());
            sessions.addAll(record.sessions());
            // The Call Log can tell of them.
            record.json().path("missingSessions").forEach(id -> sessions.add(id.asText()));
            artifacts.addAll(record.artifacts());
        });
        NotificationReader reader = new NotificationReader();
        List<NotificationLine> lines = notifications(
                topics,
                Topic.NOTIFICATIONS.name(prefix),
                notification -> isOfCall(notification, sessions, accounts, artifacts, reader),
                received(records, asked),
                progress);
        return new TopicEvidence(records, lines);
    }

    private static List<Emitted> records(
            TopicReader topics,
            String topic,
            String call,
            @Nullable String account,
            ExportPeriod period,
            ExportProgress progress)
            throws IOException {
        byte[] id = call.getBytes(StandardCharsets.UTF_8);
        List<Emitted> found = new ArrayList<>();
        long total = period.equals(ExportPeriod.ALL) ? topics.count(topic) : 0;
        long[] read = {0};
        topics.<IOException>readByPartition(topic, period.from(), period.to(), record -> {
            progress.at(++read[0] + " records searched", read[0], total);
            // Most records do not have the id anywhere, so they need not be parsed.
            if (record.value() != null && contains(record.value(), id)) {
                Emitted emitted = emitted(record);
                boolean ofAccount = account == null
                        || account.equals(emitted.json().path("accountId").asText());
                if (ofAccount && emitted.sessions().contains(call)) {
                    found.add(emitted);
                }
            }
        });
        found.sort(Comparator.comparingLong(Emitted::time));
        return found;
    }

    private static Emitted emitted(ConsumerRecord<byte[], byte[]> record) throws IOException {
        JsonNode value = JsonLimits.tree(record.value());
        return new Emitted(
                record.timestamp(),
                Headers.text(record.headers(), Headers.COMPLETION_REASON),
                Headers.text(record.headers(), Headers.LAST_RECEIVED_AT),
                record.value(),
                value);
    }

    /** From the beginning of the call to its last record; of a call without a record, as far as the user knows it. */
    private static ExportPeriod received(List<Emitted> records, Periods asked) {
        ExportPeriod known = asked.notifications();
        if (known != null) {
            return new ExportPeriod(
                    known.from(),
                    records.stream()
                            .map(Emitted::lastReceivedAt)
                            .filter(Objects::nonNull)
                            .mapToLong(time -> Timestamps.millis(time) + 1)
                            .reduce(known.to(), Math::max));
        }
        if (records.isEmpty()) {
            return asked.records();
        }
        long from = Long.MAX_VALUE;
        long to = Long.MIN_VALUE;
        for (Emitted record : records) {
            long start = Timestamps.millis(record.json().path("startTime").asText());
            from = Math.min(from, start - CLOCKS_MS);
            to = Math.max(to, record.time() + CLOCKS_MS);
        }
        return new ExportPeriod(from, to);
    }

    /** The keys of most are sessions, so none of other calls is parsed. Later facts that name no session have the account as key. */
    private static boolean isOfCall(
            ConsumerRecord<byte[], byte[]> notification,
            Set<String> sessions,
            Set<String> accounts,
            Set<String> artifacts,
            NotificationReader reader) {
        String key = new String(notification.key(), StandardCharsets.UTF_8);
        return sessions.contains(key)
                || (accounts.contains(key)
                        && reader.read(notification.value(), key) instanceof ParseResult.OfFact fact
                        && artifacts.contains(artifact(
                                fact.notice().accountId(),
                                fact.notice().kind().wireName(),
                                fact.notice().id())));
    }

    private static String artifact(String account, String kind, String id) {
        return account + "/" + kind + "/" + id;
    }

    /** @param isOfCall hears of those with a key and a value */
    private static List<NotificationLine> notifications(
            TopicReader topics,
            String topic,
            Predicate<ConsumerRecord<byte[], byte[]>> isOfCall,
            ExportPeriod period,
            ExportProgress progress) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        long total = period.equals(ExportPeriod.ALL) ? topics.count(topic) : 0;
        long[] read = {0};
        topics.readByPartition(topic, period.from(), period.to(), record -> {
            progress.at(++read[0] + " notifications searched", read[0], total);
            if (record.key() != null && record.value() != null && isOfCall.test(record)) {
                found.add(record);
            }
        });
        found.sort(Comparator.comparingLong((ConsumerRecord<byte[], byte[]> record) -> record.timestamp())
                .thenComparingInt(ConsumerRecord::partition)
                .thenComparingLong(ConsumerRecord::offset));
        return found.stream()
                .map(record -> new NotificationLine(
                        record.value(),
                        Headers.text(record.headers(), Headers.TRANSPORT) + " " + record.partition(),
                        record.offset(),
                        record.timestamp()))
                .toList();
    }

    private static boolean contains(byte[] text, byte[] part) {
        for (int at = 0; at <= text.length - part.length; at++) {
            int same = 0;
            while (same < part.length && text[at + same] == part[same]) {
                same++;
            }
            if (same == part.length) {
                return true;
            }
        }
        return false;
    }
}
