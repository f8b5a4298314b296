package io.callweave.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.files.FileNotifications;
import io.callweave.files.LocalException;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileNotificationsTest {

    private static final InputStream NO_STDIN = InputStream.nullInputStream();

    @TempDir
    private Path directory;

    @Test
    void shouldReadALineAtATimeInTheOrderOfTheFiles() throws IOException {
        String first = file("first", "1\n2\n");
        String second = file("second", "3\n");

        assertThat(sources(first, second)).containsExactly(first + ":1=1", first + ":2=2", second + ":1=3");
    }

    @Test
    void shouldReadALastLineWithoutAnEnd() throws IOException {
        String file = file("file", "1\n2");

        assertThat(sources(file)).containsExactly(file + ":1=1", file + ":2=2");
    }

    @Test
    void shouldSkipBlankLinesAndCountThem() throws IOException {
        String file = file("file", "\n \t\r\n1\n\r\n\n2\n \t");

        assertThat(sources(file)).containsExactly(file + ":3=1", file + ":6=2");
    }

    @Test
    void shouldTakeACarriageReturnOnlyAsPartOfALineEnd() throws IOException {
        String file = file("file", "1\r\n\r2\r\r\n3\r");

        assertThat(sources(file)).containsExactly(file + ":1=1", file + ":2=\r2\r", file + ":3=3\r");
    }

    @Test
    void shouldKeepBytesThatAreNoText() throws IOException {
        byte[] bytes = {(byte) 0xff, 0, (byte) 0xc3, (byte) 0xef, (byte) 0xbb, (byte) 0xbf, '\r', ' '};
        Path file = Files.write(directory.resolve("file"), bytes);

        assertThat(lines(file.toString())).singleElement().isEqualTo(bytes);
    }

    @Test
    void shouldReadNothingFromAnEmptyFile() throws IOException {
        assertThat(sources(file("empty", ""))).isEmpty();
    }

    @Test
    void shouldReadStdinWhereverItIsNamed() throws IOException {
        String file = file("file", "1\n");
        InputStream stdin = new ByteArrayInputStream("2\n".getBytes(UTF_8));

        assertThat(sources(List.of(file, "-"), stdin)).containsExactly(file + ":1=1", "-:1=2");
    }

    @Test
    void shouldReadFromAnInputThatGivesAByteAtATime() {
        InputStream slow = new ByteArrayInputStream("1\r\n\n23\r\n4".getBytes(UTF_8)) {
            @Override
            public int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1));
            }
        };

        assertThat(sources(List.of("-"), slow)).containsExactly("-:1=1", "-:3=23", "-:4=4");
    }

    @Test
    void shouldReadLongLinesBetweenShortOnes() throws IOException {
        byte[] content = new byte[5_000_000];
        Arrays.fill(content, (byte) 'x');
        List<Integer> ends = List.of(3, 65_540, 65_544, 4_000_000, 4_000_002, 4_065_538, 4_999_999);
        ends.forEach(end -> content[end] = '\n');
        Path file = Files.write(directory.resolve("file"), content);

        List<byte[]> lines = lines(file.toString());

        assertThat(lines).extracting(line -> line.length).containsExactly(3, 65_536, 3, 3_934_455, 1, 65_535, 934_460);
        assertThat(lines).allSatisfy(line -> assertThat(line).containsOnly('x'));
    }

    @Test
    void shouldSayWhichFileIsMissingBeforeAnythingIsRead() throws IOException {
        List<String> files =
                List.of(file("file", "1\n"), directory.resolve("absent").toString());

        assertThatThrownBy(() -> new FileNotifications(files, NO_STDIN))
                .isInstanceOf(LocalException.class)
                .hasMessage("The file %s does not exist.", files.get(1));
    }

    @Test
    void shouldSayThatAFileIsADirectory() {
        assertThatThrownBy(() -> new FileNotifications(List.of(directory.toString()), NO_STDIN))
                .isInstanceOf(LocalException.class)
                .hasMessage("The file %s is a directory; name the files in it.", directory);
    }

    @Test
    void shouldSayThatAFileHasNoName() {
        assertThatThrownBy(() -> new FileNotifications(List.of(""), NO_STDIN))
                .isInstanceOf(LocalException.class)
                .hasMessage("The file with an empty name does not exist.");
    }

    @Test
    void shouldSayWhichFileCannotBeReadToItsEnd() {
        InputStream broken = new FilterInputStream(NO_STDIN) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                throw new IOException("unplugged");
            }
        };

        assertThatThrownBy(() -> sources(List.of("-"), broken))
                .isInstanceOf(LocalException.class)
                .hasMessage("The file - cannot be read: unplugged.");
    }

    @Test
    void shouldKeepOfALineThatIsTooLongOnlyWhatShowsThatItIs() {
        InputStream endless = new InputStream() {
            private long left = 300L << 20;

            @Override
            public int read() {
                return left-- > 0 ? 'a' : -1;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                int count = (int) Math.min(left, length);
                Arrays.fill(bytes, offset, offset + count, (byte) 'a');
                left -= count;
                return count == 0 ? -1 : count;
            }
        };
        String fits = "a".repeat(1_000_000);
        InputStream lines = new SequenceInputStream(
                endless,
                new ByteArrayInputStream(("\nnext\n" + fits + "\r\n" + fits + "b\nlast").getBytes(ISO_8859_1)));

        List<byte[]> read = new ArrayList<>();
        try (FileNotifications notifications = new FileNotifications(List.of("-"), lines, 1_000_000)) {
            notifications.forEachRemaining(line -> read.add(line.value()));
        }

        assertThat(read).map(line -> line.length).containsExactly(1_000_001, 4, 1_000_000, 1_000_001, 4);
        assertThat(read.get(1)).isEqualTo("next".getBytes(ISO_8859_1));
        assertThat(read.get(4)).isEqualTo("last".getBytes(ISO_8859_1));
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content, ISO_8859_1).toString();
    }

    private static List<String> sources(String... files) {
        return sources(List.of(files), NO_STDIN);
    }

    /** Lines as {@code source=text}. */
    private static List<String> sources(List<String> files, InputStream stdin) {
        List<String> read = new ArrayList<>();
        try (FileNotifications notifications = new FileNotifications(files, stdin)) {
            notifications.forEachRemaining(
                    line -> read.add(line.source() + "=" + new String(line.value(), ISO_8859_1)));
        }
        return read;
    }

    private static List<byte[]> lines(String file) {
        List<byte[]> read = new ArrayList<>();
        try (FileNotifications notifications = new FileNotifications(List.of(file), NO_STDIN)) {
            notifications.forEachRemaining(line -> read.add(line.value()));
        }
        return read;
    }
}
