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

    /** Stage 1: what is known of a session's events, to drop duplicates and to order. {@link EventOrders}. */
    static final String EVENT_ORDERS = "event-orders";

    /** Stage 1: events that wait for a missing sequence. {@link EventOrders}. */
    static final String HELD_EVENTS = "held-events";

    /** Stage 1: when to look at a session again. {@link DueQueue}. */
    static final String ORDER_DUE = "order-due";

    /** Stage 1: the epoch. {@link Epoch}. */
    static final String ORDER_EPOCH = "order-epoch";

    /** Stage 2: each party event. {@link SessionStore}. */
    static final String SESSION_EVENTS = "session-events";

    /** Stage 2: which sessions name which as peer. {@link SessionStore}. */
    static final String PEER_NAMES = "peer-names";

    /** Stage 2: what is remembered of a session beside its events. {@link SessionStore}. */
    static final String SESSION_STATES = "session-states";

    /** Stage 2: what was last emitted under each call id. {@link CallLedger}. */
    static final String CALL_LEDGER = "call-ledger";

    /** Stage 2: live calls that wait for the end of their interval. {@link LiveCalls}. */
    static final String LIVE_PENDING = "live-pending";

    /** Stage 2: when to look at a session again. {@link DueQueue}. */
    static final String CALL_DUE = "call-due";

    /** Stage 2: how far each source partition is, and the epoch. {@link Watermark}, {@link Epoch}. */
    static final String CLOCK = "clock";

    private StoreNames() {}

    static Set<StoreBuilder<?>> stage1() {
        return builders(EVENT_ORDERS, HELD_EVENTS, ORDER_DUE, ORDER_EPOCH);
    }

    static Set<StoreBuilder<?>> stage2() {
        return builders(SESSION_EVENTS, PEER_NAMES, SESSION_STATES, CALL_LEDGER, LIVE_PENDING, CALL_DUE, CLOCK);
    }

    private static Set<StoreBuilder<?>> builders(String... names) {
        return Stream.of(names).map(StoreNames::builder).collect(Collectors.toUnmodifiableSet());
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of());
    }
}
