package io.callweave.documentation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.directory.DirectoryCsv;
import io.callweave.directory.DirectoryEntry;
import io.callweave.topology.directory.TestDirectory;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Who tries the list of docs/connect.md on the notifications of the README sees names. */
class DirectoryPageTest {

    private static final Pattern LIST = Pattern.compile("```csv\n(.*?)```", Pattern.DOTALL);

    @Test
    void shouldListExtensionsThatHaveCalls() throws IOException {
        Matcher list = LIST.matcher(MarkdownFile.text(Path.of("docs/connect.md")));
        assertThat(list.find()).isTrue();
        DirectoryCsv csv = DirectoryCsv.read(list.group(1), null, null);

        assertThat(csv.faults()).isEmpty();
        assertThat(csv.unused()).isEmpty();
        assertThat(csv.entries())
                .isNotEmpty()
                .extracting(DirectoryEntry::key)
                .isSubsetOf(TestDirectory.keys(notifications()));
    }

    private static List<byte[]> notifications() throws IOException {
        List<byte[]> lines = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("src/samples/real"), "csn-*.ndjson")) {
            for (Path file : files) {
                Files.readString(file).lines().map(line -> line.getBytes(UTF_8)).forEach(lines::add);
            }
        }
        return lines;
    }
}
