package io.callweave.console.feed;

import io.callweave.console.store.NotificationPlace;
import io.callweave.notification.NotificationKeyer;
import io.callweave.record.ExcludedCalls;
import io.callweave.topics.Headers;
import io.callweave.topics.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Reads single notifications from their topic, by their places, in bounded time and memory. */
public final class RawNotifications {

    static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);

    private static final NotificationKeyer KEYER = new NotificationKeyer();

    private final String topic;
    private final Masking masking;
    private final ExcludedCalls excluded;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final LongSupplier nanoTime;

    /**
     * A notification.
     *
     * @param receivedAt in milliseconds since the epoch
     * @param value as received
     */
    public record Raw(int partition, long offset, long receivedAt, String telephonySessionId, byte[] value) {

        /** As text. */
        public String text() {
            return new String(value, StandardCharsets.UTF_8);
        }
    }

    /**
     * What was read.
     *
     * @param notifications in the order of their receipt
     * @param part why these are not all; null if they are
     */
    public record Reading(List<Raw> notifications, @Nullable Part part) {}

    public RawNotifications(FeedConfig config) {
        this(config, () -> Consumers.ofSingle(config.client()), System::nanoTime);
    }

    RawNotifications(FeedConfig config, Supplier<Consumer<byte[], byte[]>> consumers, LongSupplier nanoTime) {
        topic = Topic.NOTIFICATIONS.name(config.prefix());
        masking = config.masking();
        excluded = config.excluded();
        this.consumers = consumers;
        this.nanoTime = nanoTime;
    }

    /**
     * Reads them.
     *
     * @param accountId those of other accounts are left out
     * @param mostBytes of all together
     * @param pace runs before each step; what it throws ends the reading
     */
    public Reading read(String accountId, List<NotificationPlace> places, long mostBytes, Runnable pace) {
        if (places.isEmpty()) {
            return new Reading(List.of(), null);
        }
        Map<Integer, List<NotificationPlace>> byPartition = places.stream()
                .collect(Collectors.groupingBy(NotificationPlace::partition, TreeMap::new, Collectors.toList()));
        Search search = new Search(accountId, mostBytes, pace);
        Consumer<byte[], byte[]> consumer = consumers.get();
        try {
            byPartition.forEach((partition, wanted) -> search.read(consumer, partition, wanted));
        } catch (TimeoutException brokersAreAway) {
            search.part = Part.TIME;
        } finally {
            // Brokers that do not answer are not waited for: others want to ask.
            consumer.close(CloseOptions.timeout(POLL));
        }
        search.found.sort(Comparator.comparingLong(Raw::receivedAt)
                .thenComparingInt(Raw::partition)
                .thenComparingLong(Raw::offset));
        return new Reading(search.found, search.part);
    }

    private final class Search {

        private final String accountId;
        private final long mostBytes;
        private final Runnable pace;
        private final List<Raw> found = new ArrayList<>();
        private long bytes;

        /** For Kafka, not for others who go first. */
        private long waitedNanos;

        private @Nullable Part part;

        Search(String accountId, long mostBytes, Runnable pace) {
            this.accountId = accountId;
            this.mostBytes = mostBytes;
            this.pace = pace;
        }

        void read(Consumer<byte[], byte[]> consumer, int number, List<NotificationPlace> places) {
            Map<Long, String> wanted = new HashMap<>();
            places.forEach(each -> wanted.put(each.offset(), each.session()));
            TreeSet<Long> offsets = new TreeSet<>(wanted.keySet());
            TopicPartition partition = new TopicPartition(topic, number);
            consumer.assign(List.of(partition));
            Long next = offsets.first();
            consumer.seek(partition, next);
            long inVain = 0;
            while (next != null && part != Part.BYTES) {
                if (waitedNanos >= PATIENCE.toNanos()) {
                    part = Part.TIME;
                    return;
                }
                pace.run();
                long asked = nanoTime.getAsLong();
                for (ConsumerRecord<byte[], byte[]> read : consumer.poll(POLL)) {
                    String session = wanted.remove(read.offset());
                    if (session != null) {
                        add(read, session);
                        inVain = 0;
                    } else if (read.value() != null) {
                        inVain += read.value().length;
                    }
                }
                long reached = consumer.position(partition, PATIENCE);
                waitedNanos += nanoTime.getAsLong() - asked;
                next = offsets.ceiling(reached);
                // What was fetched together is read on: that is quicker than asking for the next place.
                if (next != null && next > reached && inVain > Consumers.SINGLE_BYTES) {
                    consumer.seek(partition, next);
                    inVain = 0;
                }
            }
            if (part == null && !wanted.isEmpty()) {
                part = Part.DELETED;
            }
        }

        private void add(ConsumerRecord<byte[], byte[]> read, String session) {
            if (part == Part.BYTES
                    || read.value() == null
                    || read.key() == null
                    || !session.equals(masking.callId(new String(read.key(), StandardCharsets.UTF_8)))
                    || !accountId.equals(accountOf(read))) {
                return;
            }
            if (excluded.excludes(accountId, read.value())) {
                // The record of the call no longer names it, such as a number that was replaced.
                part = Part.EXCLUDED;
                return;
            }
            bytes += read.value().length;
            if (bytes > mostBytes) {
                part = Part.BYTES;
                return;
            }
            try {
                found.add(new Raw(
                        read.partition(),
                        read.offset(),
                        RecordReader.receivedAt(read),
                        session,
                        masking.json(read.value())));
            } catch (IOException noJson) {
                // What cannot be masked is not shown.
            }
        }
    }

    /** Decided as {@code streams} does; the header counts if the notification names no account, and without both it is nobody's. */
    static @Nullable String accountOf(ConsumerRecord<byte[], byte[]> read) {
        String named = KEYER.key(read.value()).account();
        return named == null ? Headers.text(read.headers(), Headers.ACCOUNT) : named;
    }
}
