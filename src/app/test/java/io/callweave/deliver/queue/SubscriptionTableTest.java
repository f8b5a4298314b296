package io.callweave.deliver.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.deliver.subscription.SubscriptionJson;
import io.callweave.deliver.subscription.SubscriptionState;
import io.callweave.deliver.subscription.Subscriptions;
import io.callweave.deliver.subscription.WebhookSubscription;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class SubscriptionTableTest {

    private final SubscriptionTable table = new SubscriptionTable(all -> {});
    private final KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore("subscriptions"), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();

    SubscriptionTableTest() {
        store.init(new MockProcessorContext<>().getStateStoreContext(), store);
    }

    @Test
    void shouldParseOnlyWhatHasChanged() {
        put(Subscriptions.to("sub-1", "https://a.example/"));
        put(Subscriptions.to("sub-2", "https://a.example/"));
        Map<String, WebhookSubscription> before = table.of(store);

        put(Subscriptions.to("sub-2", "https://a.example/").with(SubscriptionState.PAUSED, "", 1));
        Map<String, WebhookSubscription> after = table.of(store);

        assertThat(after.get("sub-1")).isSameAs(before.get("sub-1"));
        assertThat(after.get("sub-2").state()).isEqualTo(SubscriptionState.PAUSED);
    }

    private void put(WebhookSubscription subscription) {
        store.put(subscription.id(), SubscriptionJson.write(subscription));
        table.changed();
    }
}
