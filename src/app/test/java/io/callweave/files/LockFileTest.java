package io.callweave.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockFileTest {

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("in-use");
    }

    @Test
    void shouldHaveOneHolder() throws IOException {
        try (LockFile first = LockFile.take(file)) {
            assertThat(first).isNotNull();
            assertThat(LockFile.take(file)).isNull();
            assertThat(LockFile.takeOver(file)).isNull();
        }
    }

    @Test
    void shouldBeTakenAgainWhenItWasGivenBack() throws IOException {
        give(LockFile.take(file));

        give(LockFile.take(file));
        give(LockFile.takeOver(file));
    }

    @Test
    void shouldNotBeTakenOverFromNobody() throws IOException {
        assertThat(LockFile.takeOver(file)).isNull();
        assertThat(file).doesNotExist();
    }

    private static void give(LockFile taken) throws IOException {
        assertThat(taken).isNotNull();
        taken.close();
    }
}
