package io.callweave.bridge.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.bridge.PartitionChoice;
import io.callweave.bridge.RawRecord;
import io.callweave.topics.HomePartition;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class ProducerSendsTest implements ProducerSends.Fate {

    private static final Node[] NONE = {};

    private final AtomicInteger acknowledged = new AtomicInteger();

    @Test
    void shouldSendANotificationToTheHomePartitionOfItsAccount() {
        List<PartitionInfo> partitions = IntStream.range(0, 5)
                .mapToObj(number -> new PartitionInfo("t.notifications", number, Node.noNode(), NONE, NONE))
                .toList();
        MockProducer<byte[], byte[]> producer = new MockProducer<>(
                new Cluster("test", List.of(), partitions, Set.of(), Set.of()),
                true,
                null,
                new ByteArraySerializer(),
                new ByteArraySerializer());
        ProducerSends sends = new ProducerSends(() -> TopicLimits.UNKNOWN, PartitionChoice.byAccount("t."), () -> {});

        sends.send(
                producer,
                new RawRecord(
                        "t.notifications",
                        "s-1".getBytes(UTF_8),
                        new byte[1],
                        List.of(new RecordHeader("account", "809646016".getBytes(UTF_8)))),
                this);

        assertThat(producer.history())
                .singleElement()
                .satisfies(sent -> assertThat(sent.partition()).isEqualTo(HomePartition.of("809646016", 5)));
        assertThat(acknowledged).hasValue(1);
    }

    @Override
    public void acknowledged() {
        acknowledged.incrementAndGet();
    }

    @Override
    public void refused(Exception why) {
        throw new AssertionError(why);
    }
}
