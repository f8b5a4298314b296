package io.callweave.cli;

import io.callweave.cli.bench.BenchCommand;
import io.callweave.cli.demo.DemoCommand;
import io.callweave.cli.local.LocalCommand;
import io.callweave.cli.replay.ReplayCommand;
import io.callweave.cli.run.RunCommand;
import io.callweave.cli.simulate.SimulateCommand;
import java.util.Map;
import java.util.function.Supplier;

/** The commands of the tools. */
public final class ToolCommands implements MoreCommands {

    @Override
    public Map<String, Supplier<Object>> byName() {
        return Map.of(
                "run", RunCommand::new,
                "local", LocalCommand::new,
                "demo", DemoCommand::new,
                "simulate", SimulateCommand::new,
                "replay", ReplayCommand::new,
                "bench", BenchCommand::new);
    }
}
