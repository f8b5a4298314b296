package io.callweave.checks;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Why a file or a folder cannot be used, in words: Java's exceptions often name only the path. */
public final class FileFault {

    private FileFault() {}

    /**
     * The reason, as the end of a sentence.
     *
     * @param path what was to be used
     */
    public static String reason(Path path, IOException failure) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (failure instanceof AccessDeniedException || text.contains("permission denied")) {
            return "access is denied";
        }
        if (text.contains("read-only file system")) {
            return "its disk is read-only";
        }
        if (text.contains("no space left on device") || text.contains("disk quota exceeded")) {
            return "its disk is full";
        }
        if (failure instanceof FileAlreadyExistsException || text.contains("not a directory")) {
            return "a file is where a folder should be";
        }
        if (Files.isDirectory(path)) {
            return "it is a folder";
        }
        if (failure instanceof NoSuchFileException) {
            Path folder = path.toAbsolutePath().getParent();
            return folder == null || Files.exists(folder) ? "it does not exist" : "its folder does not exist";
        }
        return String.valueOf(failure.getMessage());
    }

    /** Why a folder cannot be made or written to. */
    public static String folder(Path path, IOException failure) {
        String reason = reason(path, failure);
        return failure instanceof NoSuchFileException ? "it cannot be made" : reason;
    }
}
