package io.callweave.bench.competitors.postgresql;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the programs of PostgreSQL are. */
public final class PostgresBinaries {

    static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private PostgresBinaries() {}

    /** Their directory; empty if they are neither on PATH nor in Debian's directory. */
    public static Optional<Path> find() {
        return Stream.concat(
                        Arrays.stream(String.valueOf(System.getenv("PATH")).split(File.pathSeparator, -1))
                                .map(Path::of),
                        debian().stream())
                .filter(candidate -> Files.isExecutable(candidate.resolve("initdb"))
                        && Files.isExecutable(candidate.resolve("pg_ctl")))
                .findFirst();
    }

    private static List<Path> debian() {
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.sorted(Comparator.reverseOrder())
                    .map(version -> version.resolve("bin"))
                    .toList();
        } catch (IOException e) {
            return List.of(); // there is no such directory
        }
    }
}
