package io.callweave.cli.role;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.bridge.Intake;
import io.callweave.bridge.IntakeListener;
import io.callweave.bridge.IntakeRules;
import io.callweave.bridge.KafkaSink;
import io.callweave.bridge.KafkaSinkSettings;
import io.callweave.bridge.Owner;
import io.callweave.bridge.Receipt;
import io.callweave.bridge.TimestampSource;
import io.callweave.cli.RoleProcess;
import io.callweave.directory.DirectoryEntry;
import io.callweave.local.EmbeddedKafka;
import io.callweave.runtime.StreamsRole;
import io.callweave.runtime.options.StreamsRoleOptions;
import io.callweave.settings.Settings;
import io.callweave.topics.Headers;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicPlan;
import io.callweave.topics.TopicReader;
import io.callweave.topics.Topics;
import io.callweave.topology.CallsFold;
import io.callweave.topology.calls.AssembledCalls;
import io.callweave.topology.calls.ExpectedRows;
import io.callweave.topology.windows.ExpectedWindows;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Topics of one prefix with four partitions, instances of the topology with two threads each and short waits, what they were
 * given and what they gave out.
 */
public final class Installation implements AutoCloseable {

    static final int PARTITIONS = 4;

    /** Long, because nothing is measured here; only a failure waits for it. */
    public static final Duration PATIENCE = Duration.ofMinutes(8);

    private final String brokers;
    private final String name;
    private final Map<String, String> settings;
    private final List<Producer> producers;
    private final Set<StreamsRole> running = new HashSet<>();
    private final List<byte[]> accepted = new ArrayList<>();
    private List<DirectoryEntry> extensions = List.of();

    /** A record on {@code calls}. */
    record Emission(String key, String value, String reason, String epoch) {

        static Emission of(ConsumerRecord<byte[], byte[]> read) {
            return new Emission(
                    new String(read.key(), UTF_8),
                    new String(read.value(), UTF_8),
                    Objects.requireNonNull(Headers.text(read.headers(), Headers.COMPLETION_REASON)),
                    Objects.requireNonNull(Headers.text(read.headers(), Headers.EPOCH)));
        }
    }

    /** What a bridge does: it checks a notification, and produces it. */
    private record Producer(KafkaSink sink, Intake intake) {

        static Producer of(String brokers, String name, Map<String, String> settings, TimestampSource timestamps) {
            KafkaSink sink = new KafkaSink(KafkaSinkSettings.of(
                    Map.of("bootstrap.servers", brokers),
                    SinkSettings.partitions(Settings.load(settings, Map.of(), Optional.empty()), name + ".")));
            IntakeRules rules = IntakeRules.of(name + ".", 1 << 20).withTimestamps(timestamps);
            return new Producer(sink, new Intake(rules, sink, IntakeListener.NONE, InstantSource.system()));
        }
    }

    private Installation(String brokers, String name, Map<String, String> settings, TimestampSource timestamps) {
        this.brokers = brokers;
        this.name = name;
        this.settings = settings;
        producers = new ArrayList<>(List.of(Producer.of(brokers, name, settings, timestamps)));
    }

    /** Notifications are received when they come in. */
    public static Installation create(EmbeddedKafka kafka, Path directory, String name, Map<String, String> more) {
        return create(kafka.bootstrapServers(), directory, name, more, true, TimestampSource.RECEIVED);
    }

    /**
     * The topic has the time at which each notification was sent. What people take their time for is waited for, since it
     * passes on the topic, too.
     */
    static Installation ofRecordings(EmbeddedKafka kafka, Path directory, String name) {
        return create(
                kafka.bootstrapServers(),
                directory,
                name,
                Map.of(
                        "notifications.timestamp-type", "create-time",
                        "notifications.retention", "30d",
                        "completion.open-party-wait", "1m",
                        "completion.max-idle", "5m"),
                false,
                (value, session, receipt) -> Objects.requireNonNull(session.timestamp()));
    }

