package io.callweave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@link ArchitectureTest} looks with notices what is wrong. */
class SourcesTest {

    @Test
    void shouldNoticeAnArrowThatPointsUp() {
        PackageTable table = PackageTable.of("`a` (`A`) | Top\n`b` (`B`) | Bottom\n");
        Sources.Arrow down = new Sources.Arrow("a", "b", "A");
        Sources.Arrow up = new Sources.Arrow("b", "a", "B");

        assertThat(table.upward(List.of(down, up))).containsExactly(up);
    }

    @Test
    void shouldCountTheFilesOfFolders(@TempDir Path folder) throws IOException {
        Files.createFile(folder.resolve("A.java"));
        Files.createFile(folder.resolve("B.java"));

        assertThat(Sources.foldersOver(1, folder)).containsExactly(folder + " has 2 files");
        assertThat(Sources.foldersOver(2, folder)).isEmpty();
    }

    @Test
    void shouldNoticeASimpleNameThatIsUsedTwice(@TempDir Path folder) throws IOException {
        Path one = Files.createFile(folder.resolve("Leg.java"));
        Path other =
                Files.createFile(Files.createDirectory(folder.resolve("sub")).resolve("leg.java"));

        assertThat(Sources.sameNames(folder)).singleElement().asString().contains(one.toString(), other.toString());
    }
}
