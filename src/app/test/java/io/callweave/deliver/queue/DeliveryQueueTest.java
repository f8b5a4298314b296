package io.callweave.deliver.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.deliver.EventType;
import io.callweave.deliver.Occurrence;
import io.callweave.deliver.Version;
import io.callweave.deliver.post.QueuedWebhook;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliveryQueueTest {

    private final KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore("queue"), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();

    private final List<String> called = new ArrayList<>();

    @BeforeEach
    void open() {
        store.init(new MockProcessorContext<String, byte[]>().getStateStoreContext(), store);
    }

    /** A scan passes all that was deleted behind it, which is much if many large ones were. */
    @Test
    void shouldDeleteAValueWithTheLastThatHasItWithoutAScan() {
        DeliveryQueue first = new DeliveryQueue(store);
        first.put(large("sub-1"));
        first.put(large("sub-2"));
        first.put(large("sub-2"));
        DeliveryQueue queue = new DeliveryQueue(listening());
        queue.put(large("sub-3"));
        called.clear();

        for (String each : List.of("sub-1", "sub-2", "sub-3")) {
            QueuedWebhook waiting = Objects.requireNonNull(queue.get(each, "1/s-1"));
            assertThat(queue.whole(waiting)).isNotNull();
            queue.remove(waiting);
        }

        assertThat(store.approximateNumEntries()).isZero();
        assertThat(called).contains("delete").doesNotContain("range", "prefixScan", "all");
    }

    /** As when a webhook is asked for again that an earlier release wrote: its id says nothing of the bytes. */
    @Test
    void shouldKeepValuesOfTheSameWebhookApartIfTheyDiffer() {
        byte[] value = new byte[DeliveryQueue.LARGE];
        Arrays.fill(value, (byte) ' ');
        byte[] other = value.clone();
        other[0] = '1';
        DeliveryQueue queue = new DeliveryQueue(store);
        queue.put(large("sub-1").with(value));
        queue.put(large("sub-2").with(other));
        DeliveryQueue restarted = new DeliveryQueue(store);

        for (DeliveryQueue each : List.of(queue, restarted)) {
            assertThat(value(each, "sub-1")).isEqualTo(value);
            assertThat(value(each, "sub-2")).isEqualTo(other);
        }
    }

    private static byte[] value(DeliveryQueue queue, String subscription) {
        QueuedWebhook waiting = Objects.requireNonNull(queue.get(subscription, "1/s-1"));
        return Objects.requireNonNull(queue.whole(waiting)).occurrence().value();
    }

    @SuppressWarnings("unchecked")
    private KeyValueStore<Bytes, byte[]> listening() {
        return (KeyValueStore<Bytes, byte[]>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {KeyValueStore.class}, (proxy, method, arguments) -> {
                    called.add(method.getName());
                    return method.invoke(store, arguments);
                });
    }

    private static QueuedWebhook large(String subscription) {
        return QueuedWebhook.of(
                subscription,
                new Occurrence(
                        EventType.CALL_COMPLETED,
                        "1",
                        "1/s-1",
                        new Version(7, 1, 0),
                        "call_1_s-1_7_1",
                        1,
                        new byte[DeliveryQueue.LARGE]),
                1,
                new QueuedWebhook.Origin("calls", 1));
    }
}
