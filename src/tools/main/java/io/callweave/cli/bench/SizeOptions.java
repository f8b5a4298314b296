package io.callweave.cli.bench;

import io.callweave.bench.throughput.BenchOptions;
import picocli.CommandLine.Option;

/** The options of all benches of the topology. */
final class SizeOptions {

    @Option(names = "--partitions", paramLabel = "N", defaultValue = "12", description = "Partitions (12).")
    private int partitions;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "2", description = "Stream threads (2).")
    private int threads;

    @Option(names = "--accounts", paramLabel = "N", defaultValue = "50", description = "Accounts (50).")
    private int accounts;

    BenchOptions of(long events, long warmUp, int rounds, int concurrentCalls, long aged, int linked) {
        return new BenchOptions(events, warmUp, rounds, partitions, threads, accounts, concurrentCalls, aged, linked);
    }

    /** For a bench without rounds. */
    BenchOptions withoutRounds() {
        return of(1, 0, 1, 1, 0, 0);
    }
}
