package io.callweave.topology.state;

import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * A whole topic in the memory of each instance: a global store, which every start reads from the topic's beginning. Every
 * partition of the stage can have calls of every account, so each instance needs all of it.
 */
public abstract class WholeTopicStore implements StateStore {

    private static final long LOG_EVERY_NS = 60_000_000_000L;

    private final String name;
    private volatile boolean open;
    private long loggedAt = System.nanoTime() - LOG_EVERY_NS;
    private long unlogged;

    protected WholeTopicStore(String name) {
        this.name = name;
    }

    /**
     * Takes a record of the topic; only one thread does. A record that cannot be used must not stop it.
     *
     * @param value null for a tombstone
     */
    public abstract void accept(byte @Nullable [] key, byte @Nullable [] value);

    /** Logs that a record cannot be used, at most once a minute. */
    protected final void warn(Logger log, String sentence, RuntimeException fault) {
        unlogged++;
        long now = System.nanoTime();
        if (now - loggedAt >= LOG_EVERY_NS) {
            log.atWarn()
                    .setMessage(sentence)
                    .addKeyValue("reason", fault.getMessage())
                    .addKeyValue("records", unlogged)
                    .log();
            loggedAt = now;
            unlogged = 0;
        }
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final void init(StateStoreContext context, StateStore root) {
        open = true;
        context.register(root, this::accept);
    }

    @Override
    public final void close() {
        open = false;
    }

    /** Each start reads it again. */
    @Override
    public final boolean persistent() {
        return false;
    }

    @Override
    public final boolean isOpen() {
        return open;
    }

    /** Puts what is on the topic into the store. */
    public static final class Reader implements Processor<byte[], byte[], Void, Void> {

        private final String storeName;
        private @Nullable WholeTopicStore store;

        public Reader(String storeName) {
            this.storeName = storeName;
        }

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            store = context.getStateStore(storeName);
        }

        @Override
        public void process(Record<byte[], byte[]> read) {
            Objects.requireNonNull(store).accept(read.key(), read.value());
        }
    }

    /** Makes the one store of an instance; there is nothing to choose. */
    public record Builder<S extends WholeTopicStore>(String name, Supplier<S> store) implements StoreBuilder<S> {

        @Override
        public S build() {
            return store.get();
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of();
        }

        @Override
        public boolean loggingEnabled() {
            return false;
        }

        @Override
        public StoreBuilder<S> withLoggingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<S> withLoggingEnabled(Map<String, String> config) {
            throw new UnsupportedOperationException("The topic itself is the log.");
        }

        @Override
        public StoreBuilder<S> withCachingEnabled() {
            throw new UnsupportedOperationException("All of it is in memory.");
        }

        @Override
        public StoreBuilder<S> withCachingDisabled() {
            return this;
        }
    }
}
