package io.callweave.deliver.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class LiveCallStatesTest {

    private static final long HOUR = 3_600_000;
    private static final int CALLS = 2_000;

    private final KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore("states"), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    private final LiveCallStates states = new LiveCallStates(store);

    LiveCallStatesTest() {
        store.init(new MockProcessorContext<>().getStateStoreContext(), store);
    }

    /** A sender can make very many, and webhooks of all accounts wait for the same thread. */
    @Test
    void shouldForgetFewOldCallsAtATimeAndAllInTheEnd() {
        for (int i = 0; i < CALLS; i++) {
            states.recorded("1/old-" + i, 0);
            states.recorded("1/new-" + i, 10 * HOUR);
        }

        states.clean(25 * HOUR);
        assertThat(store.approximateNumEntries()).isGreaterThan(2 * CALLS - 500);

        for (int round = 0; round < CALLS; round++) {
            states.clean(25 * HOUR);
        }
        assertThat(store.approximateNumEntries()).isEqualTo(CALLS);
        assertThat(states.isNew("1/new-7", false, 25 * HOUR, 1)).isFalse();
        assertThat(states.isNew("1/old-7", false, 25 * HOUR, 1)).isTrue();
    }

    @Test
    void shouldWalkAgainAnHourLater() {
        states.recorded("1/s-1", 0);
        states.clean(23 * HOUR + HOUR / 2);
        assertThat(store.approximateNumEntries()).isOne();

        states.clean(24 * HOUR + 1);
        assertThat(store.approximateNumEntries()).as("soon after").isOne();
        states.clean(24 * HOUR + HOUR / 2);
        assertThat(store.approximateNumEntries()).as("an hour later").isZero();
    }
}
