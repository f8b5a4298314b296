package io.callweave.topology;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The state stores of both stages. All hold bytes; which, is told where each is used. */
final class StoreNames {

    /** Stage 1: what is known of a session's events, and those that wait. {@link EventOrders}, {@link Epoch}. */
    static final String EVENT_ORDERS = "event-orders";

    /** Stage 1: when to look at a session again. {@link DueQueue}. */
    static final String ORDER_DUE = "order-due";

    /** Stage 2: the sessions of calls that can still change, and the clock. {@link SessionStore}, {@link LiveCalls}, {@link Watermark}, {@link Epoch}. */
    static final String SESSIONS = "sessions";

    /** Stage 2: what was last emitted under each call id. {@link CallLedger}. */
    static final String CALL_LEDGER = "call-ledger";

    /** Stage 2: when to look at a session again. {@link DueQueue}. */
    static final String CALL_DUE = "call-due";

    /** Stage 2: the figures of windows, and what each call added to them. {@link WindowTable}, {@link WindowDays}, {@link DueQueue}. */
    static final String WINDOWS = "windows";

    private StoreNames() {}

    static Set<StoreBuilder<?>> stage1() {
        return builders(EVENT_ORDERS, ORDER_DUE);
    }

    static Set<StoreBuilder<?>> stage2() {
        return builders(SESSIONS, CALL_LEDGER, CALL_DUE, WINDOWS);
    }

    private static Set<StoreBuilder<?>> builders(String... names) {
        return Stream.of(names).map(StoreNames::builder).collect(Collectors.toUnmodifiableSet());
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of());
    }
}
