package io.callweave.runtime.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
