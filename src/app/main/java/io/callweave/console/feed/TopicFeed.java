package io.callweave.console.feed;

import io.callweave.console.store.StoreBatch;
import io.callweave.console.store.StoreBusyException;
import io.callweave.console.store.StoreException;
import io.callweave.logging.LogPace;
import io.callweave.logging.RootCause;
import io.callweave.topics.Topic;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topics in a thread of its own: first the directory, because rows have names; then calls, live calls, windows,
 * comparisons and dead letters; and when these have been read, notifications beside them. It is the only one that writes to the store.
 */
public final class TopicFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicFeed.class);
    private static final Duration POLL = Duration.ofMillis(100);

    /** While live calls get new names. */
    private static final Duration SHORT_POLL = Duration.ofMillis(10);

    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);
    private static final long BEAT_MS = 5_000;
    private static final long WINDOWS_MS = 1_000;
    private static final long EXPIRE_MS = 10_000;
    private static final long LOOK_MS = 20_000;

    private final FeedConfig config;
    private final Kept kept;
    private final PendingChanges pending;
    private final ExcludedRecords excluded;
    private final RecordReader reader;
    private final Thread thread;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Supplier<OptionalLong> topology;
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final LogPace told = LogPace.ofMinute();

    /** What is in the store need not be read again after a fault. */
    private final Map<TopicPartition, Long> reached = new HashMap<>();

    private volatile boolean ready;
    private volatile long behindMs = -1;

    /** Since when nothing new is shown; negative if all is well. */
    private volatile long faultAt = -1;

    private volatile @Nullable Consumer<byte[], byte[]> current;
    private volatile Map<String, Long> endOffsets = Map.of();
    private long beatAt;
    private long windowsAt;
    private long expireAt;
    private long lookAt;
    private boolean onlyCalls;

    private TopicFeed(
            FeedConfig config,
            Kept kept,
            Supplier<OptionalLong> topology,
            Supplier<Consumer<byte[], byte[]>> consumers) {
        this.config = config;
        this.topology = topology;
        this.consumers = consumers;
        this.kept = kept;
        pending = new PendingChanges(kept.changes());
        excluded = new ExcludedRecords(config.excluded(), config.prefix());
        reader = new RecordReader(kept, config.masking(), pending);
        thread = new Thread(this::run, "console-feed");
        thread.setDaemon(true);
    }

    /**
     * Begins to read; a broker that is away is waited for.
     *
     * @param topology how far the topology is behind, in milliseconds; empty if that is not known
     */
    public static TopicFeed start(FeedConfig config, Kept kept, Supplier<OptionalLong> topology) {
        return start(config, kept, topology, () -> Consumers.of(config.client()));
    }

    static TopicFeed start(
            FeedConfig config,
            Kept kept,
            Supplier<OptionalLong> topology,
            Supplier<Consumer<byte[], byte[]>> consumers) {
        TopicFeed feed = new TopicFeed(config, kept, topology, consumers);
        feed.thread.start();
        return feed;
    }

    /** Whether everything has been read that was there at the start. */
    public boolean isReady() {
        return ready;
    }

    /** How old the newest record is that was read, if others wait; empty until the store is filled. */
    public OptionalLong behindMs() {
        if (behindMs < 0) {
            return OptionalLong.empty();
        }
        long since = faultAt;
        return OptionalLong.of(since < 0 ? behindMs : Math.max(behindMs, System.currentTimeMillis() - since));
    }

    /** How many records were not shown, because they are excluded. */
    public long excluded() {
        return excluded.count();
    }

    /** How far each topic has been read, as the sum of its partitions' offsets. */
    public Map<String, Long> endOffsets() {
        return endOffsets;
    }

    private void run() {
        while (!stopping.get()) {
            try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                current = consumer;
                // After a fault, what was shown stays until all has been read, and nobody hears old changes as new
                // ones.
                pending.disable();
                kept.live().fill();
                kept.deadLetters().fill();
                TopicPlaces places = TopicPlaces.assign(consumer, config, kept.deadLetters(), reached);
                ends.clear();
                ends.putAll(places.toRead());
                read(consumer, places);
            } catch (WakeupException stopped) {
                // close() asks for it.
            } catch (KafkaException e) {
                LOG.debug("The console cannot read its topics.", e);
                told.next()
                        .ifPresent(before -> LOG.warn(
                                "The console cannot read its topics; it tries again: {}", RootCause.message(e)));
                pause();
            } catch (RuntimeException e) {
                told.next()
                        .ifPresent(before ->
                                LOG.atError().setCause(e).log("The console cannot keep what it read; it tries again."));
                pause();
            } finally {
                current = null;
            }
        }
    }

    private void pause() {
        if (faultAt < 0) {
            faultAt = System.currentTimeMillis();
        }
        tellFault();
        try {
            Thread.sleep(PAUSE_AFTER_FAULT.toMillis());
        } catch (InterruptedException e) {
            stopping.set(true);
        }
    }

    private void read(Consumer<byte[], byte[]> consumer, TopicPlaces places) {
        String directory = Topic.DIRECTORY.name(config.prefix());
        String notifications = Topic.NOTIFICATIONS.name(config.prefix());
        List<TopicPartition> first = places.of(directory);
        List<TopicPartition> last = places.of(notifications);
        List<TopicPartition> others = all(
                consumer,
                Stream.of(Topic.CALLS, Topic.LIVE_CALLS)
                        .flatMap(topic -> places.of(topic.name(config.prefix())).stream())
                        .toList());
        consumer.pause(all(consumer, first));
        Silence silence = new Silence();
        boolean named = false;
        boolean filled = false;
        boolean renaming = false;
        while (!stopping.get()) {
            Duration patience = renaming ? SHORT_POLL : POLL;
            ConsumerRecords<byte[], byte[]> records =
                    excluded.without(filled ? poll(consumer, patience, others) : Consumers.poll(consumer, patience));
            if (!records.isEmpty()) {
                store(records);
                records.partitions().forEach(each -> reached.put(each, consumer.position(each)));
            }
            if (!named && isRead(consumer, first)) {
                named = true;
                consumer.resume(consumer.paused());
                consumer.pause(last);
            }
            if (named && !filled && isRead(consumer, all(consumer, last))) {
                filled = true;
                kept.calls().filled();
                kept.live().filled();
                kept.deadLetters().filled();
                faultAt = -1;
                consumer.resume(last);
                pending.enable();
                if (ready) {
                    // It was filled again after a fault: what clients heard before may be wrong.
                    kept.changes().tell("reset", null, "{}");
                }
                ready = true;
            }
            if (filled) {
                renaming = reader.rename();
                pending.written();
                tellTime(consumer, records, silence);
                if (hasMore(consumer)) {
                    return;
                }
            } else {
                tellFault();
            }
        }
    }

    /**
     * Every second time only calls, if others wait: windows and notifications of one tenant can be so many that the calls of
     * the others came late.
     */
    private ConsumerRecords<byte[], byte[]> poll(
            Consumer<byte[], byte[]> consumer, Duration patience, List<TopicPartition> others) {
        onlyCalls = !onlyCalls
                && others.stream().anyMatch(each -> consumer.currentLag(each).orElse(0) > 0);
        if (!onlyCalls) {
            return Consumers.poll(consumer, patience);
        }
        consumer.pause(others);
        try {
            return Consumers.poll(consumer, Duration.ZERO);
        } finally {
            consumer.resume(others);
        }
    }

    /** Whether there are partitions that are not read yet: they are added, and topics can come later. */
    private boolean hasMore(Consumer<byte[], byte[]> consumer) {
        long now = System.currentTimeMillis();
        if (now < lookAt) {
            return false;
        }
        lookAt = now + LOOK_MS;
        try {
            return TopicPlaces.partitions(consumer, config).size()
                    > consumer.assignment().size();
        } catch (KafkaException notTold) {
            return false;
        }
    }

    private static List<TopicPartition> all(Consumer<byte[], byte[]> consumer, Collection<TopicPartition> without) {
        List<TopicPartition> all = new ArrayList<>(consumer.assignment());
        all.removeAll(without);
        return all;
    }

    private boolean isRead(Consumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions) {
        return partitions.stream().allMatch(each -> consumer.position(each) >= ends.getOrDefault(each, 0L));
    }

    private void store(ConsumerRecords<byte[], byte[]> records) {
        Map<ConsumerRecord<byte[], byte[]>, RecordReader.ReadCall> calls = prepared(records);
        try {
            Boolean unused = kept.calls().write(batch -> {
                for (ConsumerRecord<byte[], byte[]> read : records) {
                    store(read, calls.get(read), batch);
                }
                int unusedSteps = batch.makeRoom(config.maxBytes());
                return true;
            });
        } catch (RuntimeException e) {
            pending.discard();
            throw e;
        }
        pending.written();
        for (TopicPartition partition : records.partitions()) {
            kept.rates().count(partition.topic(), records.records(partition).size());
        }
    }

    private Map<ConsumerRecord<byte[], byte[]>, RecordReader.ReadCall> prepared(
            ConsumerRecords<byte[], byte[]> records) {
        Map<ConsumerRecord<byte[], byte[]>, RecordReader.ReadCall> calls = new ConcurrentHashMap<>();
        List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
        records.records(Topic.CALLS.name(config.prefix())).forEach(read::add);
        read.parallelStream().forEach(each -> reader.prepare(each).ifPresent(call -> calls.put(each, call)));
        return calls;
    }

    /** Others may write to these topics too: what cannot be read is left out. */
    private void store(ConsumerRecord<byte[], byte[]> read, RecordReader.@Nullable ReadCall call, StoreBatch batch)
            throws SQLException {
        String name = read.topic().substring(config.prefix().length());
        try {
            if (name.equals(Topic.DIRECTORY.suffix())) {
                reader.name(read);
            } else if (name.equals(Topic.DEAD_LETTERS.suffix())) {
                kept.deadLetters().add(read);
            } else if (read.key() != null) {
                switch (name) {
                    case "calls" -> reader.call(read, call, batch);
                    case "live-calls" -> reader.live(read);
                    case "window-metrics" -> reader.window(read, batch);
                    case "audits" -> kept.audits().add(read);
                    default -> reader.notification(read, batch);
                }
            }
        } catch (StoreException | StoreBusyException ours) {
            throw ours;
        } catch (IOException | RuntimeException e) {
            LOG.atDebug()
                    .setMessage("A record cannot be shown.")
                    .addKeyValue("topic", read.topic())
                    .addKeyValue("partition", read.partition())
                    .addKeyValue("offset", read.offset())
                    .log();
        }
    }

    private void tellTime(Consumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> records, Silence silence) {
        long now = System.currentTimeMillis();
        long newest = -1;
        for (ConsumerRecord<byte[], byte[]> read : records) {
            newest = Math.max(newest, read.timestamp());
        }
        boolean waiting = consumer.assignment().stream()
                .anyMatch(each -> consumer.currentLag(each).orElse(0) > 0);
        long before = Math.max(0, behindMs);
        long newestMs = newest >= 0 ? Math.max(0, now - newest) : before;
        // Calls alone may be newer than what the others wait with.
        behindMs = !waiting ? 0 : onlyCalls ? Math.max(before, newestMs) : newestMs;
        OptionalLong silentSince = silence.since(consumer, now);
        if (silentSince.isPresent()) {
            behindMs = now - silentSince.getAsLong();
        }
        if (now >= windowsAt + WINDOWS_MS && pending.tellWindows()) {
            windowsAt = now;
        }
        if (now >= beatAt + BEAT_MS) {
            beatAt = now;
            Map<String, Long> offsets = new HashMap<>();
            consumer.assignment().forEach(each -> offsets.merge(each.topic(), consumer.position(each), Long::sum));
            endOffsets = offsets;
            tellBeat(silentSince);
        }
        kept.calls().shrink();
        if (now >= expireAt + EXPIRE_MS) {
            boolean more = kept.calls()
                    .write(batch -> batch.expire(
                            now - config.retention().toMillis(),
                            now - FeedConfig.LAST_WEEK.toMillis(),
                            config.maxCalls()));
            // The next part goes into a transaction of its own, after the records that wait.
            expireAt = more ? 0 : now;
        }
    }

    /** Until all has been read again, nothing new is shown. */
    private void tellFault() {
        long now = System.currentTimeMillis();
        if (ready && faultAt >= 0 && now >= beatAt + BEAT_MS) {
            beatAt = now;
            tellBeat(OptionalLong.of(faultAt));
        }
    }

    /** What is shown is as old as the slower of the topology and this console. */
    private void tellBeat(OptionalLong silentSince) {
        long behind = Math.max(behindMs().orElse(0), topology.get().orElse(0));
        String silent = silentSince.isPresent() ? Long.toString(silentSince.getAsLong()) : "null";
        kept.changes().tellOnce("beat", "{\"behindMs\":%d,\"silentSince\":%s}".formatted(behind, silent));
    }

    @Override
    public void close() {
        stopping.set(true);
        Consumer<byte[], byte[]> reading = current;
        if (reading != null) {
            reading.wakeup();
        }
        try {
            thread.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
