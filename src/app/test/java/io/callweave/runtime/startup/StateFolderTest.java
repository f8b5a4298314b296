package io.callweave.runtime.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {

    @TempDir
    private Path directory;

    @Test
    void shouldMakeTheFolderAndLeaveItUnlocked() throws IOException {
        StateFolder.check(directory.resolve("a/b"), "app");

        try (FileChannel lock = FileChannel.open(directory.resolve("a/b/app/.lock"), StandardOpenOption.WRITE);
                FileLock locked = lock.tryLock()) {
            assertThat(locked).isNotNull();
        }
    }

    /** Kafka keeps deletions in a changelog for a day. */
    @Test
    void shouldDeleteTheStateOfTasksThatNobodyHasUsedForTwentyHours() throws IOException {
        Path old = file("app/0_1/rocksdb/calls/CURRENT", 21);
        Path used = file("app/0_2/rocksdb/calls/CURRENT", 500);
        file("app/0_2/rocksdb/calls/000007.sst", 19);
        Path other = file("app/kafka-streams-process-metadata", 500);
        Path stateless = Files.createDirectories(directory.resolve("app/0_0"));
        Files.setLastModifiedTime(stateless, FileTime.from(Instant.now().minus(Duration.ofHours(500))));

        StateFolder.check(directory, "app");

        assertThat(old).doesNotExist();
        assertThat(directory.resolve("app/0_1")).doesNotExist();
        assertThat(used).exists();
        assertThat(other).exists();
        assertThat(stateless).exists();
    }

    /** Last modified so many hours ago, as its folders. */
    private Path file(String name, long hours) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
        FileTime time = FileTime.from(Instant.now().minus(Duration.ofHours(hours)));
        for (Path each = file; !each.equals(directory); each = each.getParent()) {
            Files.setLastModifiedTime(each, time);
        }
        return file;
    }

    @Test
    void shouldSayThatAnotherProcessUsesIt() throws IOException {
        Files.createDirectories(directory.resolve("app"));
        try (FileChannel channel = FileChannel.open(
                        directory.resolve("app/.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(() -> StateFolder.check(directory, "app"))
                    .isInstanceOf(OperationsException.class)
                    .hasMessage("state.dir is " + directory
                            + ", which another process with the same application.id (app) uses; stop that process, or"
                            + " give each instance a state.dir of its own.");
        }
    }

    @Test
    void shouldSayThatNothingCanBeWrittenThere() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> StateFolder.check(file, "app"))
                .isInstanceOf(OperationsException.class)
                .hasMessage("state.dir is " + file
                        + ", where nothing can be written: a file is where a folder should be; set it to a folder that"
                        + " this user may write to.");
    }
}
