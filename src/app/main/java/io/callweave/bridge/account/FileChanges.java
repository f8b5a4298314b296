package io.callweave.bridge.account;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Tells whether files have other contents than before. It reads them: times of modification stand still where a folder is
 * exchanged behind a link, as orchestrators do, and file systems tell of changes only where they are local.
 */
public final class FileChanges {

    private static final byte[] UNREADABLE = new byte[0];

    private final List<Path> files;
    private byte[][] contents;

    public FileChanges(List<Path> files) {
        this.files = List.copyOf(files);
        contents = read();
    }

    /** Whether they have changed since the last call, or the construction. */
    public synchronized boolean seen() {
        byte[][] now = read();
        boolean changed = !Arrays.deepEquals(now, contents);
        contents = now;
        return changed;
    }

    private byte[][] read() {
        return files.stream().map(FileChanges::read).toArray(byte[][]::new);
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            return UNREADABLE; // the user of the file reports it
        }
    }
}
