package io.callweave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that steer a terminal or are not seen, in arguments and in names of callers: what people read shows marks. */
class HostileTextsTest {

    private static final String HOSTILE = "A\u001B[31m\u202Eb\u200Bc\u0000d\u009B2Je\u2028f";

    private static final Pattern STEERS = Pattern.compile("[\\p{Cntrl}&&[^\n]]|\\p{Cf}|[\u0080-\u009F\u2028\u2029]");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "explain FILE --call TEXT",
                "explain FILE --call s-1 --account TEXT",
                "explain TEXT --call s-1",
                "assemble FILE --TEXT",
                "assemble FILE --color TEXT",
                "assemble FILE --format TEXT",
                "assemble FILE --directory TEXT",
                "TEXT",
                "topics TEXT",
                "topics acls --principal TEXT --role TEXT",
                "config --completion-linger TEXT",
                "config --set TEXT=1",
                "config --set kafka.client.id=TEXT",
                "config --config TEXT",
                "schema TEXT",
                "report FILE --out TEXT/x --time-zone TEXT",
                "export TEXT FILE",
                "directory show --TEXT"
            })
    void shouldShowMarksForThemInArguments(String command) {
        String[] arguments = Arrays.stream(command.split(" "))
                .map(word -> word.replace("TEXT", HOSTILE).replace("FILE", file().toString()))
                .toArray(String[]::new);

        assertThat(execute(arguments)).isNotEmpty().doesNotContainPattern(STEERS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "explain FILE --call s-1",
                "explain FILE --call s-1 --mask",
                "assemble FILE --format table",
                "assemble FILE --format csv"
            })
    void shouldShowMarksForThemInNames(String command) throws Exception {
        CommandProcess run = CommandProcess.run(
                null, command.replace("FILE", file().toString()).split(" "));

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out().replace("\r\n", "\n")).doesNotContainPattern(STEERS);
        assertThat(run.err()).doesNotContainPattern(STEERS);
    }

    /** A line break in an argument does not make a second sentence. */
    @Test
    void shouldKeepAnErrorInOneLine() {
        assertThat(execute("explain", file().toString(), "--call", "x\ncallweave: All is well.")
                        .lines())
                .noneMatch(line -> line.startsWith("callweave: All is well."));
    }

    private Path file() {
        StringBuilder name = new StringBuilder();
        HOSTILE.chars().forEach(c -> name.append(String.format("\\u%04x", c)));
        String line = """
                {"event":"/restapi/v1.0/account/1/telephony/sessions","timestamp":"2026-03-02T09:00:00Z","body":{"sequence":2,\
                "telephonySessionId":"s-1","eventTime":"2026-03-02T09:00:00Z","parties":[{"id":"p-1-1","accountId":"1",\
                "extensionId":"7","direction":"Inbound","from":{"name":"NAME","phoneNumber":"NAME"},"to":{"name":"NAME"},\
                "status":{"code":"Disconnected","reason":"NAME"}}]}}
                """.replace("NAME", name);
        try {
            return Files.writeString(folder.resolve("calls.ndjson"), line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that is printed by a command that does nothing. */
    private static String execute(String... arguments) {
        StringWriter printed = new StringWriter();
        Callweave.commandLine()
                .setOut(new PrintWriter(printed, true))
                .setErr(new PrintWriter(printed, true))
                .execute(arguments);
        return printed.toString();
    }
}
