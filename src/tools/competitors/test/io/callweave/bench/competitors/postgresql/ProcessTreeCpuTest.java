package io.callweave.bench.competitors.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.files.LocalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTreeCpuTest {

    @TempDir
    private Path processes;

    @Test
    void shouldAddUpTheProcessAndItsChildren() throws IOException {
        process(10, "(postgres)", 1, "100 50 30 20"); // 2.00 s, half a second of it of children that have ended
        process(11, "(postgres: walwriter )", 10, "10 5 0 0");
        process(12, "(a) b)", 10, "1 1 0 0");
        process(13, "(java)", 1, "1000 1000 1000 1000");

        assertThat(new ProcessTreeCpu(processes, 10).seconds()).isEqualTo(2.17);
    }

    @Test
    void shouldFailWhenTheProcessHasEnded() {
        assertThatThrownBy(() -> new ProcessTreeCpu(processes, 10).seconds())
                .isInstanceOf(LocalException.class)
                .hasMessage("PostgreSQL has ended.");
    }

    private void process(int number, String name, int parent, String times) throws IOException {
        Path directory = Files.createDirectory(processes.resolve(Integer.toString(number)));
        Files.writeString(
                directory.resolve("stat"),
                number + " " + name + " S " + parent + " 0 0 0 0 0 0 0 0 0 " + times + " 20 0 1 0\n");
    }
}
