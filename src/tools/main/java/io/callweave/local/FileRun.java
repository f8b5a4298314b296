package io.callweave.local;

import io.callweave.bridge.Intake;
import io.callweave.bridge.IntakeListener;
import io.callweave.bridge.IntakeRules;
import io.callweave.bridge.KafkaSink;
import io.callweave.bridge.KafkaSinkSettings;
import io.callweave.bridge.Owner;
import io.callweave.bridge.Receipt;
import io.callweave.bridge.RecordedTimestamps;
import io.callweave.call.event.PartyEvent;
import io.callweave.directory.DirectoryChanges;
import io.callweave.directory.DirectoryEntry;
import io.callweave.files.FileNotifications;
import io.callweave.files.NotificationLine;
import io.callweave.files.Tally;
import io.callweave.files.TemporaryDirectory;
import io.callweave.notification.NotificationReader;
import io.callweave.notification.OtherEvent;
import io.callweave.topics.DirectoryTopic;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicReader;
import io.callweave.topics.Topics;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * Files of notifications through the whole product in this process: the bridge's intake, a broker of its own, the real
 * topology. Time is the recorded one; where the files end it runs on until nothing waits.
 */
public final class FileRun implements AutoCloseable {

    private static final String TRANSPORT = "file";
    private static final int LARGEST_RECORD = 1 << 30;

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
        // Not deleted under the feet of the broker, which would end the process at once and leave the rest.
        TemporaryDirectory directory = TemporaryDirectory.createToBeClosed("callweave-run-");
        FileRun run;
        try {
            EmbeddedKafka broker =
                    EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.path().resolve("kafka")));
            run = new FileRun(options, directory, broker);
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
        try {
            try (Admin admin =
                    Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, run.broker.bootstrapServers()))) {
                Topics.create(admin, options.topicPrefix(), options.partitions(), (short) 1, Topics.Variant.FILES);
            }
            return run;
        } catch (RuntimeException e) {
            run.close();
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
        NotificationReader reader = new NotificationReader(options.calls().notifications());
        IntakeRules rules = IntakeRules.of(
                        options.topicPrefix(), options.calls().notifications().maxBytes())
                .takingOurs()
                .withInsights(options.insights())
                .withTimestamps(new RecordedTimestamps(value -> eventTime(reader, value)));
        IntakeListener counts = new IntakeListener() {
            @Override
            public void skipped(OtherEvent kind, @Nullable String account) {
                tally.skipped(kind.wireName(), 1);
            }
        };
        try (FileNotifications lines = FileNotifications.toBeKept(
                        files, stdin, options.calls().notifications().maxBytes());
                KafkaSink sink = new KafkaSink(KafkaSinkSettings.of(broker.bootstrapServers()))) {
            Intake intake = new Intake(rules, sink, counts, InstantSource.system());
            while (lines.hasNext()) {
                NotificationLine line = lines.next();
                Receipt receipt = new Receipt(TRANSPORT, System.currentTimeMillis(), line.source());
                var unused = intake.accept(Owner.ANYBODY, line.value(), receipt);
                tally.line();
                progress.accept(line);
            }
            sink.flush();
        }
    }

    /**
     * Runs the topology until everything that was taken in is worked off, and nothing waits any more.
     *
     * @throws LocalException if the topology fails, or if not all that it did is committed
     */
    public void processAll() throws InterruptedException {
        Path state = directory.path().resolve("state");
        FileTopology topology = new FileTopology(options, broker.bootstrapServers(), LARGEST_RECORD, state);
        try (topology) {
            topology.await();
        }
        topology.checkThatAllIsCommitted();
    }

    /** Reads what came out on a topic of this run. */
    public TopicReader outputs() {
        return new TopicReader(broker.bootstrapServers());
    }

    private static @Nullable Long eventTime(NotificationReader reader, byte[] value) {
        List<PartyEvent> events = reader.read(value).events();
        return events.isEmpty() ? null : events.get(0).eventTime();
    }

    /** Another thread may do it too: each returns when it is done. */
    @Override
    public synchronized void close() {
        try {
            broker.close();
        } finally {
            directory.close();
        }
    }
}
