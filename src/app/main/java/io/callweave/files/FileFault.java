package io.callweave.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Why a file or a folder cannot be used, in words: Java's exceptions often name only the path. */
public final class FileFault {

    private FileFault() {}

    /**
     * Why a file cannot be read or written, as the end of a sentence.
     *
     * @param file what was to be used
     */
    public static String reason(Path file, IOException failure) {
        return common(failure).orElseGet(() -> Files.isDirectory(file) ? "it is a folder" : missing(file, failure));
    }

    /** Why a folder cannot be made or written to, as the end of a sentence. */
    public static String folder(IOException failure) {
        return common(failure)
                .orElseGet(() -> failure instanceof NoSuchFileException
                        ? "it cannot be made"
                        : String.valueOf(failure.getMessage()));
    }

    private static Optional<String> common(IOException failure) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (failure instanceof AccessDeniedException || text.contains("permission denied")) {
            return Optional.of("access is denied");
        }
        if (text.contains("read-only file system")) {
            return Optional.of("its disk is read-only");
        }
        if (text.contains("no space left on device") || text.contains("disk quota exceeded")) {
            return Optional.of("its disk is full");
        }
        return failure instanceof FileAlreadyExistsException || text.contains("not a directory")
                ? Optional.of("a file is where a folder should be")
                : Optional.empty();
    }

    private static String missing(Path file, IOException failure) {
        if (!(failure instanceof NoSuchFileException)) {
            return String.valueOf(failure.getMessage());
        }
        Path folder = file.toAbsolutePath().getParent();
        return folder == null || Files.exists(folder) ? "it does not exist" : "its folder does not exist";
    }
}
