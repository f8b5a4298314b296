package io.callweave.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.files.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TemporaryDirectoryTest {

    private final String prefix = "callweave-test-" + UUID.randomUUID() + "-";
    private final TemporaryDirectory first = TemporaryDirectory.createToBeClosed(prefix);

    @AfterEach
    void close() {
        first.close();
    }

    @Test
    void shouldBeGoneWithItsFilesWhenItIsClosed() throws IOException {
        Files.writeString(Files.createDirectory(first.path().resolve("kafka")).resolve("log"), "text");

        first.close();

        assertThat(first.path()).doesNotExist();
    }

    @Test
    void shouldLeaveAloneWhatIsInUse() {
        try (TemporaryDirectory second = TemporaryDirectory.createToBeClosed(prefix);
                TemporaryDirectory third = TemporaryDirectory.createToBeClosed(prefix)) {
            assertThat(first.path()).exists();
            assertThat(second.path()).exists();
            assertThat(third.path()).exists();
        }
    }

    /** Only what another one made has the file with the lock, here one that nobody holds. */
    @Test
    void shouldDeleteWhatSomebodyLeftAndNothingElse() throws IOException {
        Path abandoned = directory("abandoned");
        Files.createFile(abandoned.resolve(".callweave-in-use"));
        Files.writeString(Files.createDirectory(abandoned.resolve("kafka")).resolve("log"), "text");
        Path foreign = directory("foreign");
        Path link = Files.createSymbolicLink(first.path().resolveSibling(prefix + "link"), first.path());
        try (TemporaryDirectory second = TemporaryDirectory.createToBeClosed(prefix)) {
            assertThat(abandoned).doesNotExist();
            assertThat(foreign).exists();
            assertThat(link).exists();
            assertThat(second.path()).exists();
        } finally {
            Files.delete(foreign);
            Files.delete(link);
        }
    }

    private Path directory(String name) throws IOException {
        return Files.createDirectory(first.path().resolveSibling(prefix + name));
    }
}
