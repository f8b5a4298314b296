package io.callweave.bridge.spool.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.bridge.RawRecord;
import io.callweave.meter.Metric;
import io.callweave.topics.Headers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {

    private static final long PLENTY = 1L << 40;

    @TempDir
    private Path directory;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SpoolCounters counters = new SpoolCounters(registry);
    private final AtomicLong usable = new AtomicLong(PLENTY);

    @Test
    void shouldSayThatAnotherBridgeUsesTheFolderOrThatItIsNone() throws Exception {
        try (Spool spool = open(directory)) {
            assertThat(spool).isNotNull();
            assertThatThrownBy(() -> open(directory))
                    .isInstanceOf(SpoolException.class)
                    .hasMessage("bridge.spool.dir is " + directory
                            + ", which another bridge uses; stop that bridge, or give each bridge a bridge.spool.dir of"
                            + " its own.");
        }
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> open(file))
                .isInstanceOf(SpoolException.class)
                .hasMessage(
                        "bridge.spool.dir is " + file + ", which cannot be used: a file is where a folder should be;"
                                + " set it to a folder that this user may write to.");
    }

    @Test
    void shouldGiveOutWhatCameInInOrderAlsoAfterItWasOpenedAnew() throws IOException {
        try (Spool spool = open(directory)) {
            append(spool, 0, 700);
            append(spool, 700, 5);
        }

        try (Spool spool = open(directory)) {
            assertThat(values(spool)).isEqualTo(numbered(0, 705));
            assertThat(spool.depth()).isEqualTo(705);
            assertThat(spool.bytes()).isEqualTo(705L * encoded(0).length);
            assertThat(spool.oldestAtMs()).isEqualTo(1_000);
        }
    }

    /** Large ones, taken while Kafka was away, once filled the memory at each start. */
    @Test
    void shouldGiveOutNoMoreBytesAtOnceThanAskedFor() throws IOException {
        try (Spool spool = open(directory)) {
            append(spool, 0, 10);

            Spool.Portion three = spool.read(0, 100, 2L * encoded(0).length + 1);
            Spool.Portion one = spool.read(three.next(), 100, 1);

            assertThat(three.entries()).hasSize(3);
            assertThat(one.entries()).hasSize(1);
            assertThat(one.next()).isEqualTo(4);
        }
    }

    @Test
    void shouldKnowHowMuchItHoldsWhileItIsOpen() throws IOException {
        try (Spool spool = open(directory)) {
            append(spool, 0, 10);
            spool.removeBelow(4, spool.read(0, 4, PLENTY).entries());

            append(spool, 10, 3);

            assertThat(spool.bytes()).isEqualTo(9L * encoded(0).length);
        }
    }

    @Test
    void shouldKnowHowMuchOfItIsOfAnAccountAlsoAfterItWasOpenedAnew() throws IOException {
        byte[] ofOne = ofAccount("1", 300_000);
        byte[] ofTwo = ofAccount("2", 7);
        try (Spool spool = open(directory)) {
            spool.append(List.of(ofOne, ofTwo, ofOne, ofTwo), 1_000);
            append(spool, 0, 1);

            assertThat(spool.bytesOf("1")).isEqualTo(2L * ofOne.length);
            assertThat(spool.bytesOf("2")).isEqualTo(2L * ofTwo.length);
        }

        try (Spool spool = open(directory)) {
            assertThat(spool.bytesOf("1")).isEqualTo(2L * ofOne.length);
            assertThat(spool.bytesOf("2")).isEqualTo(2L * ofTwo.length);
            assertThat(spool.largestAtStart()).isEqualTo(ofOne.length);

            spool.removeBelow(2, spool.read(0, 2, PLENTY).entries());
            assertThat(spool.bytesOf("1")).isEqualTo(ofOne.length);
            assertThat(spool.bytes()).isEqualTo(ofOne.length + ofTwo.length + encoded(0).length);

            spool.removeBelow(5, spool.read(2, 5, PLENTY).entries());
            assertThat(spool.bytesOf("1") + spool.bytesOf("2") + spool.bytes()).isZero();
        }
    }

    @Test
    void shouldNotGiveOutWhatWasRemoved() throws IOException {
        try (Spool spool = open(directory)) {
            append(spool, 0, 10);
            spool.removeBelow(4, spool.read(0, 4, PLENTY).entries());
        }

        try (Spool spool = open(directory)) {
            assertThat(values(spool)).isEqualTo(numbered(4, 10));
            assertThat(spool.bytes()).isEqualTo(6L * encoded(0).length);
        }
    }

    @Test
    void shouldGoOnAfterEverythingWasRemoved() throws IOException {
        try (Spool spool = open(directory)) {
            append(spool, 0, 10);
            spool.removeBelow(10, spool.read(0, 10, PLENTY).entries());
            assertThat(spool.depth()).isZero();
            assertThat(spool.bytes()).isZero();
        }
        try (Spool spool = open(directory)) {
            append(spool, 10, 3);
        }

        try (Spool spool = open(directory)) {
            assertThat(values(spool)).isEqualTo(numbered(10, 13));
        }
    }

    @Test
    void shouldCutATornTailAndCountIt() throws IOException {
        Path crashed = crashedCopy(20);
        Path log = newestLog(crashed);
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.setLength(file.length() - 5);
        }

        try (Spool spool = open(crashed)) {
            assertThat(values(spool)).isEqualTo(numbered(0, 19));
        }
        assertThat(count(Metric.SPOOL_TORN)).isEqualTo(1);
        assertThat(count(Metric.SPOOL_CORRUPT)).isZero();
    }

    @Test
    void shouldSaveEverythingWhenGarbageFollowsTheLastRecord() throws IOException {
        Path crashed = crashedCopy(20);
        byte[] garbage = new byte[300];
        Arrays.fill(garbage, (byte) 0x5a);
        Files.write(newestLog(crashed), garbage, StandardOpenOption.APPEND);

        try (Spool spool = open(crashed)) {
            assertThat(values(spool)).isEqualTo(numbered(0, 20));
        }
        assertThat(count(Metric.SPOOL_TORN) + count(Metric.SPOOL_CORRUPT)).isEqualTo(1);
    }

    /** RocksDB's log is made of blocks of 32 KiB, and what follows a damaged place is read from the next one on. */
    @Test
    void shouldSaveWhatSurroundsACorruptPlaceAndKeepACopyOfTheFiles() throws IOException {
        Path crashed = crashedCopy(1_000);
        Path log = newestLog(crashed);
        byte[] bytes = Files.readAllBytes(log);
        int damaged = indexOf(bytes, "value 00000007");
        bytes[damaged] ^= 1;
        Files.write(log, bytes);

        try (Spool spool = open(crashed)) {
            List<String> saved = values(spool);
            int firstAfter = numbered(0, 1_000).indexOf(saved.get(7));
            assertThat(saved.subList(0, 7)).isEqualTo(numbered(0, 7));
            assertThat(saved.subList(7, saved.size())).isEqualTo(numbered(firstAfter, 1_000));
            assertThat(indexOf(bytes, value(firstAfter)) - damaged).isLessThan(33 << 10);
        }

        assertThat(count(Metric.SPOOL_CORRUPT)).isPositive();
        try (Stream<Path> copies = Files.list(crashed.resolve("quarantine"))) {
            assertThat(copies.flatMap(SpoolTest::logs).anyMatch(copy -> Arrays.equals(read(copy), bytes)))
                    .isTrue();
        }
    }

    @Test
    void shouldSaveWhatItCanAlsoWhereNoCopyCanBeMade() throws IOException {
        Path crashed = crashedCopy(1_000);
        Path log = newestLog(crashed);
        byte[] bytes = Files.readAllBytes(log);
        bytes[indexOf(bytes, "value 00000007")] ^= 1;
        Files.write(log, bytes);
        Files.writeString(crashed.resolve("quarantine"), "in its place");

        try (Spool spool = open(crashed)) {
            assertThat(values(spool)).startsWith("value 00000000").endsWith("value 00000999");
        }
        assertThat(count(Metric.SPOOL_CORRUPT)).isPositive();
    }

    @Test
    void shouldNotDeleteWhatItCanNeitherReadNorCopy() throws IOException {
        Path crashed = crashedCopy(20);
        Files.writeString(manifest(crashed), "nonsense\n");
        Files.writeString(crashed.resolve("quarantine"), "in its place");
        byte[] log = Files.readAllBytes(newestLog(crashed));

        assertThatThrownBy(() -> open(crashed)).isInstanceOf(SpoolException.class);
        assertThat(newestLog(crashed)).hasBinaryContent(log);
    }

    @Test
    void shouldBeginAnewAndKeepACopyWhenNothingCanBeRead() throws IOException {
        Path crashed = crashedCopy(20);
        Files.writeString(manifest(crashed), "nonsense\n");

        try (Spool spool = open(crashed)) {
            append(spool, 100, 1);
            assertThat(values(spool)).containsExactly("value 00000100");
        }
        assertThat(count(Metric.SPOOL_CORRUPT)).isEqualTo(1);
        assertThat(crashed.resolve("quarantine")).isNotEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense\n", "", "MANIFEST-000099\n", "\u00ff\u0000"})
    void shouldLoseNothingWhenOnlyTheFileThatNamesTheManifestIsGarbled(String garbage) throws IOException {
        Path crashed = crashedCopy(20);
        Files.writeString(crashed.resolve("queue").resolve("CURRENT"), garbage, StandardCharsets.ISO_8859_1);

        try (Spool spool = open(crashed)) {
            assertThat(values(spool)).isEqualTo(numbered(0, 20));
            append(spool, 20, 1);
        }

        try (Spool spool = open(crashed)) {
            assertThat(values(spool)).isEqualTo(numbered(0, 21));
        }
        assertThat(count(Metric.SPOOL_CORRUPT)).isEqualTo(1);
        assertThat(crashed.resolve("quarantine")).isNotEmptyDirectory();
    }

    @Test
    void shouldLoseNothingWhenTheFileThatNamesTheManifestIsMissing() throws IOException {
        Path crashed = crashedCopy(20);
        open(crashed).close(); // moves the records from the log to a table, which only the manifest names
        Files.delete(crashed.resolve("queue").resolve("CURRENT"));

        try (Spool spool = open(crashed)) {
            assertThat(values(spool)).isEqualTo(numbered(0, 20));
        }
        assertThat(count(Metric.SPOOL_CORRUPT)).isEqualTo(1);
    }

    /** A crash can leave the beginning of a manifest that was never in force. */
    @Test
    void shouldFallBackOnAnOlderManifestWhenTheNewestIsNoGood() throws IOException {
        Path crashed = crashedCopy(20);
        open(crashed).close(); // moves the records from the log to a table, which only the manifest names
        Files.delete(crashed.resolve("queue").resolve("CURRENT"));
        Files.writeString(crashed.resolve("queue").resolve("MANIFEST-999999"), "the beginning");

        try (Spool spool = open(crashed)) {
            assertThat(values(spool)).isEqualTo(numbered(0, 20));
        }
    }

    @Test
    void shouldTakeNothingWhileTheDiskHasNoRoomAndGoOnAfterwards() throws IOException {
        try (Spool spool = open(directory)) {
            append(spool, 0, 2);
            usable.set(1_000);
            assertThatThrownBy(() -> append(spool, 2, 1)).isInstanceOf(IOException.class);
            assertThat(spool.isWritable()).isFalse();
            assertThat(values(spool)).isEqualTo(numbered(0, 2));

            usable.set(PLENTY);
            spool.recover();

            assertThat(spool.isWritable()).isTrue();
            append(spool, 2, 1);
            assertThat(values(spool)).isEqualTo(numbered(0, 3));
        }
    }

    @Test
    void shouldSayThatAnotherProcessUsesTheFolder() {
        try (Spool spool = open(directory)) {
            assertThat(spool.isWritable()).isTrue();
            assertThatThrownBy(() -> open(directory))
                    .isInstanceOf(SpoolException.class)
                    .hasMessageContaining("bridge.spool.dir")
                    .hasMessageContaining(directory.toString());
        }
    }

    @Test
    void shouldLetOnlyTheOwnerIntoItsFolders() throws IOException {
        Path made = directory.resolve("data/spool");

        try (Spool spool = open(made);
                Stream<Path> files = Files.walk(directory.resolve("data"))) {
            assertThat(spool.isWritable()).isTrue();
            assertThat(files.filter(Files::isDirectory))
                    .allSatisfy(each -> assertThat(Files.getPosixFilePermissions(each))
                            .isEqualTo(PosixFilePermissions.fromString("rwx------")));
        }
    }

    /** Linux counts the bytes of a deleted file that were not on the disk itself yet, and so would be lost with the power. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldHaveOnTheDiskItselfWhatItTook() throws IOException {
        byte[] record = RecordCodec.encode(new RawRecord("topic", null, new byte[4 << 20], List.of()), 1_000);
        try (Spool spool = open(directory)) {
            spool.append(List.of(record), 1_000);
        }
        long before = unwrittenBytesOfDeletedFiles();

        for (Path log : logs(directory.resolve("queue")).toList()) {
            Files.delete(log);
        }

        assertThat(unwrittenBytesOfDeletedFiles() - before).isLessThan(record.length / 2);
    }

    private static long unwrittenBytesOfDeletedFiles() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/io")).stream()
                .filter(line -> line.startsWith("cancelled_write_bytes: "))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                .sum();
    }

    private Spool open(Path where) {
        return Spool.open(where, counters, usable::get);
    }

    private double count(Metric metric) {
        return registry.get(metric.meterName()).counter().count();
    }

    /** What a kill leaves: the files as they are while the store is open. One write a record. */
    private Path crashedCopy(int records) throws IOException {
        Path copy = directory.resolve("crashed");
        Path original = directory.resolve("original");
        try (Spool spool = open(original)) {
            for (int i = 0; i < records; i++) {
                append(spool, i, 1);
            }
            Files.createDirectories(copy.resolve("queue"));
            try (Stream<Path> files = Files.list(original.resolve("queue"))) {
                for (Path file : files.toList()) {
                    Files.copy(file, copy.resolve("queue").resolve(file.getFileName()));
                }
            }
        }
        return copy;
    }

    private static Path manifest(Path spool) throws IOException {
        Path store = spool.resolve("queue");
        return store.resolve(Files.readString(store.resolve("CURRENT")).strip());
    }

    private static Path newestLog(Path spool) {
        return logs(spool.resolve("queue")).max(Comparator.naturalOrder()).orElseThrow();
    }

    private static Stream<Path> logs(Path store) {
        try (Stream<Path> files = Files.list(store)) {
            return files.filter(file -> file.toString().endsWith(".log")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int indexOf(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
    }

    private static void append(Spool spool, int from, int count) throws IOException {
        spool.append(
                IntStream.range(from, from + count).mapToObj(SpoolTest::encoded).toList(), 1_000);
    }

    private static byte[] encoded(int number) {
        return RecordCodec.encode(
                new RawRecord("topic", "key".getBytes(UTF_8), value(number).getBytes(UTF_8), List.of()), 1_000);
    }

    private static byte[] ofAccount(String account, int bytes) {
        return RecordCodec.encode(
                new RawRecord(
                        "topic",
                        "key".getBytes(UTF_8),
                        new byte[bytes],
                        List.of(Headers.text(Headers.SOURCE, "webhook"), Headers.text(Headers.ACCOUNT, account)),
                        bytes % 2 == 0 ? null : 1L),
                1_000);
    }

    private static String value(int number) {
        return "value %08d".formatted(number);
    }

    private static List<String> numbered(int from, int to) {
        return new ArrayList<>(
                IntStream.range(from, to).mapToObj(SpoolTest::value).toList());
    }

    private static List<String> values(Spool spool) {
        List<String> values = new ArrayList<>();
        for (long next = spool.head(); next < spool.tail(); ) {
            Spool.Portion portion = spool.read(next, 100, Long.MAX_VALUE);
            portion.entries().forEach(each -> values.add(new String(each.raw().value(), UTF_8)));
            next = portion.next();
        }
        return values;
    }
}
