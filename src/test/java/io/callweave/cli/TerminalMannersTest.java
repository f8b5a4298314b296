package io.callweave.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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

/** Help, colours and completion. */
class TerminalMannersTest {

    @TempDir
    private Path directory;

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
            String[] arguments = callweave.substring("callweave ".length()).split(" +");
            assertThatCode(() -> Callweave.commandLine().parseArgs(arguments))
                    .as(example)
                    .doesNotThrowAnyException();
        }
    }

    static Stream<CommandLine> commands() {
        return all(Callweave.commandLine());
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
                .isEqualTo(Callweave.WRONG_USAGE);
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
    void shouldPrepareZshForTheSameScript() {
        assertThat(completion("zsh")).startsWith("autoload -U +X compinit").endsWith(completion("bash"));
    }

    @Test
    void shouldRefuseAShellThatItDoesNotKnow() {
        StringWriter err = new StringWriter();

        assertThat(Callweave.commandLine().setErr(new PrintWriter(err, true)).execute("completion", "fish"))
                .isEqualTo(Callweave.WRONG_USAGE);
        assertThat(err.toString()).startsWith("callweave: There is completion for bash and zsh, not for \"fish\".");
    }

    private static String completion(String shell) {
        StringWriter out = new StringWriter();
        assertThat(Callweave.commandLine().setOut(new PrintWriter(out, true)).execute("completion", shell))
                .isEqualTo(Callweave.DONE);
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
        assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return out.lines().map(String::strip).filter(text -> !text.isEmpty()).toList();
    }
}
