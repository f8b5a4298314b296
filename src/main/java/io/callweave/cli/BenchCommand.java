package io.callweave.cli;

import picocli.CommandLine.Command;

/** The command {@code bench}: what parts of the product cost on this machine. */
@Command(
        name = "bench",
        description = "Measure on this machine; each benchmark runs beside a baseline.",
        subcommands = BenchTopologyCommand.class)
final class BenchCommand {}
