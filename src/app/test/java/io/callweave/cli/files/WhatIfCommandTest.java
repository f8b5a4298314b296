package io.callweave.cli.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.cli.Callweave;
import io.callweave.cli.CommandProcess;
import io.callweave.cli.common.ExitStatus;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two ways to make calls of the same files; in a process of its own, for it has an environment and a standard input. */
class WhatIfCommandTest {

    private static final Path DROPPED = Path.of("src", "samples", "acceptance", "dropped.ndjson");
    private static final Map<String, String> GAPS_IGNORED = Map.of("CALLWEAVE_COMPLETION_SEQUENCE_GAPS", "ignore");
    private static final String GAPS_COUNT = "--set=completion.sequence-gaps=count";

    private static final String GAPS_IGNORE = "--set=completion.sequence-gaps=ignore";

    @TempDir
    private Path folder;

    @Test
    void shouldFindTheSameWithAnotherVersionThatDoesTheSame() throws Exception {
        CommandProcess here = CommandProcess.run(GAPS_IGNORED, null, "whatif", DROPPED.toString(), GAPS_COUNT);

        CommandProcess there = CommandProcess.run(
                GAPS_IGNORED, null, "whatif", DROPPED.toString(), GAPS_COUNT, "--jar=" + otherVersion());

        assertThat(here.status()).as(here.err()).isEqualTo(ExitStatus.FAILED);
        assertThat(there.status()).as(there.err()).isEqualTo(ExitStatus.FAILED);
        assertThat(there.out()).isNotEmpty().isEqualTo(here.out());
    }

    @Test
    void shouldReadStandardInputForBothWays() throws Exception {
        CommandProcess file = CommandProcess.run(null, "whatif", DROPPED.toString(), GAPS_IGNORE);

        CommandProcess stdin = CommandProcess.run(Files.readAllBytes(DROPPED), "whatif", "-", GAPS_IGNORE);

        assertThat(stdin.out()).as(stdin.err()).isNotEmpty().isEqualTo(file.out());
    }

    @Test
    void shouldCountTheLinesThatCannotBeUsed() throws Exception {
        CommandProcess whatif = CommandProcess.run("{}\nno JSON\n".getBytes(UTF_8), "whatif", "-", GAPS_IGNORE);

        assertThat(whatif.err()).contains("before: 2 lines", "after: 2 lines", " 2 bad (");
    }

    /** A jar of these same classes. */
    private Path otherVersion() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Callweave.class.getName());
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                                .map(entry -> Path.of(entry).toUri().toString())
                                .collect(Collectors.joining(" ")));
        Path jar = folder.resolve("callweave.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }
}
