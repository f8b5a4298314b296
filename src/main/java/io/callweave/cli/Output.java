package io.callweave.cli;

import io.callweave.local.LocalException;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where data goes: a file, or stdout. As bytes, because a PrintStream would swallow errors. */
final class Output {

    private static final int BUFFER = 1 << 16;

    private Output() {}

    static OutputStream stdoutOr(@Nullable Path file) {
        return file == null ? new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER) : to(file);
    }

    static OutputStream to(Path file) {
        try {
            return new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
        } catch (IOException e) {
            throw new LocalException("The file " + file + " cannot be written: " + e + ".", e);
        }
    }
}
