package io.callweave.cli;

import io.callweave.cli.common.Colors;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.JsonLines;
import io.callweave.cli.common.Output;
import io.callweave.cli.common.WholeWords;
import io.callweave.cli.common.WrongUsage;
import io.callweave.files.WrongInput;
import io.callweave.settings.SettingsException;
import io.callweave.topology.state.BinaryWriter;
import io.callweave.value.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code callweave}: names its subcommands and turns what they return or throw into an exit status. */
@Command(
        name = "callweave",
        description = "Complete RingCentral calls in real time.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Callweave.ManifestVersion.class,
        exitCodeOnInvalidInput = ExitStatus.WRONG_USAGE,
        exitCodeOnExecutionException = ExitStatus.FAILED,
        footer = {
            "",
            "Examples:",
            "  callweave demo",
            "  callweave assemble notifications.ndjson > calls.ndjson",
            "  callweave simulate --seats 200 --for 1h --truth truth.ndjson > hour.ndjson",
            "",
            "\"callweave COMMAND --help\" tells more of each."
        })
public final class Callweave implements Runnable, Colors.Choice {

    private static final int HELP_WIDTH = 100;

    /** On a terminal that has no room for more. */
    private static final int NARROW_HELP_WIDTH = 80;

    /** The command at the begin of a line, after a pipe, or in brackets. */
    private static final Pattern EXAMPLE = Pattern.compile("(?<=^  |[|(] ?|\")callweave(?= )");

    private static final Pattern COMMAND_OF_EXAMPLE = Pattern.compile(EXAMPLE.pattern() + " ([a-z]+)");

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
    private CommandSpec spec;

    @Override
    public Colors colors() {
        return colors;
    }

    public static void main(String[] args) {
        JsonLines.installIfWanted(System.getenv());
        System.exit(LogVariables.fault(System.getenv()).map(Callweave::refuse).orElseGet(() -> {
            String typed = System.getProperty("callweave.command", "callweave");
            return execute(commandLine(first(args)), typed, args);
        }));
    }

    /** Null if it is no command. */
    private static @Nullable String first(String... args) {
        return args.length > 0 && Commands.has(args[0]) ? args[0] : null;
    }

    private static int execute(CommandLine callweave, String typed, String... args) {
        nameInExamples(callweave, typed);
        // The usage and the hints below a mistake, too.
        callweave.setCommandName(typed);
        return callweave.execute(args);
    }

    private static int refuse(String sentence) {
        JsonLines.errorsOr(() -> new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .println("callweave: " + Printable.of(sentence));
        return ExitStatus.WRONG_USAGE;
    }

    /** With all commands. */
    public static CommandLine commandLine() {
        return commandLine((String) null);
    }

    /**
     * With one command: making all of them takes longer than many commands run. After a mistake, all are made to suggest the one
     * that was meant.
     *
     * @param only its word; null for all
     */
    static CommandLine commandLine(@Nullable String only) {
        CommandLine callweave = commandLine(Commands.in(Callweave.class.getClassLoader(), only));
        return only == null
                ? callweave
                : callweave.setParameterExceptionHandler((wrong, args) -> wrong instanceof UnmatchedArgumentException
                        ? execute(
                                commandLine().setOut(callweave.getOut()).setErr(callweave.getErr()),
                                callweave.getCommandName(),
                                args)
                        : WrongUsage.report(wrong, args));
    }

    public static CommandLine commandLine(List<CommandLine> commands) {
        CommandLine callweave = new CommandLine(new Callweave());
        commands.forEach(command -> callweave.addSubcommand(command.getCommandName(), command));
        keepExamplesWhole(callweave);
        leaveOutExamples(callweave, callweave.getSubcommands());
        callweave
                .getCommandSpec()
                .usageMessage()
                .commandListHeading("")
                .sectionMap()
                .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new CommandGroups(Commands.byGroup()));
        // These hold for all commands that are there by now.
        return callweave
                .setHelpFactory(WholeWords::new)
                .setUsageHelpWidth(helpWidth(Integer.getInteger("callweave.columns", HELP_WIDTH)))
                // A file of notifications is no file of arguments.
                .setExpandAtFiles(false)
                .setExecutionExceptionHandler(Callweave::report)
                .setParameterExceptionHandler(WrongUsage::report);
    }

