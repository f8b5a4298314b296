package io.callweave.verify;

import io.callweave.files.LocalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** A file with the keys of calls, such as {@code 809646016/s-7a6a2f9f}, one on each line: {@code verify} writes it. */
public final class CallKeys {

    private CallKeys() {}

    /**
     * Reads one.
     *
     * @throws LocalException if it is not there, or a line is no key
     */
    public static Set<String> read(Path file) {
        Set<String> keys = new HashSet<>();
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            lines.map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
                int slash = line.indexOf('/');
                if (slash <= 0 || slash == line.length() - 1) {
                    throw new LocalException(
                            "The file " + file + " has the line \"" + line + "\", which is no accountId/callId.");
                }
                keys.add(line);
            });
        } catch (IOException | UncheckedIOException e) {
            throw new LocalException("The file " + file + " cannot be read: " + e.getMessage() + ".", e);
        }
        return keys;
    }
}
