package io.callweave.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.cli.Callweave;
import io.callweave.cli.common.ExitStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A small run of the command {@code bench faults}: docs/reliability.md has the command of a long one. */
@Tag("full")
class BenchFaultsIT {

    /** Kept for a look at what went wrong. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    private final StringWriter err = new StringWriter();

    @Test
    void shouldLoseAndDoubleNothingWhenProcessesAndBrokersAreKilledAndReplaced() {
        int status = Callweave.commandLine()
                .setErr(new PrintWriter(err, true))
                .execute(
                        "bench",
                        "faults",
                        "--seed=5",
                        "--minutes=3",
                        "--calls=600",
                        "--faults=streams-killed,streams-paused,streams-rolled,streams-scaled,store-garbled,bridge-killed,"
                                + "broker-killed,broker-cut-off,deliver-killed,receivers-fail,partitions-added",
                        "--dir=" + directory.resolve("run"));

        assertThat(status).as(err.toString()).isEqualTo(ExitStatus.DONE);
    }
}
