package io.callweave.cli.common;

import io.callweave.files.LocalException;
import io.callweave.value.Printable;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where data goes: a file, or stdout. As bytes, because a PrintStream would swallow errors. */
public final class Output {

    private static final int BUFFER = 1 << 16;

    private Output() {}

    public static OutputStream stdoutOr(@Nullable Path file) {
        if (file != null) {
            return to(file);
        }
        OutputStream stdout = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER);
        return Boolean.getBoolean("callweave.stdout-terminal") ? new OnTerminal(stdout) : stdout;
    }

    /** Records of topics, as JSON, hold texts of others. Whole characters are written at a time. */
    private static final class OnTerminal extends FilterOutputStream {

        OnTerminal(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(Printable.inJson(new String(bytes, offset, length, StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8));
        }
    }

    /** To a file, or to stdout if it is {@code -}. */
    public static OutputStream to(Path file) {
        if (isStdout(file)) {
            return stdoutOr(null);
        }
        try {
            OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
            return isTerminal(file) ? new OnTerminal(out) : out;
        } catch (IOException e) {
            throw new LocalException("The file " + file + " cannot be written: " + reason(file, e) + ".", e);
        }
    }

    /** Also if it is named {@code /dev/stdout}; a pipe of this name has no path. */
    private static boolean isTerminal(Path file) {
        String real = real(file).toString();
        return real.startsWith("/dev/pts/")
                || real.startsWith("/dev/tty")
                || real.equals("/dev/console")
                || (real.equals("/dev/fd/1") && Boolean.getBoolean("callweave.stdout-terminal")); // on a Mac
    }

    /** Whether a user means stdout: {@code -}, as inputs mean stdin. A file of this name is {@code ./-}. */
    public static boolean isStdout(Path file) {
        return file.toString().equals("-");
    }

    /**
     * Looks at the start whether outputs can be written, before hours of work are lost, or an input.
     *
     * @param inputs as the user named them
     * @param outputs by their options; null where an option is not given
     * @throws WrongOutput if an output is an input, or another output, or cannot be there
     */
    public static void check(List<String> inputs, Map<String, @Nullable Path> outputs) {
        Map<Path, String> taken = new LinkedHashMap<>();
        for (String input : inputs) {
            taken.put(real(Path.of(input)), "the input " + input);
        }
        outputs.forEach((option, file) -> {
            if (file != null) {
                checkPlace(option, file);
                if (!Files.exists(file) || Files.isRegularFile(file)) {
                    taken.forEach((other, what) -> {
                        if (isSame(file, other)) {
                            throw new WrongOutput(
                                    option + " is " + file + ", which is " + what + " too; name another file.");
                        }
                    });
                }
                taken.put(real(file), option);
            }
        });
    }

    /** Also under two names, as through a hard link: writing to one would empty the other. */
    private static boolean isSame(Path file, Path real) {
        try {
            return real(file).equals(real)
                    || (Files.exists(file) && Files.exists(real) && Files.isSameFile(file, real));
        } catch (IOException e) {
            return false; // it cannot be looked at, so opening it will tell
        }
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

    /** Symbolic links are followed. */
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
    public static final class WrongOutput extends RuntimeException {

        private static final long serialVersionUID = 1;

        WrongOutput(String message) {
            super(message);
        }
    }
}
