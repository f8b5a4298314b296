package io.callweave.cli.bench;

import io.callweave.bench.throughput.Curve;
import io.callweave.bench.throughput.ScaleBench;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code bench scale}: what rate, CPU time, memory and disk are for more of everything. */
@Command(
        name = "scale",
        description = {
            "Measure rate, CPU time, memory and disk for more calls, partitions, threads, accounts and links.",
            "Each curve changes one size from point to point. Before each round of a point, the reference has a round, with the"
                    + " sizes of the other options. So a slow hour of the machine shows.",
            "Points of the curve settled are also restarted, with and without the state directory."
        },
        footer = {
            "",
            "Examples:",
            "  callweave bench scale --json scale.json",
            "  callweave bench scale --curves live,settled --most 100000"
        })
final class BenchScaleCommand extends BenchBase {

    @Option(
            names = "--curves",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Measure only these, separated by commas: live, settled, partitions, threads, accounts, linked (all).")
    private Set<Curve> curves = EnumSet.allOf(Curve.class);

    @Option(
            names = "--most",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Most live or settled calls of a point (1000000).")
    private int most;

    @Mixin
    private final RoundOptions size = new RoundOptions();

    @Override
    Bench bench() {
        ScaleBench bench = new ScaleBench(List.copyOf(EnumSet.copyOf(curves)), most, size.all(), this::progress);
        // After each point, so that a run of hours that is stopped leaves what it has measured.
        return directory -> report(bench.json(bench.run(directory, points -> write(bench.json(points)))));
    }
}
