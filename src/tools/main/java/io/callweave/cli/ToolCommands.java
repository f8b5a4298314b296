package io.callweave.cli;

import io.callweave.cli.bench.BenchCommand;
import io.callweave.cli.demo.DemoCommand;
import io.callweave.cli.local.LocalCommand;
import io.callweave.cli.replay.ReplayCommand;
import io.callweave.cli.run.RunCommand;
import io.callweave.cli.simulate.SimulateCommand;
import java.util.Map;
import java.util.function.Supplier;

/** The commands of the tools. Makers are lambdas, as those of {@link Commands} are. */
public final class ToolCommands implements MoreCommands {

    @Override
    public Map<String, Supplier<Object>> byName() {
        return Map.of(
                "run", () -> new RunCommand(),
                "local", () -> new LocalCommand(),
                "demo", () -> new DemoCommand(),
                "simulate", () -> new SimulateCommand(),
                "replay", () -> new ReplayCommand(),
                "bench", () -> new BenchCommand());
    }
}
