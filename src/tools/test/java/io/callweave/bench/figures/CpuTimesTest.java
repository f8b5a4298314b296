package io.callweave.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.bench.figures.CpuTimes.Reading;
import io.callweave.bench.figures.CpuTimes.ThreadTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CpuTimesTest {

    @TempDir
    private Path threads;

    @ParameterizedTest
    @CsvSource({
        "C1 CompilerThre, JIT",
        "C2 CompilerThre, JIT",
        "GC Thread#0, GC",
        "G1 Main Marker, GC",
        "VM Thread, GC",
        "bench-callweave, STREAMS",
        "kafka-producer-, PRODUCERS",
        "data-plane-kafk, BROKER",
        "rocksdb:low, ROCKSDB",
        "VM Periodic Tas, OTHER"
    })
    void shouldKnowThreadsByTheirNames(String name, ThreadKind kind) {
        ThreadTime time = ThreadTime.of(stat(name, 0, 0));

        assertThat(time.kind()).isEqualTo(kind);
    }

    @Test
    void shouldAddUserAndSystemTime() {
        ThreadTime time = ThreadTime.of(stat("a ) name", 150, 25));

        assertThat(time.seconds()).isEqualTo(1.75);
    }

    @Test
    void shouldCountAThreadThatHasEnded() throws IOException {
        CpuTimes times = new CpuTimes(threads);
        write("17", stat("C2 CompilerThre", 100, 0));
        write("18", stat("GC Thread#0", 30, 0));
        times.read();
        Files.delete(threads.resolve("17").resolve("stat"));
        Files.delete(threads.resolve("17"));
        write("19", stat("C2 CompilerThre", 50, 0));

        Reading reading = times.read();

        assertThat(reading.of(ThreadKind.JIT)).isEqualTo(1.5);
        assertThat(reading.of(ThreadKind.GC)).isEqualTo(0.3);
    }

    @Test
    void shouldCountTheRestAsOther() {
        Reading reading = new Reading(3.0, Map.of(ThreadKind.STREAMS, 1.5, ThreadKind.GC, 0.5));

        assertThat(reading.of(ThreadKind.OTHER)).isEqualTo(1.0);
    }

    @Test
    void shouldSubtractKindByKind() {
        Reading later = new Reading(5.0, Map.of(ThreadKind.STREAMS, 3.0, ThreadKind.JIT, 0.5));

        Reading used = later.since(new Reading(3.0, Map.of(ThreadKind.STREAMS, 1.5)));

        assertThat(used.of(ThreadKind.STREAMS)).isEqualTo(1.5);
        assertThat(used.of(ThreadKind.JIT)).isEqualTo(0.5);
        assertThat(used.of(ThreadKind.OTHER)).isZero();
    }

    @Test
    void shouldAddTwoProcesses() {
        Reading one = new Reading(3.0, Map.of(ThreadKind.GC, 0.5));

        Reading both = one.plus(new Reading(2.0, Map.of(ThreadKind.GC, 0.25, ThreadKind.JIT, 1.0)));

        assertThat(both).isEqualTo(new Reading(5.0, Map.of(ThreadKind.GC, 0.75, ThreadKind.JIT, 1.0)));
    }

    private void write(String thread, String stat) throws IOException {
        Files.createDirectory(threads.resolve(thread));
        Files.writeString(threads.resolve(thread).resolve("stat"), stat);
    }

    /** As in proc(5). */
    private static String stat(String name, int user, int system) {
        return "17 (" + name + ") S 1 2 3 4 5 6 7 8 9 10 " + user + " " + system + " 0 0 20 0 40\n";
    }
}
