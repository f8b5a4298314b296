package io.callweave;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tests that cannot run on this machine. The build prints the reasons, each once; what tests print goes to files. */
public final class SkippedTests {

    private static final Path FOLDER = Path.of("target", "skipped-tests");

    private SkippedTests() {}

    public static void tell(String sentence) {
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(FOLDER.resolve(Integer.toHexString(sentence.hashCode())), sentence + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
