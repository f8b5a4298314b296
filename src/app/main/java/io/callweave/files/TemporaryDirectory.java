package io.callweave.files;

import io.callweave.logging.LogSilence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory that is gone when its use is over, also when a signal stops the process meanwhile. What a killed process left,
 * the next one with the same prefix deletes.
 */
public final class TemporaryDirectory implements AutoCloseable {

    private static final int ATTEMPTS = 20;

    private static final String LOCK_FILE = ".callweave-in-use";

    private final Path path;
    private final LockFile lock;
    private final Thread atExit = new Thread(this::deleteAtExit, "delete-temporary-directory");

    private TemporaryDirectory(Path path, LockFile lock) {
        this.path = path;
        this.lock = lock;
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
            TemporaryDirectory made = make(prefix);
            made.deleteAbandoned(prefix);
            return made;
        } catch (IOException e) {
            throw new LocalException(
                    "There is no place for temporary files in " + System.getProperty("java.io.tmpdir") + ": "
                            + e.getMessage() + ".",
                    e);
        }
    }

    /** Not always at once: who deletes what is abandoned may see the file before it is locked. */
    private static TemporaryDirectory make(String prefix) throws IOException {
        while (true) {
            Path path = Files.createTempDirectory(prefix);
            LockFile lock = LockFile.take(path.resolve(LOCK_FILE));
            if (lock != null) {
                return new TemporaryDirectory(path, lock);
            }
        }
    }

    /** Only those of the same user: others could have put anything there. */
    private void deleteAbandoned(String prefix) {
        try (DirectoryStream<Path> others = Files.newDirectoryStream(path.resolveSibling(""), prefix + "*")) {
            UserPrincipal user = Files.getOwner(path);
            for (Path other : others) {
                deleteIfAbandoned(other, user);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // The next process tries again.
        }
    }

    private static void deleteIfAbandoned(Path directory, UserPrincipal user) {
        try {
            if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                    && user.equals(Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS))) {
                LockFile abandoned = LockFile.takeOver(directory.resolve(LOCK_FILE));
                if (abandoned != null) {
                    try (abandoned) {
                        delete(directory);
                    }
                }
            }
        } catch (IOException e) {
            // Somebody else deletes it, or nobody can.
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
        deleteAndUnlock();
    }

    /** Threads that still use it would tell of missing files, and advise to check the disk. */
    private void deleteAtExit() {
        LogSilence.begin();
        deleteAndUnlock();
    }

    private void deleteAndUnlock() {
        delete(path);
        try {
            lock.close();
        } catch (IOException e) {
            // It ends with the process.
        }
    }

    /** More than once, because threads that are stopping can still make files. */
    private static void delete(Path path) {
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