    private static Installation create(
            String brokers,
            Path directory,
            String name,
            Map<String, String> more,
            boolean logAppendTime,
            TimestampSource timestamps) {
        try (Admin admin = admin(brokers)) {
            TopicPlan plan = new TopicPlan(name + ".", Duration.ofDays(30), logAppendTime, 1 << 20);
            Topics.create(admin, plan, PARTITIONS, (short) 1);
        }
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", brokers);
        settings.put("application.id", name);
        settings.put("topics.prefix", name + ".");
        settings.put("state.dir", directory.resolve(name).toString());
        settings.put("http.port", "0");
        settings.put("completion.linger", "1s");
        settings.put("completion.peer-wait", "2s");
        settings.put("completion.open-party-wait", "3s");
        settings.put("completion.max-idle", "5s");
        settings.put("streams.num.stream.threads", "2");
        // After a kill the broker waits for so long, until it gives the work to another one and ends what was begun.
        settings.put("streams.session.timeout.ms", "6000");
        settings.put("streams.heartbeat.interval.ms", "1000");
        settings.put("streams.producer.transaction.timeout.ms", "4000");
        settings.putAll(more);
        if ("streams".equals(more.get("streams.group.protocol"))) {
            // There the broker sets them.
            settings.remove("streams.session.timeout.ms");
            settings.remove("streams.heartbeat.interval.ms");
        }
        return new Installation(brokers, name, settings, timestamps);
    }

    /** From now on, notifications go in turn through one more producer, which chooses partitions in its own way. */
    void addProducer(String partitionBy) {
        Map<String, String> own = new HashMap<>(settings);
        own.put("bridge.partition-by", partitionBy);
        producers.add(Producer.of(brokers, name, own, TimestampSource.RECEIVED));
    }

    /** The windows are from the beginning to be those that a directory with these gives. */
    public void expectExtensions(List<DirectoryEntry> expected) {
        extensions = expected;
    }

    /** Starts an instance with a state directory of its own, and returns at once. */
    public StreamsRole start(String instance) {
        return start(instance, Map.of());
    }

    /** The same with more settings, which only this instance has. */
    public StreamsRole start(String instance, Map<String, String> more) {
        return start(instance, more, options -> options);
    }

    /** The same with options that are changed in a way that no setting can. */
    public StreamsRole start(String instance, Map<String, String> more, UnaryOperator<StreamsRoleOptions> change) {
        Map<String, String> own = settingsOf(instance);
        own.putAll(more);
        StreamsRole app =
                StreamsRole.start(change.apply(StreamsRoleOptions.of(Settings.load(own, Map.of(), Optional.empty()))));
        running.add(app);
        return app;
    }

