package io.callweave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.cli.common.ExitStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandsTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldHaveEveryCommandUnderItsOwnName() {
        Map<String, CommandLine> commands = Callweave.commandLine().getSubcommands();

        assertThat(commands).hasSize(Commands.values().length);
        assertThat(commands.entrySet())
                .allSatisfy(command ->
                        assertThat(command.getValue().getCommandName()).isEqualTo(command.getKey()));
        assertThat(commands.values()).noneMatch(command -> command.getCommand() instanceof AbsentCommand);
    }

    @ParameterizedTest
    @CsvSource({
        "kafka/server/, 'bench, demo, local, run'",
        "io/callweave/simulation/, 'demo, simulate'",
        "io/callweave/platform/, simulate",
        "io/callweave/demo/, 'demo, local'",
        "io/callweave/bench/, bench"
    })
    void shouldLackOnlyTheCommandsThatNeedAMissingPart(String folder, String lacking) {
        Map<String, CommandLine> commands = without(folder).getSubcommands();

        assertThat(commands.entrySet().stream()
                        .filter(command -> command.getValue().getCommand() instanceof AbsentCommand)
                        .map(Map.Entry::getKey)
                        .sorted()
                        .collect(Collectors.joining(", ")))
                .isEqualTo(lacking);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "run notifications.ndjson --calls out", "run -x --no-such-option=1"})
    void shouldSayInOneSentenceThatItDoesNotHaveTheCommand(String arguments) {
        int status = without("kafka/server/").execute(arguments.split(" "));

        assertThat(status).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("callweave: This image does not have the command run;"
                        + " use the image callweave-tools or the release archive.");
    }

    @Test
    void shouldNotListCommandsThatItDoesNotHave() {
        int status = without("kafka/server/").execute("--help");

        assertThat(status).isEqualTo(ExitStatus.DONE);
        assertThat(out.toString()).containsPattern("(?m)^ +streams ").doesNotContainPattern("(?m)^ +(run|demo|bench) ");
    }

    private CommandLine without(String folder) {
        ClassLoader classes = new ClassLoader(getClass().getClassLoader()) {
            @Override
            public @Nullable URL getResource(String name) {
                return name.startsWith(folder) ? null : super.getResource(name);
            }
        };
        return Callweave.commandLine(Commands.in(classes))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
    }
}
