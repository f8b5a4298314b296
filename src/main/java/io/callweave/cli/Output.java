package io.callweave.cli;

import io.callweave.local.LocalException;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
            throw new LocalException("The file " + file + " cannot be written: " + reason(file, e) + ".", e);
        }
    }

    /**
     * Looks at the start whether outputs can be written, before hours of work are lost, or an input.
     *
     * @param inputs as the user named them
     * @param outputs by their options; null where an option is not given
     * @throws WrongOutput if an output is an input, or another output, or cannot be there
     */
    static void check(List<String> inputs, Map<String, @Nullable Path> outputs) {
        Map<Path, String> taken = new HashMap<>();
        for (String input : inputs) {
            taken.put(real(Path.of(input)), "the input " + input);
        }
        outputs.forEach((option, file) -> {
            if (file != null) {
                checkPlace(option, file);
                String other = taken.put(real(file), option);
                if (other != null && (!Files.exists(file) || Files.isRegularFile(file))) {
                    throw new WrongOutput(option + " is " + file + ", which is " + other + " too; name another file.");
                }
            }
        });
    }

    private static void checkPlace(String option, Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (file.toString().isEmpty() || Files.isDirectory(file)) {
            throw new WrongOutput(option + " is \"" + file + "\"; it must name a file, not a directory.");
        }
        if (directory != null && !Files.isDirectory(directory)) {
            throw new WrongOutput(option + " is " + file + ", but the directory " + directory + " does not exist.");
        }
    }

    /** The same file under two names, as through a link, is one file. */
    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file.toAbsolutePath().normalize();
        }
    }

    private static String reason(Path file, IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "its directory does not exist";
        }
        if (failure instanceof AccessDeniedException) {
            return "access is denied";
        }
        return Files.isDirectory(file) ? "it is a directory" : String.valueOf(failure.getMessage());
    }

    /** An output that must not be what it is; one sentence. */
    static final class WrongOutput extends RuntimeException {

        private static final long serialVersionUID = 1;

        WrongOutput(String message) {
            super(message);
        }
    }
}
