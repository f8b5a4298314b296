package io.callweave.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.bridge.account.Privacy;
import io.callweave.notification.NotificationKeyer;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.topics.HomePartition;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionChoiceTest {

    private static final int PARTITIONS = 12;
    private static final Node[] NONE = {};

    private final PartitionChoice byAccount = PartitionChoice.byAccount("acme.");
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(cluster(), true, null, new ByteArraySerializer(), new ByteArraySerializer());

    @ParameterizedTest
    @ValueSource(strings = {"809646016", "400130473008", "ä"})
    void shouldChooseThePartitionThatTheAccountWouldHaveAsAKey(String account) {
        assertThat(byAccount.of(record("acme.notifications", Map.of("account", account)), producer))
                .isEqualTo(BuiltInPartitioner.partitionForKey(account.getBytes(UTF_8), PARTITIONS));
    }

    @Test
    void shouldLeaveToTheProducerWhatNamesNoAccountAndOtherTopics() {
        assertThat(byAccount.of(record("acme.notifications", Map.of("source", "1")), producer))
                .isNull();
        assertThat(byAccount.of(record("acme.notifications", Map.of("account", "")), producer))
                .isNull();
        assertThat(byAccount.of(record("acme.dead-letters", Map.of("account", "1")), producer))
                .isNull();
        assertThat(PartitionChoice.BY_KEY.of(record("acme.notifications", Map.of("account", "1")), producer))
                .isNull();
    }

    /** The router reads the account from the value, also where personal data is masked. */
    @ParameterizedTest
    @EnumSource(
            value = Privacy.class,
            names = {"NONE", "MASK"})
    void shouldChooseWhatTheRouterFinds(Privacy privacy) {
        KafkaSink sink = new KafkaSink(new KafkaSinkSettings(1 << 20, Map.of(), byAccount), producer);
        Intake intake = new Intake(IntakeRules.of("acme.", 1 << 20), sink, IntakeListener.NONE, InstantSource.system());
        List<Notification> notifications = PhoneCall.call()
                .inbound("+15550100002")
                .answeredBy("104")
                .hangUp()
                .notifications();

        notifications.forEach(notification -> {
            var unused = intake.accept(
                    Owner.anybody(account -> privacy), notification.bytes(), new Receipt("test", 1, "test:1"));
        });

        assertThat(producer.history())
                .hasSameSizeAs(notifications)
                .allSatisfy(sent -> assertThat(sent.partition())
                        .isEqualTo(HomePartition.of(
                                Objects.requireNonNull(new NotificationKeyer()
                                        .key(sent.value())
                                        .account()),
                                PARTITIONS)));
    }

    private static RawRecord record(String topic, Map<String, String> headers) {
        List<Header> all = headers.entrySet().stream()
                .<Header>map(header ->
                        new RecordHeader(header.getKey(), header.getValue().getBytes(UTF_8)))
                .toList();
        return new RawRecord(topic, "s-1".getBytes(UTF_8), new byte[1], all);
    }

    private static Cluster cluster() {
        List<PartitionInfo> partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(number -> new PartitionInfo("acme.notifications", number, Node.noNode(), NONE, NONE))
                .toList();
        return new Cluster("test", List.of(), partitions, Set.of(), Set.of());
    }
}
