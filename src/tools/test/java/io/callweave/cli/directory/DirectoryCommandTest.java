package io.callweave.cli.directory;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.cli.Callweave;
import io.callweave.cli.common.ExitStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is said before any broker is asked: there is none here. */
class DirectoryCommandTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldSayWhichLinesAreWrongAndLoadNothing() throws IOException {
        Path file = file("account,extension,type\n1,104,user\n1,10/5,user\n1,106,boss\n");

        int status = load(file.toString());

        assertThat(status).isEqualTo(ExitStatus.FAILED);
        assertThat(err.toString().lines())
                .containsExactly(
                        "Line 3, column extension: it is \"10/5\"; it must be RingCentral's id, 1 to 100 digits and"
                                + " nothing else.",
                        "Line 4, column type: it is \"boss\"; it must be one of user, queue, ivr, or empty for a user.",
                        "callweave: Nothing of " + file + " was taken: 2 lines are wrong.");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldNotFillTheScreenWithWrongLines() throws IOException {
        Path file = file("account,extension\n" + "1,/\n".repeat(50));

        assertThat(load(file.toString())).isEqualTo(ExitStatus.FAILED);

        assertThat(err.toString().lines()).hasSize(22).contains("And 30 more.");
    }

    @Test
    void shouldSayInOneSentenceWhyAFileCannotBeTaken() throws IOException {
        Path empty = file("");
        Path strange = Files.writeString(folder.resolve("strange.csv"), "a,b\n");
        Path open = Files.writeString(folder.resolve("open.csv"), "account,extension\n1,\"2\n");
        Path large = folder.resolve("large.csv");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength((64 << 20) + 1);
        }
        Path latin = Files.write(
                folder.resolve("latin.csv"), "account,extension,name\n1,2,M\u00fcller".getBytes(ISO_8859_1));

        assertFails(
                "The file " + empty + " cannot be taken: it is empty; the first line must name the columns account,"
                        + " extension, name, type, site, department, timeZone.",
                load(empty.toString()));
        assertFails(
                "The file " + strange + " cannot be taken: line 1 names no column extension; there can be account,"
                        + " extension, name, type, site, department, timeZone, with a comma, a semicolon or a tab between"
                        + " them.",
                load(strange.toString()));
        assertFails(
                "The file " + strange + " cannot be taken: line 1 names no column extension; there can be account,"
                        + " extension, name, type, site, department, timeZone, with tab between them.",
                load(strange.toString(), "--separator=tab"));
        assertFails(
                "The file " + open
                        + " cannot be taken: line 2 is not CSV; a quote in it is not closed, or does not end its"
                        + " field.",
                load(open.toString()));
        assertFails("The file " + large + " cannot be taken: it has more than 64 MiB.", load(large.toString()));
        assertFails(
                "The file " + latin + " cannot be taken: line 2 is not UTF-8; save it as \"CSV UTF-8\".",
                load(latin.toString()));
        assertWrongUsage(
                "The file " + folder.resolve("none.csv") + " does not exist.",
                load(folder.resolve("none.csv").toString()));
        assertWrongUsage("The file " + folder + " is a directory; name the files in it.", load(folder.toString()));
    }

    @Test
    void shouldRefuseWrongUsage() throws IOException {
        String file = file("account,extension\n").toString();

        assertWrongUsage("Name what to do with the directory: sync, load, show or delete.", execute("directory"));
        assertWrongUsage("FILE is missing.", load());
        assertWrongUsage("--separator is \"ab\"; it must be one character, or tab.", load(file, "--separator=ab"));
        assertWrongUsage(
                "--account is \"1/2\"; it must be the id of an account, digits only.", load(file, "--account=1/2"));
        assertWrongUsage("ACCOUNT/EXTENSION is missing.", execute("directory", "delete"));
        assertWrongUsage(
                "--replace and --skip-wrong-lines exclude each other: extensions of wrong lines would be deleted.",
                load(file, "--replace", "--skip-wrong-lines"));
        assertWrongUsage(
                "Notifications and --directory cannot both be the standard input.",
                execute("run", "-", "--directory", "-"));
    }

    @Test
    void shouldRefuseAWrongDirectoryBeforeARunBegins() throws IOException {
        Path lines = Files.writeString(folder.resolve("none.ndjson"), "");
        Path file = file("account,extension\n1\n");

        int status = execute("run", lines.toString(), "--directory", file.toString());

        assertThat(status).isEqualTo(ExitStatus.FAILED);
        assertThat(err.toString())
                .contains(
                        "Line 2 has 1 field, and line 1 names 2 columns.",
                        "callweave: Nothing of " + file + " was taken: 1 line is wrong.");
    }

    @Test
    void shouldNotWriteOverTheDirectory() throws IOException {
        Path lines = Files.writeString(folder.resolve("none.ndjson"), "");
        Path file = file("account,extension\n");

        assertThat(execute("run", lines.toString(), "--directory", file.toString(), "--calls", file.toString()))
                .isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(file).hasContent("account,extension\n");
    }

    private void assertFails(String sentence, int status) {
        assertThat(status).isEqualTo(ExitStatus.FAILED);
        assertThat(err.toString().lines()).containsExactly("callweave: " + sentence);
        err.getBuffer().setLength(0);
    }

    private void assertWrongUsage(String sentence, int status) {
        assertThat(status).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString().lines()).contains("callweave: " + sentence);
        err.getBuffer().setLength(0);
    }

    private Path file(String csv) throws IOException {
        return Files.write(folder.resolve("extensions.csv"), csv.getBytes(UTF_8));
    }

    private int load(String... arguments) {
        List<String> all = new ArrayList<>(List.of("directory", "load"));
        all.addAll(Arrays.asList(arguments));
        return execute(all.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        return Callweave.commandLine()
                .setErr(new PrintWriter(err, true))
                .setOut(new PrintWriter(out, true))
                .execute(arguments);
    }
}
