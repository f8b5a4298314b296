package io.callweave.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {

    @TempDir
    private Path folder;

    @Test
    void shouldLetOnlyTheOwnerIntoWhatItMakes() throws IOException {
        Path made = PrivateFiles.folder(folder.resolve("a/b"));

        assertThat(mode(made)).isEqualTo("rwx------");
        assertThat(mode(folder.resolve("a"))).isEqualTo("rwx------");
        assertThat(mode(PrivateFiles.file(made.resolve("c")))).isEqualTo("rw-------");
        assertThat(PrivateFiles.isOpen(made)).isFalse();
    }

    @Test
    void shouldCloseAFolderThatALibraryOpened() throws IOException {
        Path opened = Files.createDirectory(folder.resolve("state"));
        Files.setPosixFilePermissions(opened, PosixFilePermissions.fromString("rwxr-xr-x"));

        PrivateFiles.close(opened);

        assertThat(mode(opened)).isEqualTo("rwx------");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
