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

    /** Stage 1: what has been seen of a session, to drop duplicates. {@link SeenEvents}. */
    static final String SEEN_EVENTS = "seen-events";

    /** Stage 2: each party event. {@link SessionStore}. */
    static final String PARTY_EVENTS = "party-events-by-session";

    /** Stage 2: which sessions name which as peer. {@link SessionStore}. */
    static final String PEER_NAMES = "peer-names";

    /** Stage 2: what is remembered of a session beside its events. {@link SessionStore}. */
    static final String SESSION_STATES = "session-states";

    /** Stage 2: what was last emitted under each call id. {@link CallLedger}. */
    static final String CALL_LEDGER = "call-ledger";

    /** Stage 2: when to look at a session again. {@link DueQueue}. */
    static final String DUE = "due";

    /** Stage 2: how far each source partition is, and the epoch. {@link Watermark}. */
    static final String CLOCK = "clock";

    private StoreNames() {}

    static Set<StoreBuilder<?>> stage1() {
        return builders(SEEN_EVENTS);
    }

    static Set<StoreBuilder<?>> stage2() {
        return builders(PARTY_EVENTS, PEER_NAMES, SESSION_STATES, CALL_LEDGER, DUE, CLOCK);
    }

    private static Set<StoreBuilder<?>> builders(String... names) {
        return Stream.of(names).map(StoreNames::builder).collect(Collectors.toUnmodifiableSet());
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of());
    }
}
