package io.callweave.cli.common;

import io.callweave.directory.DirectoryCsv;
import io.callweave.directory.DirectoryException;
import io.callweave.directory.DirectoryText;
import io.callweave.files.FileNotifications;
import io.callweave.files.LocalException;
import io.callweave.value.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file of extensions, as the user names it. */
public final class DirectoryFile {

    private static final int SHOWN_FAULTS = 20;
    private static final int MOST_BYTES = 64 << 20;

    private DirectoryFile() {}

    /**
     * Reads it.
     *
     * @param file {@code -} is the standard input
     * @param separator null to find it out
     * @param account of the lines that name none; null if all have to
     * @throws LocalException if it cannot be read; one sentence
     */
    public static DirectoryCsv read(String file, @Nullable Character separator, @Nullable String account) {
        FileNotifications.check(List.of(file));
        try {
            return DirectoryCsv.read(DirectoryText.of(bytes(file)), separator, account);
        } catch (DirectoryException e) {
            throw new LocalException("The file " + file + " cannot be taken: " + e.getMessage() + ".", e);
        } catch (IOException e) {
            throw new LocalException("The file " + file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static byte[] bytes(String file) throws IOException {
        boolean stdin = file.equals(FileNotifications.STDIN);
        try (InputStream in = stdin ? System.in : Files.newInputStream(Path.of(file))) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new DirectoryException("it has more than " + (MOST_BYTES >> 20) + " MiB");
            }
            return bytes;
        }
    }

    /** Says what is wrong with lines, and which columns are not used. */
    public static void report(DirectoryCsv csv, PrintWriter messages) {
        csv.faults().stream().limit(SHOWN_FAULTS).forEach(messages::println);
        if (csv.faults().size() > SHOWN_FAULTS) {
            messages.println("And " + (csv.faults().size() - SHOWN_FAULTS) + " more.");
        }
        if (!csv.unused().isEmpty()) {
            messages.println(
                    "callweave: columns that are not used: " + Printable.of(String.join(", ", csv.unused())) + ".");
        }
    }

    /**
     * Goes on only with a file without wrong lines.
     *
     * @throws LocalException if there are wrong lines
     */
    public static void refuseFaults(String file, DirectoryCsv csv) {
        if (!csv.faults().isEmpty()) {
            throw new LocalException("Nothing of " + file + " was taken: "
                    + (csv.faults().size() == 1 ? "1 line is" : csv.faults().size() + " lines are") + " wrong.");
        }
    }
}
