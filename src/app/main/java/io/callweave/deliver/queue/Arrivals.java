package io.callweave.deliver.queue;

import io.callweave.deliver.post.QueuedWebhook;
import io.callweave.deliver.receipt.ChangelogReceipts;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What one task has read and not looked at yet: an account can have a hundred subscriptions, each of which wants a hundred
 * thousand events, and nobody else may wait until all these are in the queue. Each account has a line for each topic, in the order
 * of the topic, and the accounts take turns. Some topics tell of the same: their lines of one account are read in the order of time.
 *
 * <p>It shares the store of the {@link DeliveryQueue}, and so its changelog: what a record made is written before the record
 * leaves its line. So none is lost in a crash; the last ones can be looked at again, if nothing was posted of them.
 */
final class Arrivals {

    /** Of a line. */
    private static final int MOST_BYTES = 16 * 1_024;

    /** Lines. */
    private static final int MOST_IN_MEMORY = 20;

    private static final long UNKNOWN = Long.MIN_VALUE;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Set<String> inTime;
    private final ChangelogReceipts.Partition changelog;

    /** The keys of what has left its line, with the number of writes after which the changelog has that. */
    private final Map<Bytes, Long> leaving = new HashMap<>();

    private long failures;

    private long changes;

    /** Of those of one account, the first is the next. */
    private final Map<Bytes, Line> lines = new LinkedHashMap<>();

