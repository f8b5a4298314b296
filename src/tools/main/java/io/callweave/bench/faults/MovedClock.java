package io.callweave.bench.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The time of day of some processes, as <a href="https://github.com/wolfcw/libfaketime">libfaketime</a> makes it. */
final class MovedClock {

    private static final List<Path> LIBRARIES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib64/faketime/libfaketimeMT.so.1"));

    private final Path library;
    private final Path file;

    private MovedClock(Path library, Path file) {
        this.library = library;
        this.file = file;
    }

    /**
     * One that is right.
     *
     * @param file where its difference is written
     * @return null where the library is not installed
     */
    static @Nullable MovedClock of(Path file) {
        Optional<Path> library = LIBRARIES.stream().filter(Files::exists).findFirst();
        if (library.isEmpty()) {
            return null;
        }
        MovedClock clock = new MovedClock(library.get(), file);
        clock.move(Duration.ZERO);
        return clock;
    }

    /** For a process that is to have it. Timeouts go on as they are. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "FAKETIME_TIMESTAMP_FILE", file.toString(),
                "FAKETIME_CACHE_DURATION", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                // Else waits of a Java machine end at once.
                "FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }

    /** Within a second. */
    void move(Duration difference) {
        try {
            // A process that reads it meanwhile finds the old text or the new one.
            Path next = Files.writeString(
                    file.resolveSibling(file.getFileName() + ".next"), "%+d".formatted(difference.toSeconds()));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
