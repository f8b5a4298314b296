package io.callweave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.OtherPrograms;
import io.callweave.cli.common.ExitStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** fish and zsh complete commands, options and settings. {@link TerminalMannersTest} does the same with bash. */
@Tag("programs")
class ShellCompletionIT {

    /** Types a line in an interactive shell, presses Tab and Enter, and prints the words that the command gets. */
    private static final String IN_ZSH = """
            zmodload zsh/zpty
            zpty shell "PS1= zsh -f -i"
            zpty -w shell "PROMPT=; source ${(q)1}; callweave() { print -r -- \\"WORDS<\\$*>\\" }; print READ''Y"
            zpty -r shell seen '*READY*'
            zpty -w shell "$2"$'\\t'
            zpty -r shell seen '*WORDS<*>*'
            print -r -- ${${seen##*WORDS<}%%>*}
            zpty -d shell
            """;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "callweave si, simulate",
        "callweave topics che, check",
        "callweave replay --from-t, --from-topic",
        "callweave streams --completion-li, --completion-linger",
        "callweave streams --completion-sequence-gaps i, ignore"
    })
    void shouldCompleteInFish(String line, String word) throws Exception {
        Path script = script("fish");

        String offered =
                output("fish", "--no-config", "-c", "source $argv[1]; complete -C $argv[2]", script.toString(), line);

        // A word and its description, with a tab between them.
        assertThat(offered.lines()).singleElement().asString().startsWith(word + "\t");
    }

    @ParameterizedTest
    @CsvSource({
        "callweave si, simulate",
        "callweave topics che, topics check",
        "callweave replay --from-t, replay --from-topic",
        "callweave streams --completion-li, streams --completion-linger",
        "callweave streams --completion-sequence-gaps i, streams --completion-sequence-gaps ignore",
        "callweave assemble --set ordering., assemble --set ordering.gap-grace="
    })
    void shouldCompleteInZsh(String line, String words) throws Exception {
        Path script = script("zsh");
        Path typing = Files.writeString(directory.resolve("typing.zsh"), IN_ZSH);

        assertThat(output("zsh", "-f", typing.toString(), script.toString(), line))
                .isEqualTo(words + "\n");
    }

    /** What the command prints; skipped without this shell. */
    private String output(String... command) throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        // Where a shell keeps what it remembers.
        for (String variable : List.of("HOME", "ZDOTDIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")) {
            builder.environment().put(variable, directory.toString());
        }
        Process shell;
        try {
            shell = builder.start();
        } catch (IOException e) {
            throw OtherPrograms.missing("The test of completion in a shell", "there is no " + command[0] + ".");
        }
        boolean ended = shell.waitFor(2, TimeUnit.MINUTES);
        shell.destroyForcibly();
        assertThat(ended).isTrue();
        return Files.readString(out);
    }

    private Path script(String shell) throws IOException {
        StringWriter out = new StringWriter();
        assertThat(Callweave.commandLine().setOut(new PrintWriter(out, true)).execute("completion", shell))
                .isEqualTo(ExitStatus.DONE);
        return Files.writeString(directory.resolve("completion." + shell), out.toString(), StandardCharsets.UTF_8);
    }
}
