package io.callweave.cli.bench;

import io.callweave.cli.common.WrongUsage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code bench}: what parts of the product cost on this machine. */
@Command(
        name = "bench",
        description = {
            "Measure what parts of the product cost on this machine.",
            "Among the sources, \"bench competitors topology\" also measures what could be used instead: the Streams DSL, Flink"
                    + " and PostgreSQL. \"bench competitors correctness\" counts the calls that each gets wrong."
        },
        subcommands = {
            BenchTopologyCommand.class,
            BenchScaleCommand.class,
            BenchLatencyCommand.class,
            BenchBridgeCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  callweave bench topology",
            "  callweave bench scale --curves live,settled",
            "  callweave bench latency",
            "  callweave bench bridge --rate 2000"
        })
public final class BenchCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw WrongUsage.of(spec, "Name what to measure: topology, scale, latency or bridge.");
    }
}
