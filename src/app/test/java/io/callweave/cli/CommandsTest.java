package io.callweave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.cli.common.ExitStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandsTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** The class path of these tests has no tools. */
    @Test
    void shouldLackOnlyTheCommandsOfTheTools() {
        Map<String, CommandLine> commands = Callweave.commandLine().getSubcommands();

        assertThat(commands.entrySet())
                .allSatisfy(command ->
                        assertThat(command.getValue().getCommandName()).isEqualTo(command.getKey()));
        assertThat(commands.entrySet().stream()
                        .filter(command -> command.getValue().getCommand() instanceof AbsentCommand)
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("run", "local", "demo", "simulate", "replay", "bench");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "run notifications.ndjson --calls out", "run -x --no-such-option=1"})
    void shouldSayInOneSentenceThatItDoesNotHaveTheCommand(String arguments) {
        int status = commandLine().execute(arguments.split(" "));

        assertThat(status).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "callweave: The command run is part of callweave-tools.jar, which is not beside"
                                + " callweave.jar; use the image callweave-tools or the release archive.");
    }

    @Test
    void shouldNotListCommandsThatItDoesNotHave() {
        int status = commandLine().execute("--help");

        assertThat(status).isEqualTo(ExitStatus.DONE);
        assertThat(out.toString())
                .containsPattern("(?m)^ +streams ")
                .contains("callweave assemble")
                .doesNotContainPattern("(?m)^ +(callweave )?(run|demo|simulate|bench) ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run --help", "bench topology --help"})
    void shouldSayInItsHelpWhereTheCommandIs(String arguments) {
        int status = commandLine().execute(arguments.split(" "));

        assertThat(status).isEqualTo(ExitStatus.DONE);
        assertThat(out.toString()).contains("callweave-tools").doesNotContain("Examples");
    }

    private CommandLine commandLine() {
        return Callweave.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    }
}
