package io.callweave.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFaultTest {

    @TempDir
    private Path directory;

    @Test
    void shouldSayInWordsWhatJavaSaysByPath() {
        Path file = directory.resolve("file");

        assertThat(FileFault.reason(file, new AccessDeniedException("/file"))).isEqualTo("access is denied");
        assertThat(FileFault.reason(file, new FileSystemException("/f", null, "Read-only file system")))
                .isEqualTo("its disk is read-only");
        assertThat(FileFault.reason(file, new FileSystemException("/f", null, "No space left on device")))
                .isEqualTo("its disk is full");
        assertThat(FileFault.reason(file, new FileAlreadyExistsException("/f")))
                .isEqualTo("a file is where a folder should be");
        assertThat(FileFault.reason(file, new NoSuchFileException("/f"))).isEqualTo("it does not exist");
        assertThat(FileFault.reason(file.resolve("x"), new NoSuchFileException("/f")))
                .isEqualTo("its folder does not exist");
        assertThat(FileFault.reason(directory, new IOException("Is a directory")))
                .isEqualTo("it is a folder");
        assertThat(FileFault.reason(file, new IOException("disk on fire"))).isEqualTo("disk on fire");
        assertThat(FileFault.folder(new NoSuchFileException("/proc/x"))).isEqualTo("it cannot be made");
    }
}
