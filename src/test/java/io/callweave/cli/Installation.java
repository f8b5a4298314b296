package io.callweave.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.bridge.Intake;
import io.callweave.bridge.IntakeSettings;
import io.callweave.bridge.Receipt;
import io.callweave.bridge.Timestamps;
import io.callweave.directory.DirectoryEntry;
import io.callweave.local.Brokers;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.TopicReader;
import io.callweave.notification.NotificationKeyer;
import io.callweave.operations.StreamsApp;
import io.callweave.settings.Settings;
import io.callweave.topology.AssembledCalls;
import io.callweave.topology.CallsFold;
import io.callweave.topology.ExpectedWindows;
import io.callweave.topology.Headers;
import io.callweave.topology.Topic;
import io.callweave.topology.TopicPlan;
import io.callweave.topology.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Topics of one prefix with four partitions, instances of the topology with two threads each and short waits, what they were
 * given and what they gave out.
 */
final class Installation implements AutoCloseable {

    static final int PARTITIONS = 4;

    /** Long, because nothing is measured here; only a failure waits for it. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private final EmbeddedKafka kafka;
    private final String name;
    private final Map<String, String> settings;
    private final Intake intake;
    private final Set<StreamsApp> running = new HashSet<>();
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

    private Installation(EmbeddedKafka kafka, String name, Map<String, String> settings, Timestamps timestamps) {
        this.kafka = kafka;
        this.name = name;
        this.settings = settings;
        IntakeSettings intakeSettings =
                IntakeSettings.of(kafka.bootstrapServers()).withPrefix(name + ".");
        intake = new Intake(intakeSettings, new NotificationKeyer(1 << 20)::key, timestamps);
    }

    /** Notifications are received when they come in. */
    static Installation create(EmbeddedKafka kafka, Path directory, String name, Map<String, String> more) {
        return create(kafka, directory, name, more, true, Timestamps.RECEIVED);
    }

    /**
     * The topic has the time at which each notification was sent. What people take their time for is waited for, since it
     * passes on the topic, too.
     */
    static Installation ofRecordings(EmbeddedKafka kafka, Path directory, String name) {
        return create(
                kafka,
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
            EmbeddedKafka kafka,
            Path directory,
            String name,
            Map<String, String> more,
            boolean logAppendTime,
            Timestamps timestamps) {
        try (Admin admin = Brokers.admin(kafka)) {
            TopicPlan plan = new TopicPlan(name + ".", Duration.ofDays(30), logAppendTime, 1 << 20);
            Topics.create(admin, plan, PARTITIONS, (short) 1);
        }
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        settings.put("application.id", name);
        settings.put("topics.prefix", name + ".");
        settings.put("state.dir", directory.resolve(name).toString());
        settings.put("http.port", "0");
        settings.put("completion.linger", "1s");
        settings.put("completion.peer-wait", "2s");
        settings.put("completion.open-party-wait", "3s");
        settings.put("completion.max-idle", "5s");
        settings.put("streams.num.stream.threads", "2");
        // After a kill the broker waits for this long.
        settings.put("streams.session.timeout.ms", "6000");
        settings.put("streams.heartbeat.interval.ms", "1000");
        settings.putAll(more);
        return new Installation(kafka, name, settings, timestamps);
    }

    /** The windows are from the beginning to be those that a directory with these gives. */
    void expectExtensions(List<DirectoryEntry> expected) {
        extensions = expected;
    }

    /** Starts an instance with a state directory of its own, and returns at once. */
    StreamsApp start(String instance) {
        return start(instance, Map.of());
    }

    /** The same with more settings, which only this instance has. */
    StreamsApp start(String instance, Map<String, String> more) {
        Map<String, String> own = settingsOf(instance);
        own.putAll(more);
        StreamsApp app = StreamsApp.start(StreamsSettings.of(Settings.load(own, Map.of(), Optional.empty())));
        running.add(app);
        return app;
    }

    /** Starts an instance in a process of its own, and waits until it works. */
    StreamsProcess startProcessAndAwait(String instance) throws IOException {
        String[] arguments = settingsOf(instance).entrySet().stream()
                .map(setting -> "--set=" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
        StreamsProcess process =
                StreamsProcess.start(Path.of(settings.get("state.dir") + "-" + instance + ".log"), arguments);
        await().atMost(PATIENCE).until(process::isReady);
        return process;
    }

    private Map<String, String> settingsOf(String instance) {
        Map<String, String> own = new HashMap<>(settings);
        own.put("state.dir", settings.get("state.dir") + "-" + instance);
        return own;
    }

    /** Starts an instance and waits until it works. */
    StreamsApp startAndAwait(String instance) {
        StreamsApp app = start(instance);
        await().atMost(PATIENCE).until(() -> app.state() == KafkaStreams.State.RUNNING);
        return app;
    }

    void accept(Collection<String> lines) {
        for (String line : lines) {
            byte[] value = line.getBytes(UTF_8);
            var unused = intake.accept(value, new Receipt("test", System.currentTimeMillis(), source()));
            accepted.add(value);
        }
        intake.flush();
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
        try (Admin admin = Brokers.admin(kafka)) {
            return admin.describeConsumerGroups(List.of(name)).all().get().get(name).members().stream()
                    .flatMap(member -> member.groupInstanceId().stream())
                    .collect(Collectors.toSet());
        }
    }

    List<ConsumerRecord<byte[], byte[]>> deadLetters() {
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
    void awaitAssembled() {
        Map<String, String> assembled = AssembledCalls.ofLines(accepted);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(lag()).isZero();
            assertThat(fold().records()).isEqualTo(assembled);
        });
        assertThat(fold().sessionsCountedTwice()).isEmpty();
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> ExpectedWindows.assertThatAreThese(windows(), assembled.values(), accepted, extensions));
        assertThat(emissions().stream()
                        .collect(Collectors.groupingBy(
                                Emission::key, Collectors.mapping(Emission::epoch, Collectors.toSet()))))
                .allSatisfy((key, epochs) -> assertThat(epochs).hasSize(1));
    }

    /** What a reader of {@code window-metrics} holds now. */
    private Map<String, String> windows() {
        Map<String, String> windows = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> read : read(Topic.WINDOW_METRICS)) {
            String key = new String(read.key(), UTF_8);
            if (read.value() == null) {
                windows.remove(key);
            } else {
                windows.put(key, new String(read.value(), UTF_8));
            }
        }
        return windows;
    }

    /** How many notifications the group has not committed yet. */
    long lag() throws Exception {
        try (Admin admin = Brokers.admin(kafka)) {
            Map<TopicPartition, Long> committed = new HashMap<>();
            admin.listConsumerGroupOffsets(name)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> committed.put(partition, offset.offset()));
            Map<TopicPartition, Long> ends = new HashMap<>();
            new TopicReader(kafka.bootstrapServers())
                    .readByPartition(
                            Topic.NOTIFICATIONS.name(name + "."),
                            read -> ends.put(new TopicPartition(read.topic(), read.partition()), read.offset() + 1));
            return ends.entrySet().stream()
                    .mapToLong(end -> end.getValue() - committed.getOrDefault(end.getKey(), 0L))
                    .sum();
        }
    }

    List<ConsumerRecord<byte[], byte[]>> read(Topic topic) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        new TopicReader(kafka.bootstrapServers()).readMerged(topic.name(name + "."), all::add);
        return all;
    }

    @Override
    public void close() {
        intake.close();
        running.forEach(StreamsApp::close);
    }
}
