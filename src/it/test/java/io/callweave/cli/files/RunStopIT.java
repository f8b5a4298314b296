package io.callweave.cli.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.cli.CommandProcess;
import io.callweave.local.Signals;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command {@code run} when it is told to stop while it is busy. */
@Tag("full")
class RunStopIT {

    private static final long INPUT_BYTES = 24 << 20;
    private static final Path SAMPLE = Path.of("src", "samples", "acceptance", "shuffled.ndjson");

    @TempDir
    private Path directory;

    /** Signals come while it takes notifications in, and while it puts calls together. */
    @ParameterizedTest
    @CsvSource({"callweave.notifications-0, 2000000", "callweave-run-routed-repartition-0, 1"})
    void shouldLeaveNeitherFilesNorATraceBehind(String busyWith, long bytes) throws Exception {
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        Path err = directory.resolve("err");
        Process process =
                CommandProcess.startAsUsers(temporary, directory.resolve("out"), err, "run", input().toString());
        await().until(() -> written(temporary, busyWith) >= bytes);

        Signals.send("TERM", process);

        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(128 + 15);
        assertThat(runs(temporary)).isEmpty();
        assertThat(Files.readString(err))
                .contains("it was stopped before the end")
                .doesNotContain("\tat ", "Exception");
    }

    @Test
    void shouldLeaveNothingBehindWhileItWaitsForTheStandardInput() throws Exception {
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        Path err = directory.resolve("err");
        Process process = CommandProcess.startAsUsers(temporary, directory.resolve("out"), err, "run", "-");
        process.getOutputStream().write(Files.readAllBytes(SAMPLE));
        process.getOutputStream().flush();
        await().until(() -> written(temporary, "callweave.notifications-0") > 0);

        Signals.send("TERM", process);

        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(runs(temporary)).isEmpty();
        assertThat(Files.readString(err)).doesNotContain("\tat ", "Exception");
    }

    /** The kill leaves no time to delete anything: the next run does. */
    @Test
    void shouldDeleteWhatAKilledRunLeftAndNothingElse() throws Exception {
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        Process killed = waiting(temporary, "killed");
        Path left = runs(temporary).get(0);
        Process alive = waiting(temporary, "alive");
        killed.destroyForcibly().waitFor();

        Process next = CommandProcess.startAsUsers(
                temporary, directory.resolve("out"), directory.resolve("err"), "run", SAMPLE.toString());

        assertThat(next.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(next.exitValue()).isZero();
        assertThat(left).doesNotExist();
        assertThat(runs(temporary)).hasSize(1);
        alive.getOutputStream().close();
        assertThat(alive.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(alive.exitValue()).isZero();
        assertThat(Files.readAllLines(directory.resolve("alive.out")))
                .isNotEmpty()
                .hasSameSizeAs(Files.readAllLines(directory.resolve("out")));
    }

    /** A run that has got the notifications of the sample and waits for more. */
    private Process waiting(Path temporary, String name) throws IOException {
        List<Path> before = runs(temporary);
        Process process = CommandProcess.startAsUsers(
                temporary, directory.resolve(name + ".out"), directory.resolve(name + ".err"), "run", "-");
        process.getOutputStream().write(Files.readAllBytes(SAMPLE));
        process.getOutputStream().flush();
        await().until(() -> {
            List<Path> own = runs(temporary);
            own.removeAll(before);
            return own.size() == 1 && writtenIn(own.get(0), "callweave.notifications-0") > 0;
        });
        return process;
    }

    private Path input() throws IOException {
        Path input = directory.resolve("input.ndjson");
        byte[] lines = (Files.readString(SAMPLE).strip() + "\n").getBytes(UTF_8);
        try (OutputStream out = Files.newOutputStream(input)) {
            for (long written = 0; written < INPUT_BYTES; written += lines.length) {
                out.write(lines);
            }
        }
        return input;
    }

    /** Bytes in the log of a partition. */
    private static long written(Path temporary, String partition) throws IOException {
        long bytes = 0;
        for (Path run : runs(temporary)) {
            bytes += writtenIn(run, partition);
        }
        return bytes;
    }

    private static long writtenIn(Path run, String partition) {
        try (Stream<Path> files = Files.list(run.resolve("kafka").resolve(partition))) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            return 0; // not there yet
        }
    }

    private static List<Path> runs(Path temporary) throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.filter(file -> file.getFileName().toString().startsWith("callweave-run-"))
                    .collect(Collectors.toList());
        }
    }
}
