package io.callweave.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The notifications of NDJSON files, one a line, in the order of the files, as the bytes they are. Lines of nothing but
 * spaces, tabs and carriage returns are left out, but counted. One line is in memory at a time, and never more of it than
 * shows that it is too long.
 */
public final class FileNotifications implements Iterator<NotificationLine>, AutoCloseable {

    /** Stands for the standard input. */
    public static final String STDIN = "-";

    /** More than a notification or record ever has. */
    private static final int MOST_BYTES = 64 << 20;

    /** Dead letters have whole lines, but for hostile ones. */
    private static final int MOST_LETTER_BYTES = 8 << 20;

    private final Iterator<String> files;
    private final InputStream stdin;
    private final int mostBytes;
    private @Nullable LineReader reader;
    private String file = "";
    private long number;
    private @Nullable NotificationLine next;

    /**
     * Opens nothing yet, but checks all files now, so that no work is done for nothing.
     *
     * @param files as the user named them
     * @param stdin what {@code -} reads
     * @throws WrongInput if a file is missing, cannot be read or is a directory; the message names it
     */
    public FileNotifications(List<String> files, InputStream stdin) {
        this(files, stdin, MOST_BYTES);
    }

    /** The same; of a line with more bytes than this, so many and one more are kept. */
    public FileNotifications(List<String> files, InputStream stdin, int mostBytes) {
        this.mostBytes = mostBytes;
        check(files);
        this.files = List.copyOf(files).iterator();
        this.stdin = stdin;
    }

    /** The same with lines of notifications that become dead letters if they are too long. */
    public static FileNotifications toBeKept(List<String> files, InputStream stdin, int mostBytes) {
        return new FileNotifications(files, stdin, Math.max(mostBytes, MOST_LETTER_BYTES));
    }

    /**
     * Looks whether files can be read.
     *
     * @throws WrongInput if a file is missing, cannot be read or is a directory; the message names it
     */
    public static void check(List<String> files) {
        files.forEach(FileNotifications::check);
    }

    /**
     * Whether there is another line; reads it.
     *
     * @throws WrongInput if reading fails; the message names the file
     */
    @Override
    public boolean hasNext() {
        try {
            while (next == null) {
                if (reader == null && !openNextFile()) {
                    return false;
                }
                readLine();
            }
            return true;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /**
     * The next line that is not blank.
     *
     * @throws WrongInput if reading fails; the message names the file
     */
    @Override
    public NotificationLine next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        NotificationLine line = next;
        next = null;
        return line;
    }

    @Override
    public void close() {
        try {
            closeFile();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private boolean openNextFile() throws IOException {
        if (!files.hasNext()) {
            return false;
        }
        file = files.next();
        number = 0;
        reader = new LineReader(file.equals(STDIN) ? stdin : Files.newInputStream(Path.of(file)), mostBytes);
        return true;
    }

    private void readLine() throws IOException {
        byte[] line = reader == null ? null : reader.next();
        if (line == null) {
            closeFile();
            return;
        }
        number++;
        if (!isBlank(line)) {
            next = new NotificationLine(line, file, number);
        }
    }

    private void closeFile() throws IOException {
        if (reader != null && !file.equals(STDIN)) {
            reader.close();
        }
        reader = null;
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    private static void check(String file) {
        if (file.equals(STDIN)) {
            return;
        }
        Path path;
        try {
            path = Path.of(file);
        } catch (InvalidPathException e) {
            throw new WrongInput("The file " + file + " has a name that is not possible: " + e.getReason() + ".", e);
        }
        if (file.isEmpty() || !Files.exists(path)) {
            throw new WrongInput("The file " + (file.isEmpty() ? "with an empty name" : file) + " does not exist.");
        }
        if (Files.isDirectory(path)) {
            throw new WrongInput("The file " + file + " is a directory; name the files in it.");
        }
        if (!Files.isReadable(path)) {
            throw new WrongInput("The file " + file + " cannot be read: access is denied.");
        }
    }

    private static WrongInput unreadable(String file, IOException cause) {
        String reason = cause instanceof AccessDeniedException ? "access is denied" : cause.getMessage();
        return new WrongInput("The file " + file + " cannot be read: " + reason + ".", cause);
    }
}
