package io.callweave.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A file that is locked as long as somebody uses the directory that it is in. The system gives the lock back also when
 * that process is killed.
 */
public final class LockFile implements AutoCloseable {

    /** Held in this process. If it opened one of them again and closed it, Linux would give back the lock that it has. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private LockFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock, and makes the file if it is missing.
     *
     * @return null if somebody else has the lock, or deleted the file meanwhile
     */
    public static @Nullable LockFile take(Path file) throws IOException {
        return take(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /**
     * Takes the lock of somebody who is gone.
     *
     * @return null if nobody ever had the lock, or somebody has it
     */
    public static @Nullable LockFile takeOver(Path file) throws IOException {
        try {
            return take(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static @Nullable LockFile take(Path file, OpenOption... options) throws IOException {
        Path held = file.toAbsolutePath().normalize();
        if (!HELD.add(held)) {
            return null;
        }
        FileChannel channel = null;
        boolean taken = false;
        try {
            channel = FileChannel.open(held, options);
            // Who had the lock before may have deleted the file; a lock on that one keeps nobody out.
            taken = tryLock(channel) != null && Files.exists(held);
            return taken ? new LockFile(held, channel) : null;
        } finally {
            if (!taken) {
                if (channel != null) {
                    channel.close();
                }
                HELD.remove(held);
            }
        }
    }

    /** Gives the lock back; the file stays. */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD.remove(file);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held in this JVM under another name
        }
    }
}
