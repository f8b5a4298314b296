package io.callweave.cli;

import io.callweave.directory.DirectoryCsv;
import io.callweave.directory.DirectoryException;
import io.callweave.local.FileNotifications;
import io.callweave.local.LocalException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file of extensions, as the user names it. */
final class DirectoryFile {

    private static final int SHOWN_FAULTS = 20;

    private DirectoryFile() {}

    /**
     * Reads it.
     *
     * @param file {@code -} is the standard input
     * @param account of the lines that name none; null if all have to
     * @throws LocalException if it cannot be read; one sentence
     */
    static DirectoryCsv read(String file, char separator, @Nullable String account) {
        FileNotifications.check(List.of(file));
        try (Reader reader = open(file)) {
            return DirectoryCsv.read(reader, separator, account);
        } catch (DirectoryException e) {
            throw new LocalException("The file " + file + " cannot be taken: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new LocalException("The file " + file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /** Text that is not UTF-8 is refused: names would come out wrong. */
    private static Reader open(String file) throws IOException {
        InputStream in = file.equals(FileNotifications.STDIN) ? System.in : Files.newInputStream(Path.of(file));
        return new BufferedReader(new InputStreamReader(
                in,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
    }

    /** Says what is wrong with lines, and which columns are not used. */
    static void report(DirectoryCsv csv, PrintWriter messages) {
        csv.faults().stream().limit(SHOWN_FAULTS).forEach(messages::println);
        if (csv.faults().size() > SHOWN_FAULTS) {
            messages.println("And " + (csv.faults().size() - SHOWN_FAULTS) + " more.");
        }
        if (!csv.unused().isEmpty()) {
            messages.println("callweave: columns that are not used: " + String.join(", ", csv.unused()) + ".");
        }
    }

    /** @throws LocalException if there are wrong lines */
    static void refuseFaults(String file, DirectoryCsv csv) {
        if (!csv.faults().isEmpty()) {
            throw new LocalException("Nothing of " + file + " was taken: "
                    + (csv.faults().size() == 1 ? "1 line is" : csv.faults().size() + " lines are") + " wrong.");
        }
    }
}
