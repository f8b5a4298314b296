package io.callweave.local;

import io.callweave.logging.LogSilence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory that is gone when its use is over, also when a signal stops the process meanwhile. */
public final class TemporaryDirectory implements AutoCloseable {

    private static final int ATTEMPTS = 20;

    private final Path path;
    private final Thread atExit = new Thread(this::deleteAtExit, "delete-temporary-directory");

    private TemporaryDirectory(Path path) {
        this.path = path;
    }

    /**
     * Makes one.
     *
     * @throws LocalException if there is no place for it
     */
    public static TemporaryDirectory create(String prefix) {
        TemporaryDirectory directory = createToBeClosed(prefix);
        Runtime.getRuntime().addShutdownHook(directory.atExit);
        return directory;
    }

    /**
     * Makes one for somebody who closes it also when the process is told to stop, once nothing uses it any more.
     *
     * @throws LocalException if there is no place for it
     */
    public static TemporaryDirectory createToBeClosed(String prefix) {
        try {
            return new TemporaryDirectory(Files.createTempDirectory(prefix));
        } catch (IOException e) {
            throw new LocalException(
                    "There is no place for temporary files in " + System.getProperty("java.io.tmpdir") + ": "
                            + e.getMessage() + ".",
                    e);
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process is stopping: the hook runs or has run.
        }
        delete();
    }

    /** Threads that still use it would tell of missing files, and advise to check the disk. */
    private void deleteAtExit() {
        LogSilence.begin();
        delete();
    }

    /** More than once, because threads that are stopping can still make files. */
    private void delete() {
        for (int attempt = 1; attempt <= ATTEMPTS && Files.exists(path); attempt++) {
            try (Stream<Path> files = Files.walk(path)) {
                List<Path> deepestFirst =
                        files.sorted(Comparator.reverseOrder()).toList();
                for (Path file : deepestFirst) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException | UncheckedIOException e) {
                // A file came or went meanwhile: the next attempt sees it. In the end, what is left is the system's to
                // clean.
            }
        }
    }
}
