package io.callweave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.cli.common.ExitStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class CallweaveTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine callweave =
            Callweave.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));

    @Test
    void shouldPrintHelpOnStandardOutput() {
        int status = callweave.execute("--help");

        assertThat(status).isEqualTo(ExitStatus.DONE);
        assertThat(out.toString()).contains("Usage: callweave", "--version");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldPrintItsVersionAndStateFormat() {
        int status = callweave.execute("--version");

        assertThat(status).isEqualTo(ExitStatus.DONE);
        assertThat(out.toString()).startsWith("callweave ").containsPattern("\\nstate format \\d+\\n");
    }

    @Test
    void shouldAskForACommandWhenNoneIsNamed() {
        int status = callweave.execute();

        assertThat(status).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("Name a command.");
    }

    @Test
    void shouldRejectAnUnknownOption() {
        int status = callweave.execute("--no-such-option");

        assertThat(status).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("--no-such-option");
    }

    @Test
    void shouldSuggestTheCommandThatWasMeant() {
        int status = callweave.execute("assemlbe", "notifications.ndjson");

        assertThat(status).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString().lines())
                .containsExactly(
                        "callweave: There is no command assemlbe.",
                        "Did you mean assemble?",
                        "\"callweave --help\" shows what there is.");
    }

    @Test
    void shouldSuggestTheSubcommandThatWasMeant() {
        int status = callweave.execute("topics", "chek");

        assertThat(status).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString().lines())
                .containsExactly(
                        "callweave: There is no command chek.",
                        "Did you mean check?",
                        "\"callweave topics --help\" shows what there is.");
    }

    @ParameterizedTest
    @CsvSource({
        "status, callweave deliver status",
        "deliver lst, callweave deliver subscriptions list",
        "topics load, callweave directory load",
        "--bootstrap-servers=kafka-1:9092 streams, callweave COMMAND --bootstrap-servers",
        "assemble --fromat=csv calls.ndjson, --format"
    })
    void shouldSuggestWhatStandsElsewhereAsItMustBeTyped(String typed, String meant) {
        int status = callweave.execute(typed.split(" "));

        assertThat(status).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString().lines()).contains("Did you mean " + meant + "?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "topics load",
                "topics create --bootstrap-severs=kafka-1:9092",
                "topics create --format=x",
                "topics",
                "assemble --format=cvs -",
                "completion bsh",
                "schema calls"
            })
    void shouldSayTheSameWhenOnlyTheCommandThatIsNamedIsMade(String typed) {
        String[] arguments = typed.split(" ");
        StringWriter said = new StringWriter();

        int status = Callweave.commandLine(arguments[0])
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(said, true))
                .execute(arguments);

        assertThat(status).isEqualTo(callweave.execute(arguments));
        assertThat(said).hasToString(out.toString() + err);
    }

    @ParameterizedTest
    @CsvSource({
        "assemble --format=cvs -, Did you mean csv?",
        "schema cals, Did you mean calls?",
        "completion bsh, Did you mean bash?",
        "config --ringcentral-transport=websoket, did you mean websocket?",
        "config --set=completion.lingr=5s, did you mean completion.linger?"
    })
    void shouldSuggestTheValueThatWasMeant(String typed, String question) {
        int status = callweave.execute(typed.split(" "));

        assertThat(status).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString().lines().findFirst())
                .hasValueSatisfying(line -> assertThat(line).endsWith(question));
    }

    @Test
    void shouldSuggestNothingWhereNothingIsNear() {
        int status = callweave.execute("frobnicate");

        assertThat(status).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString().lines())
                .containsExactly(
                        "callweave: There is no command frobnicate.", "\"callweave --help\" shows what there is.");
    }

    @ParameterizedTest
    @CsvSource({
        "CALLWEAVE_LOG_LEVEL, verbose, 'CALLWEAVE_LOG_LEVEL is \"verbose\"; it must be ERROR, WARN, INFO, DEBUG, TRACE or OFF.'",
        "CALLWEAVE_LOG_FORMAT, xml, 'CALLWEAVE_LOG_FORMAT is \"xml\"; it must be text or json.'"
    })
    void shouldRefuseAWayOfLoggingThatThereIsNot(String variable, String value, String sentence) {
        assertThat(LogVariables.fault(Map.of(variable, value))).contains(sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "CALLWEAVE_LOG_LEVEL, ''",
        "CALLWEAVE_LOG_LEVEL, debug",
        "CALLWEAVE_LOG_LEVEL, WARN",
        "CALLWEAVE_LOG_FORMAT, json"
    })
    void shouldTakeAWayOfLoggingThatThereIs(String variable, String value) {
        assertThat(LogVariables.fault(Map.of(variable, value))).isEmpty();
    }

    @Test
    void shouldSayInOneSentenceWhyACommandFailed() {
        callweave.addSubcommand(new Failing()).setErr(new PrintWriter(err, true));

        int status = callweave.execute("failing");

        assertThat(status).isEqualTo(ExitStatus.FAILED);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).isEqualToIgnoringNewLines("callweave: The file is empty.");
    }

    @Command(name = "failing")
    private static final class Failing implements Runnable {

        @Override
        public void run() {
            throw new IllegalStateException("The file is empty.");
        }
    }
}
