package io.callweave.bench.competitors.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a job that was killed has left; one in a cluster of its own has nobody who starts it again. */
final class LastCheckpoint {

    /** Written last. */
    private static final String COMPLETE = "_metadata";

    private LastCheckpoint() {}

    /** The newest that is complete, as Flink names it; null if there is none. */
    static @Nullable String in(Path checkpoints) {
        if (!Files.isDirectory(checkpoints)) {
            return null;
        }
        try (Stream<Path> files = Files.walk(checkpoints)) {
            return files.filter(file -> file.endsWith(COMPLETE))
                    .max(Comparator.comparing(LastCheckpoint::writtenAt))
                    .map(file -> FlinkJob.uri(file.getParent()))
                    .orElse(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileTime writtenAt(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
