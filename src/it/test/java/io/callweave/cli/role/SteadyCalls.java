package io.callweave.cli.role;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.callweave.simulation.platform.SimulatedAccount;
import io.callweave.topics.HomePartition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A short call every now and then, one after the other through each pair of a partition of {@code notifications} and a home
 * partition, until it is closed.
 */
final class SteadyCalls implements AutoCloseable {

    private static final int PARTITIONS = Installation.PARTITIONS;
    private static final int PAIRS = PARTITIONS * PARTITIONS;
    private static final Duration EVERY = Duration.ofMillis(50);
    private static final Pattern SESSION = Pattern.compile("\"telephonySessionId\":\"([^\"]+)\"");
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    private final Installation installation;
    private final List<SimulatedAccount> accounts = new ArrayList<>();
    private final Thread sender = new Thread(this::send, "steady-calls");
    private final Map<String, Sent> sent = new ConcurrentHashMap<>();
    private volatile boolean closed;
    private int seed;

    private record Sent(int pair, long at) {}

    SteadyCalls(Installation installation) {
        this.installation = installation;
        for (int home = 0; home < PARTITIONS; home++) {
            int number = 809_646_016;
            while (HomePartition.of(Integer.toString(number), PARTITIONS) != home) {
                number++;
            }
            accounts.add(new SimulatedAccount(Integer.toString(number), "+15550100006"));
        }
        sender.start();
    }

    private void send() {
        for (int pair = 0; !closed; pair = (pair + 1) % PAIRS) {
            List<String> lines;
            String session;
            do {
                lines = call().in(accounts.get(pair / PARTITIONS))
                        .seeded(seed)
                        .startingAt(START.plusSeconds(seed++))
                        .inbound("+15550100002")
                        .answeredBy("104")
                        .hangUp()
                        .lines();
                session = sessionOf(lines.get(0));
            } while (HomePartition.of(session, PARTITIONS) != pair % PARTITIONS);
            sent.put(session, new Sent(pair, System.currentTimeMillis()));
            installation.accept(lines);
            try {
                Thread.sleep(EVERY.toMillis());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static String sessionOf(String text) {
        Matcher matcher = SESSION.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("No session in " + text);
        }
        return matcher.group(1);
    }

    /** Reads what is committed. */
    Seen watch(String brokers, String topic) {
        return new Seen(brokers, topic);
    }

    @Override
    public void close() {
        closed = true;
        awaitEnd(sender);
    }

    static void awaitEnd(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The calls that came out. */
    final class Seen implements AutoCloseable {

        /** By pair: when each of its calls was sent, and was seen first. */
        private final Map<Integer, List<long[]>> byPair = new ConcurrentHashMap<>();

        private final Thread reader;
        private volatile boolean ended;

        private Seen(String brokers, String topic) {
            reader = new Thread(() -> read(brokers, topic), "steady-calls-seen");
            reader.start();
        }

        private void read(String brokers, String topic) {
            try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                    Map.of("bootstrap.servers", brokers, "isolation.level", "read_committed"),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer())) {
                consumer.assign(consumer.partitionsFor(topic).stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList());
                consumer.seekToBeginning(List.of());
                while (!ended) {
                    for (ConsumerRecord<byte[], byte[]> read : consumer.poll(Duration.ofMillis(100))) {
                        String key = new String(read.key(), UTF_8);
                        Sent call = sent.remove(key.substring(key.indexOf('/') + 1));
                        if (call != null) {
                            byPair.computeIfAbsent(call.pair(), pair -> new CopyOnWriteArrayList<>())
                                    .add(new long[] {call.at(), System.currentTimeMillis()});
                        }
                    }
                }
            }
        }

        /** Waits until a call came out of each pair that was sent after that, and returns when the last pair had its first. */
        long awaitAll(Duration patience, long since) {
            return await().atMost(patience)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> lastOfFirst(since), last -> last < Long.MAX_VALUE);
        }

        private long lastOfFirst(long since) {
            long last = 0;
            for (int pair = 0; pair < PAIRS; pair++) {
                last = Math.max(
                        last,
                        byPair.getOrDefault(pair, List.of()).stream()
                                .filter(times -> times[0] >= since)
                                .mapToLong(times -> times[1])
                                .min()
                                .orElse(Long.MAX_VALUE));
            }
            return last;
        }

        @Override
        public void close() {
            ended = true;
            awaitEnd(reader);
        }
    }
}
