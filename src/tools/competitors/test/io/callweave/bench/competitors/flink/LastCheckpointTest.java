package io.callweave.bench.competitors.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastCheckpointTest {

    @TempDir
    private Path directory;

    @Test
    void shouldFindTheNewestThatIsComplete() throws IOException {
        checkpoint("first-job/chk-9", 1_000);
        checkpoint("second-job/chk-2", 3_000);
        checkpoint("second-job/chk-1", 2_000);
        Files.createDirectories(directory.resolve("second-job/chk-3"));

        assertThat(LastCheckpoint.in(directory)).endsWith("second-job/chk-2/");
    }

    @Test
    void shouldFindNoneAtAFirstStart() throws IOException {
        assertThat(LastCheckpoint.in(directory.resolve("none"))).isNull();
        assertThat(LastCheckpoint.in(Files.createDirectories(directory.resolve("empty"))))
                .isNull();
    }

    private void checkpoint(String name, long writtenAt) throws IOException {
        Path file = Files.createDirectories(directory.resolve(name)).resolve("_metadata");
        Files.createFile(file);
        Files.setLastModifiedTime(file, FileTime.fromMillis(writtenAt));
    }
}
