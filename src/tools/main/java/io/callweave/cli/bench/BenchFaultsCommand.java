package io.callweave.cli.bench;

import io.callweave.bench.faults.Fault;
import io.callweave.bench.faults.FaultRun;
import io.callweave.bench.throughput.BenchOptions;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.WrongUsage;
import io.callweave.files.LocalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code bench faults}: nothing lost, nothing twice, whatever fails. */
@Command(
        name = "faults",
        description = {
            "Run a whole installation while its parts fail, and check that nothing is lost, wrong or doubled.",
            "Three brokers, two streams with standbys, two bridges, deliver and console run as processes of this"
                    + " machine. The seed decides calls and faults. The exit status is 1 if a promise is broken."
        },
        footer = {
            "",
            "Examples:",
            "  callweave bench faults --seed 7 --minutes 8",
            "  callweave bench faults --seed 7 --faults broker-killed,streams-paused"
        })
final class BenchFaultsCommand implements Callable<Integer> {

    private static final int CALLS_PER_MINUTE = 400;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Decides calls and faults (1).")
    private long seed;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "8",
            description = "Minutes with calls and faults (8).")
    private int minutes;

    @Option(names = "--calls", paramLabel = "N", description = "About so many calls (400 a minute).")
    private @Nullable Integer calls;

    @Option(names = "--faults", paramLabel = "KIND", split = ",", description = "Only these kinds of faults (all).")
    private List<String> faults = List.of();

    @Option(
            names = "--pause",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "About so long between two faults (5). With 30, each is over before the next one begins.")
    private int pause;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Keep topics, state, logs and the verdict in this new folder (callweave-faults-SEED).")
    private @Nullable Path directory;

    @Option(
            names = "--upgrade-jar",
            paramLabel = "FILE",
            description = "A callweave.jar of another build: what is restarted in turn goes on with it.")
    private @Nullable Path upgrade;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        System.setProperty("callweave.kafka-log-level", "OFF");
        FaultRun.Options options = WrongUsage.checked(spec, this::options);
        if (Files.exists(options.directory())) {
            throw new LocalException("The folder " + options.directory() + " exists; name a new one with --dir.");
        }
        FaultRun.Outcome outcome = new FaultRun(options, Messages.to(spec)::println).run();
        return outcome.findings().isEmpty() ? ExitStatus.DONE : ExitStatus.FAILED;
    }

    private FaultRun.Options options() {
        BenchOptions.check("--minutes", minutes, 1, 120);
        int number = calls == null ? minutes * CALLS_PER_MINUTE : calls;
        BenchOptions.check("--calls", number, 50, 1_000_000);
        BenchOptions.check("--pause", pause, 2, 600);
        Set<Fault.Kind> kinds = faults.isEmpty()
                ? EnumSet.allOf(Fault.Kind.class)
                : faults.stream().map(BenchFaultsCommand::kind).collect(Collectors.toSet());
        return new FaultRun.Options(
                seed,
                Duration.ofMinutes(minutes),
                number,
                kinds,
                pause,
                directory == null ? Path.of("callweave-faults-" + seed).toAbsolutePath() : directory.toAbsolutePath(),
                upgrade == null ? null : upgrade.toAbsolutePath().toString());
    }

    private static Fault.Kind kind(String word) {
        return Arrays.stream(Fault.Kind.values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + word + "\" is none of "
                        + Arrays.stream(Fault.Kind.values())
                                .map(Fault.Kind::word)
                                .collect(Collectors.joining(", "))
                        + "."));
    }
}
