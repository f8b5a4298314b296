package io.callweave.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that has its name when it is whole; before, {@code .part} is behind it, and one that was there stays. */
public final class WholeFile implements AutoCloseable {

    private final Path file;
    private final Path part;

    public WholeFile(Path file) {
        this.file = file;
        this.part = file.resolveSibling(file.getFileName() + ".part");
    }

    /** Where it is written. */
    public Path part() {
        return part;
    }

    /** It is written to its end. */
    public void finish() throws IOException {
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Deletes what is not whole. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