    /** Some terminals say that they have 0 columns. */
    private static int helpWidth(int columns) {
        return columns > 0 && columns < HELP_WIDTH ? NARROW_HELP_WIDTH : HELP_WIDTH;
    }

    /** An example that is broken into lines cannot be copied. */
    private static void keepExamplesWhole(CommandLine command) {
        command.getCommandSpec()
                .usageMessage()
                .sectionMap()
                .put(
                        UsageMessageSpec.SECTION_KEY_FOOTER,
                        help -> Arrays.stream(help.commandSpec().usageMessage().footer())
                                .map(line -> line.replace("%%", "%") + System.lineSeparator())
                                .collect(Collectors.joining()));
        command.getSubcommands().values().forEach(Callweave::keepExamplesWhole);
    }

    /** Those of commands that this installation does not have. */
    private static void leaveOutExamples(CommandLine command, Map<String, CommandLine> commands) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.footer(Arrays.stream(usage.hidden() ? new String[0] : usage.footer())
                .filter(line -> COMMAND_OF_EXAMPLE
                        .matcher(line)
                        .results()
                        .map(example -> commands.get(example.group(1)))
                        .noneMatch(each -> each != null
                                && each.getCommandSpec().usageMessage().hidden()))
                .toArray(String[]::new));
        command.getSubcommands().values().forEach(subcommand -> leaveOutExamples(subcommand, commands));
    }

    /** Examples can be copied: they name the command as it was called, such as ./callweave. */
    static void nameInExamples(CommandLine command, String typed) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.footer(Arrays.stream(usage.footer())
                .map(line -> EXAMPLE.matcher(line).replaceAll(Matcher.quoteReplacement(typed)))
                .toArray(String[]::new));
        command.getSubcommands().values().forEach(subcommand -> nameInExamples(subcommand, typed));
    }

    @Override
    public void run() {
        throw WrongUsage.of(spec, "Name a command.");
    }

    /** A failure is one sentence, not a stack trace; an option shows the trace. */
    private static int report(Exception thrown, CommandLine commandLine, ParseResult parsed) {
        Exception failure = thrown;
        if (thrown instanceof UncheckedIOException && thrown.getCause() instanceof IOException wrapped) {
            failure = wrapped;
        }
        String message = failure.getMessage();
        if (failure instanceof IOException && "Broken pipe".equals(message)) {
            // The reader of our output has closed it.
            return ExitStatus.FAILED;
        }
        PrintWriter err = JsonLines.errorsOr(commandLine::getErr);
        err.println("callweave: "
                + WrongUsage.shown(message != null ? message : failure.toString(), commandLine.getCommandSpec()));
        err.flush();
        if (Boolean.getBoolean("callweave.stacktrace")) {
            // Not a constant of this class: what a command sets for the log has to be there before the first logger is.
            LoggerFactory.getLogger(Callweave.class).error("This is where the failure came from.", failure);
        }
        return failure instanceof SettingsException
                        || failure instanceof Output.WrongOutput
                        || failure instanceof WrongInput
                ? ExitStatus.WRONG_USAGE
                : ExitStatus.FAILED;
    }

    /** The version that the build wrote into the jar's manifest, and whether another build can read the state of this one. */
    static final class ManifestVersion implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Callweave.class.getPackage().getImplementationVersion();
            return new String[] {
                "callweave " + (version != null ? version : "(not packaged)"), "state format " + BinaryWriter.FORMAT
            };
        }
    }
}
