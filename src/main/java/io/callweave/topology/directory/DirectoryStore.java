package io.callweave.topology.directory;

import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryException;
import io.callweave.directory.DirectoryJson;
import io.callweave.topics.Topic;
import io.callweave.topology.meter.TopologyMetrics;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole topic {@link Topic#DIRECTORY} in the memory of each instance: the stage looks things up in it for every call, and
 * every partition can have calls of every account. Entries are read once, when they come. Of each key the last record counts,
 * so that every instance knows the same; one that cannot be read makes its extension unknown, and stops nothing.
 */
public final class DirectoryStore implements StateStore, Directory {

    public static final String NAME = "directory";

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryStore.class);
    private static final long LOG_EVERY_NS = 60_000_000_000L;

    private final TopologyMetrics metrics;
    private final Map<String, DirectoryEntry> entries = new ConcurrentHashMap<>();
    private volatile boolean open;
    private long loggedAt;
    private long unlogged;

    DirectoryStore(TopologyMetrics metrics) {
        this.metrics = metrics;
        this.loggedAt = System.nanoTime() - LOG_EVERY_NS;
    }

    @Override
    public @Nullable DirectoryEntry get(String accountId, String extensionId) {
        return entries.isEmpty() ? null : entries.get(DirectoryEntry.key(accountId, extensionId));
    }

    @Override
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /**
     * Takes a record of the topic; only one thread does.
     *
     * @param value null for a tombstone
     */
    void accept(byte @Nullable [] key, byte @Nullable [] value) {
        try {
            if (value != null) {
                DirectoryEntry entry = DirectoryJson.read(key, value);
                entries.put(entry.key(), entry);
            } else if (key != null) {
                entries.remove(new String(key, StandardCharsets.UTF_8));
            }
        } catch (DirectoryException e) {
            if (key != null) {
                entries.remove(new String(key, StandardCharsets.UTF_8));
            }
            metrics.directoryRejected();
            logOnceInAWhile(e);
        }
        metrics.directoryEntries(entries.size());
    }

    private void logOnceInAWhile(DirectoryException fault) {
        unlogged++;
        long now = System.nanoTime();
        if (now - loggedAt >= LOG_EVERY_NS) {
            LOG.atWarn()
                    .setMessage("A record of the directory cannot be used; the extension has no name.")
                    .addKeyValue("reason", fault.getMessage())
                    .addKeyValue("records", unlogged)
                    .log();
            loggedAt = now;
            unlogged = 0;
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        open = true;
        context.register(root, this::accept);
    }

    @Override
    public void close() {
        open = false;
    }

    /** Each start reads it again. */
    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /** Makes the one store of an instance; there is nothing to choose. */
    public record Builder(TopologyMetrics metrics) implements StoreBuilder<DirectoryStore> {

        @Override
        public DirectoryStore build() {
            return new DirectoryStore(metrics);
        }

        @Override
        public String name() {
            return NAME;
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
        public StoreBuilder<DirectoryStore> withLoggingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<DirectoryStore> withLoggingEnabled(Map<String, String> config) {
            throw new UnsupportedOperationException("The topic itself is the log.");
        }

        @Override
        public StoreBuilder<DirectoryStore> withCachingEnabled() {
            throw new UnsupportedOperationException("All of it is in memory.");
        }

        @Override
        public StoreBuilder<DirectoryStore> withCachingDisabled() {
            return this;
        }
    }
}