    /** Starts an instance in a process of its own, and waits until it works. */
    RoleProcess startProcessAndAwait(String instance) throws IOException {
        RoleProcess process = startProcess(instance);
        try {
            await().atMost(PATIENCE).until(process::isReady);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "The instance " + instance + " has not become ready. It says: " + process.said(), e);
        }
        return process;
    }

    private static Admin admin(String brokers) {
        return Admin.create(Map.of("bootstrap.servers", brokers));
    }

    /** Starts an instance in a process of its own, and returns at once. */
    RoleProcess startProcess(String instance) throws IOException {
        return startProcess(instance, Map.of());
    }

    /** The same with settings that only this start has. */
    RoleProcess startProcess(String instance, Map<String, String> more) throws IOException {
        Map<String, String> own = settingsOf(instance);
        own.putAll(more);
        String[] arguments = own.entrySet().stream()
                .map(setting -> "--set=" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
        return RoleProcess.start("streams", Path.of(own.get("state.dir") + ".log"), Map.of(), arguments);
    }

    private Map<String, String> settingsOf(String instance) {
        Map<String, String> own = new HashMap<>(settings);
        own.put("state.dir", settings.get("state.dir") + "-" + instance);
        return own;
    }

    /** Starts an instance and waits until it works. */
    public StreamsRole startAndAwait(String instance) {
        StreamsRole app = start(instance);
        await().atMost(PATIENCE).until(() -> app.state() == KafkaStreams.State.RUNNING);
        return app;
    }

    public void accept(Collection<String> lines) {
        for (String line : lines) {
            byte[] value = line.getBytes(UTF_8);
            Producer producer = producers.get(accepted.size() % producers.size());
            var unused = producer.intake()
                    .accept(Owner.ANYBODY, value, new Receipt("test", System.currentTimeMillis(), source()));
            accepted.add(value);
        }
        producers.forEach(producer -> producer.sink().flush());
    }

    /** The calls are to be those of these notifications, too, which somebody else put on the topic. */
    void expect(Collection<String> lines) {
        lines.forEach(line -> accepted.add(line.getBytes(UTF_8)));
    }

    private String source() {
        return "test:" + (accepted.size() + 1);
    }

    /** The sessions' places on {@code notifications}. */
    Map<String, Integer> partitionsBySession() {
        Map<String, Integer> partitions = new TreeMap<>();
        read(Topic.NOTIFICATIONS).forEach(read -> partitions.put(new String(read.key(), UTF_8), read.partition()));
        return partitions;
    }

    List<Emission> emissions() {
        return read(Topic.CALLS).stream().map(Emission::of).toList();
    }

    /** The names of the group's static members. */
    Set<String> staticMembers() throws Exception {
        try (Admin admin = admin(brokers)) {
            return admin.describeConsumerGroups(List.of(name)).all().get().get(name).members().stream()
                    .flatMap(member -> member.groupInstanceId().stream())
                    .collect(Collectors.toSet());
        }
    }

    public List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return read(Topic.DEAD_LETTERS);
    }

    /** What a reader of {@code calls} holds now. */
    CallsFold fold() {
        return CallsFold.of(emissions().stream().map(Emission::value).toList());
    }

    /**
     * Waits until every notification was worked on and the calls are those of what came in so far, byte for byte, and sees to
     * what holds of every emission.
     */
    public void awaitAssembled() {
        Map<String, String> assembled = AssembledCalls.ofLines(accepted);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(lag()).isZero();
            assertThat(fold().records()).isEqualTo(assembled);
        });
        assertThat(fold().sessionsCountedTwice()).isEmpty();
        await().atMost(PATIENCE)
                .untilAsserted(() -> ExpectedWindows.assertThatAreThese(
                        newest(Topic.WINDOW_METRICS), assembled.values(), accepted, extensions));
        ExpectedWindows.assertTheDigests(
                newest(Topic.WINDOW_METRICS),
                emissions().stream().map(Emission::value).toList());
        ExpectedRows.assertThatAreThese(newest(Topic.PARTY_METRICS), assembled.values());
        assertThat(emissions().stream()
                        .collect(Collectors.groupingBy(
                                Emission::key, Collectors.mapping(Emission::epoch, Collectors.toSet()))))
                .allSatisfy((key, epochs) -> assertThat(epochs).hasSize(1));
    }

    /** What a reader of a topic of tables holds now. */
    private Map<String, String> newest(Topic topic) {
        Map<String, String> newest = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> read : read(topic)) {
            String key = new String(read.key(), UTF_8);
            if (read.value() == null) {
                newest.remove(key);
            } else {
                newest.put(key, new String(read.value(), UTF_8));
            }
        }
        return newest;
    }

    /** How many notifications the group has not committed yet. */
    long lag() throws Exception {
        try (Admin admin = admin(brokers)) {
            Map<TopicPartition, Long> committed = new HashMap<>();
            admin.listConsumerGroupOffsets(name)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> committed.put(partition, offset.offset()));
            Map<TopicPartition, Long> ends = new HashMap<>();
            new TopicReader(brokers)
                    .readByPartition(
                            Topic.NOTIFICATIONS.name(name + "."),
                            read -> ends.put(new TopicPartition(read.topic(), read.partition()), read.offset() + 1));
            return ends.entrySet().stream()
                    .mapToLong(end -> end.getValue() - committed.getOrDefault(end.getKey(), 0L))
                    .sum();
        }
    }

    public List<ConsumerRecord<byte[], byte[]>> read(Topic topic) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        new TopicReader(brokers).readMerged(topic.name(name + "."), all::add);
        return all;
    }

    @Override
    public void close() {
        producers.forEach(producer -> producer.sink().close());
        running.forEach(StreamsRole::close);
    }
}
