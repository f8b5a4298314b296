package io.callweave.topology.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SelfHealingStoreTest {

    private static final String NAME = "sessions";
    private static final TopicPartition CHANGELOG = new TopicPartition("changelog", 1);
    private static final int ENTRIES = 2_000;

    @TempDir
    private Path application;

    private Path task;
    private Path folder;

    /** What can happen to the files of a store. */
    private enum Damage {
        TABLE_BEGIN {
            @Override
            void doTo(Path store) throws IOException {
                garble(only(store, ".sst"), 100);
            }
        },
        TABLE_END {
            @Override
            void doTo(Path store) throws IOException {
                Path table = only(store, ".sst");
                garble(table, Files.size(table) - 40);
            }
        },
        TABLE_CUT {
            @Override
            void doTo(Path store) throws IOException {
                Path table = only(store, ".sst");
                try (FileChannel file = FileChannel.open(table, StandardOpenOption.WRITE)) {
                    file.truncate(Files.size(table) / 2);
                }
            }
        },
        TABLE_GONE {
            @Override
            void doTo(Path store) throws IOException {
                Files.delete(only(store, ".sst"));
            }
        },
        MANIFEST {
            @Override
            void doTo(Path store) throws IOException {
                garble(only(store, "MANIFEST"), 10);
            }
        },
        MANIFEST_GONE {
            @Override
            void doTo(Path store) throws IOException {
                Files.delete(only(store, "MANIFEST"));
            }
        },
        CURRENT {
            @Override
            void doTo(Path store) throws IOException {
                Files.writeString(store.resolve("CURRENT"), "?????????????????");
            }
        },
        CURRENT_EMPTY {
            @Override
            void doTo(Path store) throws IOException {
                Files.writeString(store.resolve("CURRENT"), "");
            }
        };

        abstract void doTo(Path store) throws IOException;
    }

    @BeforeEach
    void fill() throws IOException {
        task = Files.createDirectories(application.resolve("0_1"));
        folder = task.resolve("rocksdb").resolve(NAME);
        KeyValueStore<Bytes, byte[]> store = open();
        for (int i = 0; i < ENTRIES; i++) {
            store.put(key(i), ("value of " + i).getBytes(UTF_8));
        }
        store.commit(Map.of(CHANGELOG, 17L));
        store.close();
    }

    @Test
    void shouldKeepAStoreThatIsWhole() {
        KeyValueStore<Bytes, byte[]> store = open();

        assertThat(store.get(key(7))).isEqualTo("value of 7".getBytes(UTF_8));
        assertThat(store.committedOffset(CHANGELOG)).isEqualTo(17);
        store.close();
    }

    @Test
    void shouldHaveAllCommitsAfterAKill() throws IOException {
        KeyValueStore<Bytes, byte[]> store = open();
        store.put(key(7), "newer".getBytes(UTF_8));
        store.commit(Map.of(CHANGELOG, 18L));
        Path killed = Files.createDirectories(application.resolve("killed"));
        copy(task, killed.resolve("0_1"));
        store.close();
        task = killed.resolve("0_1");

        KeyValueStore<Bytes, byte[]> again = open();

        assertThat(again.get(key(7))).isEqualTo("newer".getBytes(UTF_8));
        assertThat(again.committedOffset(CHANGELOG)).isEqualTo(18);
        again.close();
    }

    @ParameterizedTest
    @CsvSource({"19, true", "21, false"})
    void shouldBeRestoredAsAWholeOnceKafkaMayHaveForgottenDeletions(long hours, boolean kept) throws IOException {
        completeBefore(hours);

        KeyValueStore<Bytes, byte[]> store = open();

        assertThat(store.get(key(7)) != null).isEqualTo(kept);
        assertThat(store.committedOffset(CHANGELOG) != null).isEqualTo(kept);
        store.close();
    }

    /** It was killed before it had read all of its changelog, and so before it wrote anything itself. */
    @Test
    void shouldNotBecomeYoungerByARestoreThatWasCutOff() throws IOException {
        completeBefore(19);
        KeyValueStore<Bytes, byte[]> restoring = open();

        restoring.commit(Map.of(CHANGELOG, 18L));

        Instant shown = Files.getLastModifiedTime(completeAt()).toInstant();

        assertThat(Duration.between(shown, Instant.now())).isGreaterThan(Duration.ofHours(18));
        restoring.close();
    }

    @Test
    void shouldBeCompleteOnceItsTaskWorks() throws IOException {
        completeBefore(19);
        KeyValueStore<Bytes, byte[]> store = open();
        store.put(key(7), "newer".getBytes(UTF_8));

        store.commit(Map.of(CHANGELOG, 18L));

        Instant shown = Files.getLastModifiedTime(completeAt()).toInstant();
        assertThat(Duration.between(shown, Instant.now())).isLessThan(Duration.ofHours(1));
        store.close();
    }

    private Path completeAt() {
        return folder.resolveSibling(NAME + ".complete-at");
    }

    private void completeBefore(long hours) throws IOException {
        Instant then = Instant.now().minus(Duration.ofHours(hours));
        Files.setLastModifiedTime(completeAt(), FileTime.from(then));
    }

    @Test
    void shouldNotTakeATableThatRocksDbIsStillWritingForDamage() throws IOException {
        KeyValueStore<Bytes, byte[]> rocksDb =
                Stores.persistentKeyValueStore(NAME).get();
        Path beingWritten = folder.resolve("000999.sst");
        KeyValueStore<Bytes, byte[]> store =
                new SelfHealingStore(afterInit(rocksDb, () -> Files.createFile(beingWritten)), path -> true);

        init(store);

        assertThat(beingWritten).exists();
        assertThat(store.get(key(7))).isEqualTo("value of 7".getBytes(UTF_8));
        assertThat(moved()).isEmpty();
        store.close();
    }

    @ParameterizedTest
    @EnumSource
    void shouldMoveADamagedStoreAsideAndReportItsTask(Damage damage) throws IOException {
        damage.doTo(folder);

        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        TaskCorruptedException.class,
                        corrupted -> assertThat(corrupted.corruptedTasks()).containsExactly(new TaskId(0, 1)));
        assertThat(folder).doesNotExist();
        assertThat(moved()).singleElement().asString().contains("0_1-" + NAME + "-");
        KeyValueStore<Bytes, byte[]> anew = open();
        assertThat(anew.committedOffset(CHANGELOG)).isNull();
        assertThat(anew.get(key(7))).isNull();
        anew.close();
    }

    @Test
    void shouldKeepOnlyTheLastDamagedStore() throws IOException {
        Damage.CURRENT.doTo(folder);
        assertThatThrownBy(this::open).isInstanceOf(TaskCorruptedException.class);
        Path older = moved().get(0);
        Files.move(older, older.resolveSibling("0_1-sessions-20260101T000000Z"));
        fill();
        Damage.MANIFEST.doTo(folder);

        assertThatThrownBy(this::open).isInstanceOf(TaskCorruptedException.class);

        assertThat(moved()).singleElement().asString().doesNotContain("20260101T000000Z");
    }

    @Test
    void shouldLeaveAStoreThatIsLockedWhereItIs() throws IOException {
        KeyValueStore<Bytes, byte[]> owner = open();

        assertThatThrownBy(this::open).isInstanceOf(ProcessorStateException.class);

        assertThat(owner.get(key(7))).isNotNull();
        assertThat(moved()).isEmpty();
        owner.close();
    }

    @Test
    void shouldLeaveAStoreThatCannotBeReachedWhereItIs() throws IOException {
        Path elsewhere = Files.move(folder, application.resolve("elsewhere"));
        Files.writeString(folder, "a file where the folder should be");

        assertThatThrownBy(this::open).isInstanceOf(ProcessorStateException.class);

        assertThat(folder).isRegularFile();
        assertThat(elsewhere).isDirectory();
        assertThat(moved()).isEmpty();
    }

    /** Each like the first one in a process. */
    private KeyValueStore<Bytes, byte[]> open() {
        KeyValueStore<Bytes, byte[]> store = new SelfHealingStores(NAME).get();
        init(store);
        return store;
    }

    private void init(KeyValueStore<Bytes, byte[]> store) {
        MockProcessorContext<Void, Void> context =
                new MockProcessorContext<>(new Properties(), new TaskId(0, 1), task.toFile());
        StateStoreContext stateContext = context.getStateStoreContext();
        store.init(stateContext, store);
    }

    /** The store, and what happens at once when it is open. */
    @SuppressWarnings("unchecked")
    private static KeyValueStore<Bytes, byte[]> afterInit(KeyValueStore<Bytes, byte[]> store, Callable<?> then) {
        return (KeyValueStore<Bytes, byte[]>) Proxy.newProxyInstance(
                SelfHealingStoreTest.class.getClassLoader(),
                new Class<?>[] {KeyValueStore.class},
                (proxy, method, arguments) -> {
                    Object result = method.invoke(store, arguments);
                    if (method.getName().equals("init")) {
                        then.call();
                    }
                    return result;
                });
    }

    private List<Path> moved() throws IOException {
        Path damaged = application.resolve("damaged");
        if (!Files.exists(damaged)) {
            return List.of();
        }
        assertThat(Files.getPosixFilePermissions(damaged)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        try (Stream<Path> files = Files.list(damaged)) {
            return files.toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static Bytes key(int number) {
        return Bytes.wrap("key %06d".formatted(number).getBytes(UTF_8));
    }

    /** The largest, where there are several. */
    private static Path only(Path store, String name) throws IOException {
        try (Stream<Path> files = Files.list(store)) {
            return files.filter(file -> file.getFileName().toString().contains(name))
                    .max(Comparator.comparingLong(SelfHealingStoreTest::size))
                    .orElseThrow();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void garble(Path file, long at) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap("garbled garbled garbled".getBytes(UTF_8)), at);
        }
    }
}
