package io.callweave.cli;

import picocli.CommandLine.Command;

/** The command {@code bench}: what parts of the product cost on this machine. */
@Command(
        name = "bench",
        description = "Measure on this machine.",
        subcommands = {BenchTopologyCommand.class, BenchBridgeCommand.class})
final class BenchCommand {}
