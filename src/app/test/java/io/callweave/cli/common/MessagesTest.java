package io.callweave.cli.common;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.cli.Callweave;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MessagesTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine callweave = Callweave.commandLine()
            .setCommandName("./callweave")
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));

    @Test
    void shouldNameCommandsAsTheUserCalledThisOne() {
        Messages.to(callweave.getCommandSpec())
                .println(
                        "callweave: Two are missing; \"callweave topics create\" makes them, callweave itself does not.");

        assertThat(err)
                .hasToString("callweave: Two are missing; \"./callweave topics create\" makes them, callweave itself"
                        + " does not." + System.lineSeparator());
    }

    @Test
    void shouldNameThemSoInSentencesThatAreData() {
        Messages.sentences(callweave.getCommandSpec(), List.of("Run \"callweave subscribe create\"."));

        assertThat(out).hasToString("Run \"./callweave subscribe create\".\n");
    }

    /** A name that somebody chose is not a sentence. */
    @Test
    void shouldNotChangeOtherData() {
        Messages.dataTo(callweave.getCommandSpec()).lines(List.of("809646016,101,callweave demo"));

        assertThat(out).hasToString("809646016,101,callweave demo\n");
    }
}
