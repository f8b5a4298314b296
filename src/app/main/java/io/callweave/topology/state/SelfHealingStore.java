package io.callweave.topology.state;

import io.callweave.logging.RootCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that moves its files aside when they are damaged, so that Kafka Streams restores it from its changelog.
 *
 * <p>Damage that shows when the store is opened is reported as a corrupted task, which Kafka Streams restores in place. Damage
 * that shows later fails the stream thread instead: on a corrupted task Kafka Streams commits what its thread has sent so far
 * (TaskManager.handleCorruption), and so half of the step that failed. A thread that fails aborts its transaction, and the store
 * is moved aside when it is closed.
 */
final class SelfHealingStore extends ForwardingStore {

    private static final Logger LOG = LoggerFactory.getLogger(SelfHealingStore.class);

    private final KeyValueStore<Bytes, byte[]> store;
    private final Predicate<Path> opensFirst;
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private @Nullable StoreFiles files;
    private @Nullable StateAge age;
    private @Nullable TaskId task;
    private boolean damaged;

    /** Whether anybody but a restore has written since it was opened. */
    private boolean works;

    /** @param opensFirst whether this process has not opened the store in this folder before: only then its files are verified */
    SelfHealingStore(KeyValueStore<Bytes, byte[]> store, Predicate<Path> opensFirst) {
        super(store);
        this.store = store;
        this.opensFirst = opensFirst;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        StoreFiles found = StoreFiles.of(context.stateDir().toPath(), name());
        files = found;
        task = context.taskId();
        committed.clear();
        works = false;
        StateAge complete = StateAge.of(found.folder(), context.appConfigs(), Instant.now());
        age = complete;
        restoreAllIfTooOld(found, complete);
        if (!Files.exists(found.folder())) {
            complete.empty(Instant.now());
        }
        // Listed before RocksDB runs: it merges tables in the background, and a table that it still writes is not
        // damaged.
        List<Path> tables = opensFirst.test(found.folder()) ? found.tables() : List.of();
        try {
            store.init(context, root);
            WriteAheadLog.turnOn(store);
            // After it was opened: RocksDB first deletes what a crash left behind, and that is no damage.
            StoreFiles.verify(tables);
        } catch (RocksDBException | RuntimeException e) {
            if (StoreDamage.isIn(e) && closeAndMoveAside(e)) {
                throw new TaskCorruptedException(Set.of(context.taskId()));
            }
            throw e instanceof RuntimeException failure
                    ? failure
                    : new ProcessorStateException(
                            "Error opening store " + name() + " at location " + found.folder(), e);
        }
    }

    private void restoreAllIfTooOld(StoreFiles found, StateAge complete) {
        if (Files.isDirectory(found.folder()) && complete.isTooOld(Instant.now())) {
            found.delete();
            LOG.atInfo()
                    .setMessage("A local state store was not used for long. It is restored from Kafka.")
                    .addKeyValue("task", task)
                    .addKeyValue("store", name())
                    .addKeyValue("longerThan", complete)
                    .log();
        }
    }

    @Override
    public void close() {
        store.close();
        if (damaged) {
            damaged = false;
            // Before Kafka Streams deletes it: the reason for the damage may be worth a look.
            moveAside(null);
        }
    }

    @Override
    public byte @Nullable [] get(Bytes key) {
        return watched(() -> store.get(key));
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        works = true;
        watched(() -> store.put(key, value));
    }

    @Override
    public byte @Nullable [] putIfAbsent(Bytes key, byte[] value) {
        works = true;
        return watched(() -> store.putIfAbsent(key, value));
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        works = true;
        watched(() -> store.putAll(entries));
    }

    @Override
    public byte @Nullable [] delete(Bytes key) {
        works = true;
        return watched(() -> store.delete(key));
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(@Nullable Bytes from, @Nullable Bytes to) {
        return watched(() -> store.range(from, to));
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseRange(@Nullable Bytes from, @Nullable Bytes to) {
        return watched(() -> store.reverseRange(from, to));
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return watched(store::all);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseAll() {
        return watched(store::reverseAll);
    }

    @Override
    public <S extends Serializer<P>, P> KeyValueIterator<Bytes, byte[]> prefixScan(P prefix, S serializer) {
        return watched(() -> store.prefixScan(prefix, serializer));
    }

    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        // Otherwise nothing has been written since.
        if (changelogOffsets.isEmpty() || !changelogOffsets.equals(before(changelogOffsets))) {
            watched(() -> store.commit(changelogOffsets));
            committed.clear();
            committed.putAll(changelogOffsets);
        }
        if (age != null && !changelogOffsets.isEmpty()) {
            age.committed(works, Instant.now());
        }
    }

    private Map<TopicPartition, Long> before(Map<TopicPartition, Long> changelogOffsets) {
        changelogOffsets.keySet().forEach(changelog -> committed.computeIfAbsent(changelog, this::committedOffset));
        return committed;
    }

    private void watched(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            damaged |= StoreDamage.isIn(e);
            throw e;
        }
    }

    private <T> T watched(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            damaged |= StoreDamage.isIn(e);
            throw e;
        }
    }

    private boolean closeAndMoveAside(Exception failure) {
        store.close();
        return moveAside(failure);
    }

    private boolean moveAside(@Nullable Exception failure) {
        StoreFiles from = files;
        if (from == null) {
            return false;
        }
        try {
            Path now = from.moveAside(String.valueOf(task), Instant.now());
            LOG.atWarn()
                    .setMessage(
                            "A local state store was damaged. It was moved aside and is restored from Kafka; nothing is"
                                    + " lost. If this happens again, check the disk.")
                    .addKeyValue("task", task)
                    .addKeyValue("store", name())
                    .addKeyValue("movedTo", now)
                    .addKeyValue("damage", failure == null ? "found while it was used" : RootCause.message(failure))
                    .log();
            return true;
        } catch (IOException e) {
            LOG.atError()
                    .setMessage("A local state store is damaged and cannot be moved aside. Delete its folder, and start"
                            + " again; it is restored from Kafka.")
                    .addKeyValue("task", task)
                    .addKeyValue("store", name())
                    .addKeyValue("folder", from.folder())
                    .addKeyValue("failure", e)
                    .log();
            return false;
        }
    }
}
