package io.callweave.cli;

import io.callweave.settings.SettingsException;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code callweave}: names its subcommands and turns what they return or throw into an exit status. */
@Command(
        name = "callweave",
        description = "Complete RingCentral calls in real time.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Callweave.ManifestVersion.class,
        subcommands = {
            AssembleCommand.class,
            RunCommand.class,
            ExplainCommand.class,
            BridgeCommand.class,
            StreamsCommand.class,
            TopicsCommand.class,
            DirectoryCommand.class,
            TopologyCommand.class,
            SchemaCommand.class,
            ConfigCommand.class,
            CompletionCommand.class,
            DemoCommand.class,
            ReplayCommand.class,
            SimulateCommand.class,
            BenchCommand.class
        },
        exitCodeOnInvalidInput = Callweave.WRONG_USAGE,
        exitCodeOnExecutionException = Callweave.FAILED,
        footer = {
            "",
            "Examples:",
            "  callweave demo",
            "  callweave run notifications.ndjson > revisions.ndjson",
            "  callweave simulate --seats 200 --for 1h --truth truth.ndjson > hour.ndjson",
            "",
            "\"callweave COMMAND --help\" tells more of each."
        })
public final class Callweave implements Runnable {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            scope = ScopeType.INHERIT,
            description = "Colours: auto (on a terminal, unless NO_COLOR is set), always or never (auto).")
    void color(String when) {
        colors = Colors.parse(when)
                .orElseThrow(
                        () -> WrongUsage.of(spec, "--color is \"" + when + "\"; it must be auto, always or never."));
        colors.applyToHelp();
    }

    private Colors colors = Colors.AUTO;

    @Spec
    private @Nullable CommandSpec spec;

    Colors colors() {
        return colors;
    }

    public static void main(String[] args) {
        System.exit(LogVariables.fault(System.getenv())
                .map(Callweave::refuse)
                .orElseGet(() -> commandLine().execute(args)));
    }

    private static int refuse(String sentence) {
        System.err.println("callweave: " + sentence);
        return WRONG_USAGE;
    }

    static CommandLine commandLine() {
        return new CommandLine(new Callweave())
                // A file of notifications is no file of arguments.
                .setExpandAtFiles(false)
                .setExecutionExceptionHandler(Callweave::report)
                .setParameterExceptionHandler(WrongUsage::report);
    }

    @Override
    public void run() {
        throw WrongUsage.of(spec, "Name a command.");
    }

    /** A failure is one sentence, not a stack trace; whoever needs the trace asks for it. */
    private static int report(Exception failure, CommandLine commandLine, ParseResult parsed) {
        String message = failure.getMessage();
        if (failure instanceof IOException && "Broken pipe".equals(message)) {
            // Whoever reads our output has seen enough.
            return FAILED;
        }
        PrintWriter err = commandLine.getErr();
        err.println("callweave: " + (message != null ? message : failure.toString()));
        if (Boolean.getBoolean("callweave.stacktrace")) {
            failure.printStackTrace(err);
        }
        err.flush();
        return failure instanceof SettingsException || failure instanceof Output.WrongOutput ? WRONG_USAGE : FAILED;
    }

    /** The version that the build wrote into the jar's manifest. */
    static final class ManifestVersion implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Callweave.class.getPackage().getImplementationVersion();
            return new String[] {"callweave " + (version != null ? version : "(not packaged)")};
        }
    }
}