    /** The first of lines that had a turn lately, if they are small: to look for each in the store would be a scan. */
    private final Map<Line, Deque<ArrivedRecord>> firsts = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Line, Deque<ArrivedRecord>> eldest) {
            return size() > MOST_IN_MEMORY;
        }
    };

    /** Those with lines, and those for which more was done than for one of these. */
    private final Map<String, Account> accounts = new HashMap<>();

    private static final class Account {
        private int lines;

        /** Of what was done for it. Who is new has as much as who has least. */
        private long cost;

        Account(long cost) {
            this.cost = cost;
        }
    }

    /**
     * From: none has an offset before; it saves a scan over deleted keys, and over what is not ready. Time: of the first, once it
     * was read.
     */
    private static final class Line {
        private final String topic;
        private final Account account;
        private long waiting;
        private long from = Long.MAX_VALUE;
        private long time = UNKNOWN;

        /** None has an offset behind. */
        private long until = UNKNOWN;

        Line(String topic, Account account) {
            this.topic = topic;
            this.account = account;
            account.lines++;
        }
    }

    /**
     * Continues with what waits in a store.
     *
     * @param inTime topics that tell of the same: what is older in one of them comes before what is newer in another
     * @param changelog of the store
     */
    Arrivals(KeyValueStore<Bytes, byte[]> store, Set<String> inTime, ChangelogReceipts.Partition changelog) {
        this.store = store;
        this.inTime = inTime;
        this.changelog = changelog;
        failures = changelog.failures();
        try (KeyValueIterator<Bytes, byte[]> all = store.range(QueueKeys.FIRST_ARRIVAL, QueueKeys.FIRST_LIVE)) {
            while (all.hasNext()) {
                Bytes key = all.next().key;
                enter(QueueKeys.line(key), QueueKeys.offset(key));
            }
        }
    }

    /** Whether a record of an account may come before all that waits. */
    boolean isEmpty(String account, String topic) {
        return together(topic).noneMatch(each -> lines.containsKey(line(account, each)));
    }

    private Stream<String> together(String topic) {
        return inTime.contains(topic) ? inTime.stream() : Stream.of(topic);
    }

    private static Bytes line(String account, String topic) {
        return QueueKeys.line(QueueKeys.ofArrival(account, topic, 0));
    }

    /** Adds it to its line. If it is there since before a crash it is written again: the changelog may lack it. */
    void add(ArrivedRecord arrival) {
        Bytes key = key(arrival);
        Line line = lines.get(QueueKeys.line(key));
        boolean isKnown = line != null && line.until >= arrival.origin().offset() && store.get(key) != null;
        store.put(key, ArrivalCodec.write(arrival));
        if (!isKnown) {
            enter(QueueKeys.line(key), arrival.origin().offset());
        }
    }

    /** How many records wait, by topic and account. */
    Map<String, Map<String, Long>> waiting() {
        Map<String, Map<String, Long>> waiting = new HashMap<>();
        lines.forEach((name, line) -> waiting.computeIfAbsent(line.topic, topic -> new HashMap<>())
                .put(QueueKeys.account(name), line.waiting));
        return waiting;
    }

    /**
     * The first of a line, of the account for which least was done. Null if there is none.
     *
     * @param ready tells of what was read where; if it is true of a record, then of all that were read before it, too
     */
    @Nullable
    ArrivedRecord next(Predicate<QueuedWebhook.Origin> ready) {
        Set<Bytes> passed = new HashSet<>();
        while (true) {
            Map.Entry<Bytes, Line> turn = null;
            for (Map.Entry<Bytes, Line> each : lines.entrySet()) {
                Line line = each.getValue();
                if ((turn == null || line.account.cost < turn.getValue().account.cost)
                        && ready.test(new QueuedWebhook.Origin(line.topic, line.from))
                        && !passed.contains(each.getKey())) {
                    turn = each;
                }
            }
            if (turn == null) {
                return null;
            }
            Bytes name = turn.getKey();
            Line line = turn.getValue();
            ArrivedRecord first = firstBefore(Long.MAX_VALUE, name, line, ready);
            if (first != null) {
                lines.remove(name);
                lines.put(name, line);
                return oldest(first, ready);
            }
            passed.add(name);
        }
    }

    /** Something was done for an account that has a line. */
    void done(String account, int cost) {
        Account of = accounts.get(account);
        if (of != null) {
            of.cost += cost;
        }
    }

    /** The first of the lines beside it that should come before it, or itself. */
    private ArrivedRecord oldest(ArrivedRecord first, Predicate<QueuedWebhook.Origin> ready) {
        ArrivedRecord oldest = first;
        for (String topic : together(first.origin().topic()).toList()) {
            Bytes name = line(first.account(), topic);
            Line line = lines.get(name);
            ArrivedRecord older = line == null ? null : firstBefore(oldest.timestamp(), name, line, ready);
            oldest = older == null ? oldest : older;
        }
        return oldest;
    }

    /** The first of a line, if it is ready and older than that; else null. */
    private @Nullable ArrivedRecord firstBefore(
            long time, Bytes name, Line line, Predicate<QueuedWebhook.Origin> ready) {
        if (line.time >= time || !ready.test(new QueuedWebhook.Origin(line.topic, line.from))) {
            return null;
        }
        ArrivedRecord first = first(name, line, ready);
        return ready.test(first.origin()) && first.timestamp() < time ? first : null;
    }

    private ArrivedRecord first(Bytes name, Line line, Predicate<QueuedWebhook.Origin> ready) {
        Deque<ArrivedRecord> some = firsts.get(line);
        ArrivedRecord first = some == null ? read(name, line, ready) : some.getFirst();
        line.from = first.origin().offset();
        line.time = first.timestamp();
        return first;
    }

    private ArrivedRecord read(Bytes name, Line line, Predicate<QueuedWebhook.Origin> ready) {
        Deque<ArrivedRecord> some = new ArrayDeque<>();
        try (KeyValueIterator<Bytes, byte[]> range =
                store.range(QueueKeys.ofArrival(name, line.from), QueueKeys.ofArrival(name, Long.MAX_VALUE))) {
            int bytes = 0;
            do {
                byte[] next = range.next().value;
                bytes += next.length;
                if (some.isEmpty() || bytes <= MOST_BYTES) {
                    some.add(ArrivalCodec.read(next));
                }
            } while (bytes <= MOST_BYTES
                    && range.hasNext()
                    && ready.test(new QueuedWebhook.Origin(line.topic, QueueKeys.offset(range.peekNextKey()))));
        }
        if (some.size() > 1) {
            firsts.put(line, some);
        }
        return some.getFirst();
    }

    /** The first of its line has been looked at. */
    void remove(ArrivedRecord first) {
        Bytes key = key(first);
        store.put(key, null);
        leaving.put(key, changelog.sent());
        lines.computeIfPresent(QueueKeys.line(key), (name, line) -> {
            line.from = first.origin().offset() + 1;
            Deque<ArrivedRecord> some = firsts.get(line);
            if (some != null) {
                some.removeFirst();
                if (some.isEmpty()) {
                    firsts.remove(line);
                }
            }
            line.time = UNKNOWN;
            line.waiting--;
            if (line.waiting == 0) {
                line.account.lines--;
            }
            return line.waiting == 0 ? null : line;
        });
    }

    /**
     * Whether a webhook can be posted without that an older one of its slot follows. After a crash, a record would be in its line
     * again if the broker does not have that it left. And before that crash, a newer record can have been read already.
     *
     * @param origin of the webhook
     */
    boolean isSettled(String account, QueuedWebhook.Origin origin) {
        if (lines.isEmpty() && leaving.isEmpty()) {
            return true;
        }
        Bytes key = QueueKeys.ofArrival(account, origin.topic(), origin.offset());
        Line line = lines.get(QueueKeys.line(key));
        return (line == null || line.from > origin.offset()) && !leaving.containsKey(key);
    }

    /**
     * Looks whether something is settled now. What has older ones before it is so some time after they left.
     *
     * <p>Kafka Streams throws the failure of a write at the next one. So after a failure all is written again: if this task has to
     * end, it does so here, before anything is posted.
     */
    void settle() {
        if (leaving.isEmpty()) {
            return;
        }
        long acknowledged = changelog.acknowledged();
        long failed = changelog.failures();
        if (failed != failures) {
            failures = failed;
            leaving.replaceAll((key, writes) -> {
                store.put(key, null);
                return changelog.sent();
            });
        } else if (leaving.values().removeIf(writes -> writes <= acknowledged)) {
            changes++;
        }
    }

    /** Another number when something is settled. */
    long changes() {
        return changes;
    }

    private static Bytes key(ArrivedRecord arrival) {
        QueuedWebhook.Origin origin = arrival.origin();
        return QueueKeys.ofArrival(arrival.account(), origin.topic(), origin.offset());
    }

    private void enter(Bytes name, long offset) {
        Line line = lines.computeIfAbsent(name, key -> new Line(QueueKeys.topic(key), account(QueueKeys.account(key))));
        line.waiting++;
        if (offset < line.until) {
            firsts.remove(line);
        }
        line.until = Math.max(line.until, offset);
        if (offset < line.from) {
            line.from = offset;
            line.time = UNKNOWN;
        }
    }

    /**
     * To have been away earns no turns, and does not make cheaper what was done before: else an account with much would get no turn
     * while others come and go.
     */
    private Account account(String id) {
        long least = accounts.values().stream()
                .filter(each -> each.lines > 0)
                .mapToLong(each -> each.cost)
                .min()
                .orElse(Long.MAX_VALUE);
        accounts.values().removeIf(each -> each.lines == 0 && each.cost <= least);
        return accounts.computeIfAbsent(id, key -> new Account(least == Long.MAX_VALUE ? 0 : least));
    }
}
