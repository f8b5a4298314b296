package io.callweave.notification;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The notifications in the test resources. */
final class Samples {

    private Samples() {}

    static List<byte[]> real() {
        return files("real").stream()
                .flatMap(file -> lines(file).stream())
                .map(TestNotification::utf8)
                .toList();
    }

    static List<String> lines(String resource) {
        return lines(path(resource));
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> files(String directory) {
        try (Stream<Path> files = Files.list(path(directory))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path path(String resource) {
        return Path.of("src", "samples").resolve(resource);
    }
}
