package io.callweave.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.callweave.cli.common.Colors;
import io.callweave.cli.common.ExitStatus;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Setting;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Help, colours and completion. */
class TerminalMannersTest {

    private static final CommandLine CALLWEAVE = Callweave.commandLine();
    private static final Map<String, String> COMPLETIONS = new HashMap<>();

    @TempDir
    private Path directory;

    /** A space with an even number of quotes behind it. */
    private static final String OUTSIDE_QUOTES = " +(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)";

    @ParameterizedTest
    @MethodSource("commands")
    void shouldShowExamplesThatCanBeTyped(CommandLine command) {
        List<String> footer =
                Arrays.asList(command.getCommandSpec().usageMessage().footer());

        assertThat(footer).contains("Examples:");
        String examples = String.join("\n", footer.subList(footer.indexOf("Examples:") + 1, footer.size()))
                .replace("\\\n", " ");
        assertThat(examples)
                .contains("  callweave "
                        + command.getCommandSpec().qualifiedName().replaceFirst("callweave ?", ""));
        for (String example :
                examples.lines().filter(line -> line.startsWith("  ")).toList()) {
            String callweave = example.substring(example.indexOf("callweave ")).replaceAll(" ?[>|)].*", "");
            String[] arguments = callweave.substring("callweave ".length()).split(OUTSIDE_QUOTES);
            assertThatCode(() -> CALLWEAVE.parseArgs(arguments)).as(example).doesNotThrowAnyException();
        }
    }

    static Stream<CommandLine> commands() {
        return all(CALLWEAVE);
    }

