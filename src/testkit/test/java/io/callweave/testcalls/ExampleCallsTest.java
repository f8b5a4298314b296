package io.callweave.testcalls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The files of the documents' examples agree with the calls in the test language. */
class ExampleCallsTest {

    private static final Path FOLDER = Path.of("src", "samples", "examples");

    @TestFactory
    Stream<DynamicTest> shouldBeInTheFiles() {
        return ExampleCalls.lines().entrySet().stream()
                .map(file ->
                        DynamicTest.dynamicTest(file.getKey(), () -> shouldBeIn(path(file.getKey()), file.getValue())));
    }

    private static void shouldBeIn(Path file, List<String> lines) throws IOException {
        String text = String.join("\n", lines) + "\n";
        if (Boolean.getBoolean("callweave.write-docs")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } else {
            assertThat(file)
                    .as(file + " is stale; to write it anew: "
                            + "mvn test -Dtest='*Example*Test' -Dcallweave.write-docs=true")
                    .hasContent(text);
        }
    }

    @Test
    void shouldBeAllThatIsThere() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files)
                    .containsExactlyInAnyOrderElementsOf(ExampleCalls.lines().keySet().stream()
                            .map(ExampleCallsTest::path)
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path path(String name) {
        return FOLDER.resolve(name + ".ndjson");
    }
}
