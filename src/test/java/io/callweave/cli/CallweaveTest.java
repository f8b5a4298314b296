package io.callweave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
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

        assertThat(status).isEqualTo(Callweave.DONE);
        assertThat(out.toString()).contains("Usage: callweave", "--version");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldPrintItsVersion() {
        int status = callweave.execute("--version");

        assertThat(status).isEqualTo(Callweave.DONE);
        assertThat(out.toString()).startsWith("callweave ");
    }

    @Test
    void shouldAskForACommandWhenNoneIsNamed() {
        int status = callweave.execute();

        assertThat(status).isEqualTo(Callweave.WRONG_USAGE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("Name a command.");
    }

    @Test
    void shouldRejectAnUnknownOption() {
        int status = callweave.execute("--no-such-option");

        assertThat(status).isEqualTo(Callweave.WRONG_USAGE);
        assertThat(err.toString()).contains("--no-such-option");
    }

    @Test
    void shouldSayInOneSentenceWhyACommandFailed() {
        callweave.addSubcommand(new Failing()).setErr(new PrintWriter(err, true));

        int status = callweave.execute("failing");

        assertThat(status).isEqualTo(Callweave.FAILED);
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