    private static Stream<CommandLine> all(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(TerminalMannersTest::all));
    }

    @ParameterizedTest
    @CsvSource({
        "AUTO,   true,  '',    xterm, true",
        "AUTO,   true,  1,     xterm, false",
        "AUTO,   true,  '',    dumb,  false",
        "AUTO,   false, '',    xterm, false",
        "ALWAYS, false, 1,     dumb,  true",
        "NEVER,  true,  '',    xterm, false"
    })
    void shouldUseColoursOnATerminalUnlessToldOtherwise(
            Colors colors, boolean terminal, String noColor, String term, boolean expected) {
        assertThat(colors.areOn(terminal, Map.of("NO_COLOR", noColor, "TERM", term)))
                .isEqualTo(expected);
    }

    @Test
    void shouldRefuseAColourThatThereIsNot() {
        StringWriter err = new StringWriter();

        assertThat(Callweave.commandLine().setErr(new PrintWriter(err, true)).execute("demo", "--color=pink"))
                .isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).startsWith("callweave: --color is \"pink\"; it must be auto, always or never.");
    }

    @Test
    void shouldCompleteCommandsAndOptionsInBash() throws Exception {
        Path script = directory.resolve("completion.bash");
        Files.writeString(script, completion("bash"));

        assertThat(completed(script, "callweave si", 1)).containsExactly("simulate");
        assertThat(completed(script, "callweave topics che", 2)).containsExactly("check");
        assertThat(completed(script, "callweave replay --from-t", 2)).containsExactly("--from-topic");
    }

    @Test
    void shouldCompleteSettingsInBash() throws Exception {
        Path script = directory.resolve("completion.bash");
        Files.writeString(script, completion("bash"));

        assertThat(completed(script, "callweave streams --completion-li", 2)).containsExactly("--completion-linger");
        assertThat(completed(script, "callweave assemble --set ordering.", 3)).containsExactly("ordering.gap-grace=");
        assertThat(completed(script, "callweave streams --completion-sequence-gaps i", 3))
                .containsExactly("ignore");
    }

    @Test
    void shouldTellFishOfEverySetting() {
        assertThat(completion("fish").lines())
                .filteredOn(line -> line.contains("__fish_seen_subcommand_from streams'"))
                .extracting(line -> line.replaceAll(".* -l ([a-z-]+) .*", "--$1"))
                .containsAll(KnownSettings.all().stream().map(Setting::flag).toList());
    }

    @Test
    void shouldPrepareZshForTheSameScript() {
        assertThat(completion("zsh")).startsWith("autoload -U +X compinit").endsWith(completion("bash"));
    }

    /** {@link ShellCompletionIT} runs some of it in fish. */
    @Test
    void shouldTellFishOfEveryCommandAndOption() {
        List<String> lines = completion("fish").lines().toList();

        assertThat(lines.get(0)).startsWith("#");
        assertThat(lines.subList(1, lines.size()))
                .allMatch(line -> line.matches(
                        "complete -c callweave -n '[a-z_; -]+' [^']+( '[^']+')?( -d '([^'\\\\]|\\\\.)*')?"));
        assertThat(lines)
                .contains(
                        "complete -c callweave -n '__fish_seen_subcommand_from topics; and not __fish_seen_subcommand_from"
                                + " create check describe acls' -f -a check"
                                + " -d 'Compare the topics with how they should be, and print a sentence for each difference.'",
                        "complete -c callweave -n '__fish_seen_subcommand_from completion' -f -a 'bash zsh fish'")
                .anyMatch(line -> line.startsWith("complete -c callweave -n '__fish_seen_subcommand_from topics; and"
                        + " __fish_seen_subcommand_from check' -l partitions -x -d "));
        commands()
                .filter(command -> !command.getCommandSpec().usageMessage().hidden())
                .flatMap(command -> command.getCommandSpec().options().stream())
                .filter(option -> !option.hidden())
                .forEach(option -> assertThat(lines)
                        .anyMatch(line ->
                                line.contains(" -l " + option.longestName().substring(2) + " ")));
    }

    @Test
    void shouldShowCommandsInGroups() {
        String help = CALLWEAVE.getUsageMessage(Ansi.OFF);

        assertThat(help)
                .containsSubsequence(
                        "Calls from files, without a cluster:\n  assemble",
                        "\n  run ",
                        "On a Kafka cluster:\n  topics",
                        "\n  streams ",
                        "Try, test and measure:\n  demo",
                        "Reference:\n  config");
        assertThat(CALLWEAVE.getSubcommands().keySet()).allMatch(name -> help.contains("\n  " + name + " "));
    }

    @ParameterizedTest
    @CsvSource({"streams, --completion-linger=VALUE, (5s)", "bridge, --bridge-accounts-file=VALUE, (10000)"})
    void shouldShowTheMainSettingsOfARole(String command, String flag, String byDefault) {
        String help = CALLWEAVE.getSubcommands().get(command).getUsageMessage(Ansi.OFF);

        assertThat(help).containsSubsequence("Main settings, with defaults:", "--bootstrap-servers=VALUE", "Examples:");
        assertThat(help).contains(flag, byDefault);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldNotBreakExamplesOverLines(CommandLine command) {
        List<String> help = command.getUsageMessage(Ansi.OFF).lines().toList();

        assertThat(help)
                .containsAll(
                        Arrays.stream(command.getCommandSpec().usageMessage().footer())
                                .map(line -> line.replace("%%", "%"))
                                .toList());
    }

    @Test
    void shouldNameTheCommandInExamplesAsItWasCalled() {
        CommandLine callweave = Callweave.commandLine();

        Callweave.nameInExamples(callweave, "./callweave");

        assertThat(callweave.getUsageMessage(Ansi.OFF)).contains("\n  ./callweave demo\n");
        assertThat(callweave.getSubcommands().get("assemble").getUsageMessage(Ansi.OFF))
                .contains("monday.ndjson.gz | ./callweave assemble");
        assertThat(callweave.getSubcommands().get("completion").getUsageMessage(Ansi.OFF))
                .contains("source <(./callweave completion bash)", "> /etc/bash_completion.d/callweave\n");
    }

    @Test
    void shouldRefuseAShellThatItDoesNotKnow() {
        StringWriter err = new StringWriter();

        assertThat(Callweave.commandLine().setErr(new PrintWriter(err, true)).execute("completion", "tcsh"))
                .isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).startsWith("callweave: SHELL is \"tcsh\"; it must be one of bash, zsh, fish.");
    }

    private static String completion(String shell) {
        return COMPLETIONS.computeIfAbsent(shell, TerminalMannersTest::printed);
    }

    private static String printed(String shell) {
        StringWriter out = new StringWriter();
        assertThat(Callweave.commandLine().setOut(new PrintWriter(out, true)).execute("completion", shell))
                .isEqualTo(ExitStatus.DONE);
        return out.toString();
    }

    /** What bash would offer for the last word. */
    private static List<String> completed(Path script, String line, int word) throws IOException, InterruptedException {
        Process bash = new ProcessBuilder(
                        "bash",
                        "-c",
                        "compopt() { :; }; source " + script + "; COMP_WORDS=(" + line + "); COMP_CWORD=" + word
                                + "; _complete_callweave; printf '%s\\n' \"${COMPREPLY[@]}\"")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(bash.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return out.lines().map(String::strip).filter(text -> !text.isEmpty()).toList();
    }
}
