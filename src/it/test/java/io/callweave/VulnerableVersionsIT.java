package io.callweave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the release archive holds, beside the list of versions with published faults. */
class VulnerableVersionsIT {

    private static final Pattern JAR = Pattern.compile("(.+?)-(\\d[^/]*)\\.jar");

    /** An artifact, the first version without a fault, and what the fault is. */
    private record Fault(String artifact, String mended, String reason) {}

    @Test
    void shouldReleaseNoVersionWithAPublishedFault() throws IOException {
        List<String> jars = jars();

        for (Fault fault : faults()) {
            List<String> versions = versions(fault.artifact(), jars);

            assertThat(versions).as(fault.artifact()).isNotEmpty();
            assertThat(versions)
                    .as("%s before %s: %s", fault.artifact(), fault.mended(), fault.reason())
                    .allMatch(version -> Version.parse(version).compareTo(Version.parse(fault.mended())) >= 0);
        }
    }

    private static List<Fault> faults() throws IOException {
        return Files.readAllLines(Path.of("src/it/test/resources/vulnerable-versions.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" \\| ", 3))
                .map(parts -> new Fault(parts[0], parts[1], parts[2]))
                .toList();
    }

    /** The archive is made of these folders. */
    private static List<String> jars() throws IOException {
        List<String> jars = new ArrayList<>();
        for (String folder : List.of("target/lib", "target/tools-lib")) {
            try (Stream<Path> files = Files.list(Path.of(folder))) {
                files.forEach(file -> jars.add(String.valueOf(file.getFileName())));
            }
        }
        return jars;
    }

    private static List<String> versions(String artifact, List<String> jars) {
        return jars.stream()
                .map(JAR::matcher)
                .filter(name -> name.matches() && name.group(1).equals(artifact))
                .map(name -> name.group(2))
                .toList();
    }
}
