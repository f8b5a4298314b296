package io.callweave.deliver.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.deliver.RetrySchedule;
import io.callweave.deliver.activity.DeliverActivity;
import io.callweave.deliver.receipt.CommittedOffsets;
import io.callweave.deliver.receipt.DeadLetterReceipts;
import io.callweave.record.ExcludedCalls;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class DeliveryProcessorTest {

    private final DeliveryProcessor processor = new DeliveryProcessor(
            new DeliverServices(
                    new DeliverRules(
                            new RetrySchedule(List.of(Duration.ofSeconds(10)), Duration.ofDays(1)),
                            Duration.ofHours(1),
                            4,
                            ExcludedCalls.NONE),
                    new SubscriptionTable(all -> {}),
                    null,
                    new CommittedOffsets(partitions -> {}),
                    new DeadLetterReceipts(),
                    new TestPosts(),
                    new DeliverActivity(new SimpleMeterRegistry()),
                    () -> Instant.EPOCH,
                    Duration.ZERO),
            new DeliverTopics("t."));

    /** Kafka Streams uses a task again, and keeps its timers: the stage of before would post beside the next one. */
    @Test
    void shouldLeaveNoTimerBehindWhenItIsClosed() {
        MockProcessorContext<String, byte[]> context = context();

        processor.init(context);
        assertThat(timers(context)).isEqualTo(3);
        List.copyOf(context.scheduledPunctuators())
                .forEach(each -> each.getPunctuator().punctuate(0));
        assertThat(timers(context)).as("after a round").isEqualTo(3);
        processor.close();
        assertThat(timers(context)).isZero();

        processor.init(context);
        assertThat(timers(context)).isEqualTo(3);
    }

    private static long timers(MockProcessorContext<String, byte[]> context) {
        return context.scheduledPunctuators().stream()
                .filter(punctuator -> !punctuator.cancelled())
                .count();
    }

    private static MockProcessorContext<String, byte[]> context() {
        Properties options = new Properties();
        options.put("application.id", "test");
        options.put("bootstrap.servers", "none:1");
        MockProcessorContext<String, byte[]> context =
                new MockProcessorContext<>(options, new TaskId(0, 1), new File(System.getProperty("java.io.tmpdir")));
        add(context, DeliverTopology.DELIVERIES, Serdes.Bytes());
        add(context, DeliverTopology.FAILING, Serdes.String());
        add(context, DeliverTopology.LIVE, Serdes.String());
        add(context, DeliverTopology.SUBSCRIPTIONS, Serdes.String());
        return context;
    }

    private static <K> void add(MockProcessorContext<String, byte[]> context, String name, Serde<K> keys) {
        KeyValueStore<K, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name), keys, Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
    }
}
