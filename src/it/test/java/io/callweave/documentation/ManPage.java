package io.callweave.documentation;

import io.callweave.cli.common.SettingsOptions;
import io.callweave.settings.Setting;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The manual page, made of what the commands say of themselves. */
final class ManPage {

    /** Those of nearly all commands come after what a command has of its own. */
    private static final List<String> LAST = List.of("--config", "--set", "--help", "--version");

    private static final String ENDING = """
            .SH EXIT STATUS
            .TP
            0
            Done.
            .TP
            1
            Failed; one sentence on the standard error says why.
            .TP
            2
            Wrong usage, also a wrong setting.
            .TP
            3
            Out of memory. Give it more, such as CALLWEAVE_JAVA_OPTS=-Xmx4g.
            .SH ENVIRONMENT
            .TP
            .B CALLWEAVE_CONFIG
            The settings file, as with \\-\\-config.
            .TP
            .B CALLWEAVE_...
            A setting: CALLWEAVE_COMPLETION_LINGER=10s. "callweave config" lists them.
            .TP
            .B CALLWEAVE_JAVA_OPTS
            Options for the Java machine, split at spaces.
            .TP
            .B CALLWEAVE_LOG_LEVEL
            OFF, ERROR, WARN, INFO, DEBUG or TRACE.
            .TP
            .B NO_COLOR
            If it is not empty, there are no colours unless \\-\\-color=always is given.
            """;

    private final StringBuilder page = new StringBuilder();

    private ManPage() {}

    static String of(CommandLine root) {
        ManPage made = new ManPage();
        made.page.append(
                ".\\\" Made by the tests; see CONTRIBUTING.md.\n.TH CALLWEAVE 1 \"\" \"Callweave\" \"User Commands\"\n");
        made.section("NAME");
        made.text("callweave \u2013 " + root.getCommandSpec().usageMessage().description()[0]);
        made.section("SYNOPSIS");
        made.page.append(".B callweave\n.I COMMAND\n[OPTION]...\n");
        made.section("DESCRIPTION");
        made.text("Data goes to the standard output, everything else to the standard error.");
        made.options(root.getCommandSpec());
        made.footer(root.getCommandSpec());
        made.section("COMMANDS");
        root.getSubcommands().values().stream().flatMap(ManPage::below).forEach(made::command);
        return made.page + ENDING;
    }

    private static Stream<CommandLine> below(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(ManPage::below));
    }

    private void command(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        page.append(".SS ").append(escaped(spec.qualifiedName())).append('\n');
        text(String.join(" ", spec.usageMessage().description()));
        spec.positionalParameters().forEach(this::argument);
        options(spec);
        footer(spec);
    }

    private void options(CommandSpec spec) {
        spec.options().stream()
                .filter(option -> !option.hidden())
                .filter(option -> !option.inherited())
                .sorted(Comparator.comparing(option -> LAST.indexOf(option.longestName())))
                .forEach(this::argument);
        spec.mixins().values().stream()
                .map(CommandSpec::userObject)
                .filter(SettingsOptions.class::isInstance)
                .flatMap(settings -> ((SettingsOptions) settings).main().stream())
                .forEach(this::setting);
    }

    private void setting(Setting<?> setting) {
        page.append(".TP\n.B ").append(escaped(setting.flag())).append(" VALUE\n");
        String byDefault = setting.byDefault()
                .filter(text -> !text.isEmpty())
                .map(text -> " (" + text + ")")
                .orElse("");
        text(setting.doc() + byDefault);
    }

    private void argument(ArgSpec argument) {
        String label = argument.paramLabel();
        String heading = argument instanceof OptionSpec option
                ? String.join(", ", option.names()) + (option.arity().max() > 0 ? " " + label : "")
                : label;
        page.append(".TP\n.B ").append(escaped(heading)).append('\n');
        text(String.join(" ", argument.description()));
    }

    /** Examples. */
    private void footer(CommandSpec spec) {
        page.append(".PP\n.nf\n");
        Arrays.stream(spec.usageMessage().footer())
                .filter(line -> !line.isEmpty())
                .forEach(line -> page.append(guarded(escaped(plain(line)))).append('\n'));
        page.append(".fi\n");
    }

    private void section(String title) {
        page.append(".SH ").append(title).append('\n');
    }

    private void text(String text) {
        page.append(guarded(escaped(plain(text)))).append('\n');
    }

    /** As the help shows it. */
    private static String plain(String text) {
        return Ansi.OFF.string(text.replace("%%", "%"));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-").replace("\u2013", "\\-");
    }

    /** A dot or a quote at the beginning of a line would be a request. */
    private static String guarded(String text) {
        return text.startsWith(".") || text.startsWith("'") ? "\\&" + text : text;
    }
}
