package io.callweave.cli.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.cli.Callweave;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputTest {

    @TempDir
    private Path directory;

    @Test
    void shouldRefuseAnOutputThatIsAnInput() throws IOException {
        Path input = Files.writeString(directory.resolve("in.ndjson"), "{}\n");

        StringWriter err = new StringWriter();
        int status = Callweave.commandLine()
                .setErr(new PrintWriter(err))
                .execute("assemble", input.toString(), "--dead-letters", input.toString());

        assertThat(status).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString())
                .isEqualTo("callweave: --dead-letters is " + input + ", which is the input " + input
                        + " too; name another file.\n");
        assertThat(input).hasContent("{}");
    }

    @Test
    void shouldKnowAnInputThroughALink() throws IOException {
        Path input = Files.writeString(directory.resolve("in.ndjson"), "{}\n");
        Path link = Files.createSymbolicLink(directory.resolve("link"), input);

        assertThatThrownBy(() -> Output.check(List.of(input.toString()), Map.of("--calls", link)))
                .isInstanceOf(Output.WrongOutput.class)
                .hasMessageContaining("which is the input");
    }

    @Test
    void shouldKnowAnInputThroughAHardLink() throws IOException {
        Path input = Files.writeString(directory.resolve("in.ndjson"), "{}\n");
        Path link = Files.createLink(directory.resolve("out.ndjson"), input);

        StringWriter err = new StringWriter();
        int status = Callweave.commandLine()
                .setErr(new PrintWriter(err))
                .execute("assemble", input.toString(), "--dead-letters", link.toString());

        assertThat(status).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("which is the input " + input + " too; name another file.");
        assertThat(input).hasContent("{}");
    }

    @Test
    void shouldRefuseTwoOutputsThatAreOneFileThroughAHardLink() throws IOException {
        Path one = Files.writeString(directory.resolve("one"), "");
        Path other = Files.createLink(directory.resolve("other"), one);

        assertThatThrownBy(() -> Output.check(List.of(), Map.of("--calls", one, "--party-events", other)))
                .isInstanceOf(Output.WrongOutput.class)
                .hasMessageContaining("too; name another file.");
    }

    @Test
    void shouldRefuseTwoOutputsInOneFile() {
        Path same = directory.resolve("out");

        assertThatThrownBy(() -> Output.check(List.of(), Map.of("--calls", same, "--party-events", same)))
                .isInstanceOf(Output.WrongOutput.class)
                .hasMessageContaining("too; name another file.");
    }

    @Test
    void shouldRefuseAPlaceThatIsNotThere() {
        assertThatThrownBy(() -> Output.check(List.of(), Map.of("--calls", directory.resolve("no/out"))))
                .hasMessage("--calls is " + directory.resolve("no/out") + ", but the directory "
                        + directory.resolve("no") + " does not exist.");
        assertThatThrownBy(() -> Output.check(List.of(), Map.of("--calls", directory)))
                .hasMessage("--calls is \"" + directory + "\"; it must name a file, not a directory.");
    }

    @Test
    void shouldTakeAFileOfItsOwn() {
        assertThatCode(() -> Output.check(List.of("-"), Map.of("--calls", directory.resolve("out"))))
                .doesNotThrowAnyException();
    }
}
