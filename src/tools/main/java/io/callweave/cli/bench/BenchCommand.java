package io.callweave.cli.bench;

import io.callweave.cli.common.CommandGroup;
import picocli.CommandLine.Command;

/** The command {@code bench}: what parts of the product cost on this machine. */
@Command(
        name = "bench",
        description = {
            "Measure what parts of the product cost on this machine.",
            "Among the sources, \"bench competitors topology\" also measures what could be used instead: the Streams DSL, Flink"
                    + " and PostgreSQL. \"bench competitors correctness\" counts the calls that each gets wrong."
        },
        subcommands = {
            BenchQuickCommand.class,
            BenchTopologyCommand.class,
            BenchScaleCommand.class,
            BenchLatencyCommand.class,
            BenchBridgeCommand.class,
            BenchFaultsCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  callweave bench quick",
            "  callweave bench topology",
            "  callweave bench scale --curves live,settled",
            "  callweave bench latency",
            "  callweave bench bridge --rate 2000",
            "  callweave bench faults --seed 7"
        })
public final class BenchCommand extends CommandGroup {

    public BenchCommand() {
        super("Name what to measure: quick, topology, scale, latency, bridge or faults.");
    }
}
