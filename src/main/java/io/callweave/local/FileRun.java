package io.callweave.local;

import io.callweave.bridge.Intake;
import io.callweave.bridge.IntakeSettings;
import io.callweave.bridge.Receipt;
import io.callweave.bridge.RecordedTimestamps;
import io.callweave.call.PartyEvent;
import io.callweave.directory.DirectoryChanges;
import io.callweave.directory.DirectoryEntry;
import io.callweave.notification.NotificationKeyer;
import io.callweave.notification.NotificationReader;
import io.callweave.topology.CallweaveTopology;
import io.callweave.topology.ConsumerReadAhead;
import io.callweave.topology.StreamsOptions;
import io.callweave.topology.Topic;
import io.callweave.topology.Topics;
import io.callweave.topology.TopologyConfig;
import io.callweave.topology.TopologyMetrics;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;

/**
 * Files of notifications through the whole product in this process: the bridge's intake, a broker of its own, the real
 * topology. Time is the recorded one; where the files end it runs on until nothing waits.
 */
public final class FileRun implements AutoCloseable {

    /** Later than everything that any call could wait for. */
    private static final long END_OF_TIME = Long.MAX_VALUE / 2;

    private static final String TRANSPORT = "file";
    private static final int LARGEST_RECORD = 1 << 30;
    /** One for each stage. */
    private static final int STREAM_THREADS = 2;

    private static final Duration TICK = Duration.ofMillis(20);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    private final FileRunOptions options;
    private final TemporaryDirectory directory;
    private final EmbeddedKafka broker;

    private FileRun(FileRunOptions options, TemporaryDirectory directory, EmbeddedKafka broker) {
        this.options = options;
        this.directory = directory;
        this.broker = broker;
    }

    /**
     * Starts the broker and makes the topics.
     *
     * @throws LocalException if that fails; one sentence
     */
    public static FileRun start(FileRunOptions options) {
        TemporaryDirectory directory = TemporaryDirectory.create("callweave-run-");
        try {
            EmbeddedKafka broker =
                    EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.path().resolve("kafka")));
            FileRun run = new FileRun(options, directory, broker);
            try (Admin admin =
                    Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()))) {
                Topics.create(admin, options.topicPrefix(), options.partitions(), (short) 1, Topics.Variant.FILES);
            }
            return run;
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** Puts these on {@code directory}. */
    public void describe(Collection<DirectoryEntry> extensions) {
        DirectoryChanges changes = DirectoryChanges.between(Map.of(), Set.of(), extensions, false);
        if (!changes.isEmpty()) {
            new DirectoryTopic(
                            Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
                            Topic.DIRECTORY.name(options.topicPrefix()))
                    .write(changes);
        }
    }

    /**
     * Puts the lines of the files on {@code notifications}.
     *
     * @param progress hears of every line
     * @throws LocalException if a file cannot be read
     */
    public void takeIn(List<String> files, InputStream stdin, Consumer<NotificationLine> progress, Tally tally) {
        NotificationKeyer keyer = new NotificationKeyer(options.maxNotificationBytes());
        NotificationReader reader = new NotificationReader(options.maxNotificationBytes());
        IntakeSettings settings = IntakeSettings.of(broker.bootstrapServers()).withPrefix(options.topicPrefix());
        try (FileNotifications lines = new FileNotifications(files, stdin);
                Intake intake =
                        new Intake(settings, keyer::key, new RecordedTimestamps(value -> eventTime(reader, value)))) {
            while (lines.hasNext()) {
                NotificationLine line = lines.next();
                var unused =
                        intake.accept(line.value(), new Receipt(TRANSPORT, System.currentTimeMillis(), line.source()));
                tally.line();
                progress.accept(line);
            }
            intake.flush();
            intake.counts().skipped().forEach(tally::skipped);
        }
    }

    /**
     * Runs the topology until everything that was taken in is worked off, and nothing waits any more.
     *
     * @throws LocalException if the topology fails
     */
    public void workOff() throws InterruptedException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Map<Integer, Boolean> finished = new ConcurrentHashMap<>();
        TopologyConfig.Listener listener = (partition, now) -> {
            if (now >= END_OF_TIME) {
                finished.put(partition, true);
                if (finished.size() == options.partitions()) {
                    done.complete(null);
                }
            }
        };
        ConsumerReadAhead clients = new ConsumerReadAhead(() -> END_OF_TIME, TICK);
        TopologyConfig config = new TopologyConfig(
                options.topicPrefix(),
                options.partitions(),
                options.maxNotificationBytes(),
                options.rules(),
                options.timing(),
                options.limits(),
                // Files can hold the calls of one day far apart.
                options.windows().keptForGood(),
                new TopologyConfig.Clock(clients, TICK, true),
                listener,
                TopologyMetrics.unexported());
        try (KafkaStreams streams =
                new KafkaStreams(CallweaveTopology.build(config), StreamsOptions.of(streamsOptions()), clients)) {
            streams.setUncaughtExceptionHandler(failure -> {
                done.completeExceptionally(failure);
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            });
            streams.start();
            done.get();
            // Commits what is open.
            streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                    .withTimeout(STOP_TIMEOUT));
        } catch (ExecutionException e) {
            throw new LocalException("The topology failed: " + e.getCause() + ".", e);
        }
    }

    /** Reads what came out on a topic of this run. */
    public TopicReader outputs() {
        return new TopicReader(broker.bootstrapServers());
    }

    private Map<String, Object> streamsOptions() {
        Path state = directory.path().resolve("state");
        return Map.of(
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.bootstrapServers(),
                StreamsConfig.APPLICATION_ID_CONFIG,
                "callweave-run",
                StreamsConfig.STATE_DIR_CONFIG,
                state.toString(),
                StreamsConfig.NUM_STREAM_THREADS_CONFIG,
                STREAM_THREADS,
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                LARGEST_RECORD,
                StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG),
                2L * LARGEST_RECORD,
                StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG),
                50);
    }

    private static @Nullable Long eventTime(NotificationReader reader, byte[] value) {
        List<PartyEvent> events = reader.read(value).events();
        return events.isEmpty() ? null : events.get(0).eventTime();
    }

    @Override
    public void close() {
        try {
            broker.close();
        } finally {
            directory.close();
        }
    }
}
