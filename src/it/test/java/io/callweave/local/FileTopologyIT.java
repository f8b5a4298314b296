package io.callweave.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import io.callweave.files.LocalException;
import io.callweave.settings.InsightsDetail;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicReader;
import io.callweave.topics.Topics;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.windows.WindowOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Kafka Streams has to undo in a run is done again, or the run fails. */
@Tag("full")
class FileTopologyIT {

    private static final int CALLS = 2_000;

    private static final int MOST_TRIES = 5;

    private static final Instant BEGIN = Instant.parse("2026-03-02T08:00:00Z");
    private static final String UNDONE =
            "Kafka Streams has undone work of this run, which cannot be taken up again. Run it again.";

    @TempDir
    private Path directory;

    private int started;
    private BrokerProcess broker;
    private Admin admin;

    @BeforeEach
    void start() throws Exception {
        broker = BrokerProcess.start(directory.resolve("kafka" + started++));
        admin = Admin.create(clients());
    }

    @AfterEach
    void stop() {
        admin.close();
        broker.close();
    }

    @Test
    void shouldDoAgainWhatIsUndoneWithOnePartition() throws Exception {
        FileTopology topology = topologyOf(1);

        try (topology) {
            undo();
            topology.await();
        }

        topology.checkThatAllIsCommitted();
        assertThat(keysOfCalls()).hasSize(CALLS).doesNotHaveDuplicates();
    }

    /** What waits for other partitions is not read again. */
    @Test
    void shouldFailWhenWorkIsUndoneWithSeveralPartitions() throws Exception {
        try (FileTopology topology = topologyOf(2)) {
            undo();

            assertThatExceptionOfType(LocalException.class)
                    .isThrownBy(topology::await)
                    .withMessage(UNDONE);
        }
    }

    /** Nobody does it again. If all was committed a moment before, nothing is undone, and nothing must be missing. */
    @Test
    void shouldFailWhenWorkIsUndoneAtTheEnd() throws Exception {
        for (int i = 0; i < MOST_TRIES; i++) {
            FileTopology topology = topologyOf(1);
            try (topology) {
                topology.await();
                undo();
            }
            try {
                topology.checkThatAllIsCommitted();
            } catch (LocalException e) {
                assertThat(e).hasMessage(UNDONE);
                return;
            }
            assertThat(keysOfCalls()).hasSize(CALLS).doesNotHaveDuplicates();
            stop();
            start();
        }
        fail("Nothing was undone in %d tries.", MOST_TRIES);
    }

    private FileTopology topologyOf(int partitions) {
        Topics.create(admin, "", partitions, (short) 1, Topics.Variant.FILES);
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(clients(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Notification notification : notifications()) {
                var unused = producer.send(new ProducerRecord<>(
                        "notifications",
                        null,
                        notification.sentAt().toEpochMilli(),
                        notification.telephonySessionId().getBytes(StandardCharsets.UTF_8),
                        notification.bytes()));
            }
        }
        FileRunOptions options = new FileRunOptions(
                "",
                partitions,
                CallOptions.DEFAULT,
                WindowOptions.NONE,
                InsightsDetail.SUMMARY,
                Set.of(Topic.WINDOW_METRICS));
        return new FileTopology(options, broker.bootstrapServers(), 1 << 20, directory.resolve("state" + started));
    }

    private List<String> keysOfCalls() throws Exception {
        List<String> keys = new ArrayList<>();
        new TopicReader(broker.bootstrapServers())
                .readMerged("calls", call -> keys.add(new String(call.key(), StandardCharsets.UTF_8)));
        return keys;
    }

    private static List<Notification> notifications() {
        List<Notification> notifications = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            notifications.addAll(PhoneCall.call()
                    .seeded(i)
                    .startingAt(BEGIN.plusSeconds(i))
                    .inbound("+15550100002")
                    .answeredBy("104")
                    .hangUp()
                    .notifications());
        }
        notifications.sort(Comparator.comparing(Notification::sentAt));
        return notifications;
    }

    /** As if another process had the same transactional ids, as soon as there is work. */
    private void undo() throws Exception {
        await().until(() -> !transactions().isEmpty());
        admin.fenceProducers(transactions().stream()
                        .map(TransactionListing::transactionalId)
                        .toList())
                .all()
                .get();
    }

    private Collection<TransactionListing> transactions() throws Exception {
        return admin.listTransactions().all().get();
    }

    private Map<String, Object> clients() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }
}
