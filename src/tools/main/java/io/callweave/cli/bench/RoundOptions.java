package io.callweave.cli.bench;

import io.callweave.bench.throughput.BenchOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of benches that run in rounds. */
final class RoundOptions {

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Notifications in each round (100000).")
    private long events;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "500000",
            description = "Notifications before the first round (500000); 0 for none.")
    private long warmUp;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Rounds that are measured (3).")
    private int rounds;

    @Option(
            names = "--concurrent-calls",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Calls that go on at a time (1000).")
    private int concurrentCalls;

    @Option(
            names = "--aged",
            paramLabel = "N",
            defaultValue = "50000",
            description =
                    "Settled calls in the late window (50000). They are made before anything is measured; then each"
                            + " call that is opened closes one. At least five for each call at a time, or 0: no call is closed.")
    private long aged;

    @Option(
            names = "--linked",
            paramLabel = "PERCENT",
            defaultValue = "15",
            description = "Sessions that are joined with another one, in percent (15).")
    private int linked;

    @Mixin
    private final SizeOptions size = new SizeOptions();

    /** @throws IllegalArgumentException if one is out of range */
    BenchOptions all() {
        return size.of(events, warmUp, rounds, concurrentCalls, aged, linked);
    }
}
