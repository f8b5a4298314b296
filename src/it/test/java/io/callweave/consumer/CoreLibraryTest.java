package io.callweave.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.call.record.Assembly;
import io.callweave.local.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The core as a library: its example compiles and runs with nothing of ours but the core. */
class CoreLibraryTest {

    private static final Path EXAMPLE = Path.of("src", "examples", "core", "CallsOfFile.java");
    private static final Path README = Path.of("src", "core", "README.md");
    private static final String NOTIFICATIONS = "src/samples/real/csn-pstn-to-rc-ivr.ndjson";

    @TempDir
    private Path classes;

    @Test
    void shouldMakeCallsWithTheCoreAlone() throws Exception {
        String classPath = core() + ":" + libraries();

        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-Xlint:all,-path",
                        "-Werror",
                        "--release",
                        "17",
                        "-proc:none",
                        "-d",
                        classes.toString(),
                        "-cp",
                        classPath,
                        EXAMPLE.toString());

        assertThat(status).isZero();
        JsonNode call = new ObjectMapper().readTree(output(classPath, NOTIFICATIONS));
        assertThat(call.path("durationMs").asLong()).isEqualTo(30_872);
        Path steering = Files.writeString(
                classes.resolve("steering.ndjson"),
                Files.readString(Path.of(NOTIFICATIONS))
                        .replaceAll("\"telephonySessionId\": \"", "$0\\\\u001b\\\\u007f\\\\u009b\\\\u202e"));
        String printed = output(classPath, steering.toString()).strip();
        assertThat(printed).as("nothing that a terminal obeys").doesNotContainPattern("\\p{C}");
        assertThat(new ObjectMapper().readTree(printed).path("callId").asText())
                .startsWith("\u001b\u007f\u009b\u202es-");
        assertThat(new ObjectMapper()
                        .readTree(output(classPath, "--schema"))
                        .at("/properties/durationMs/type")
                        .asText())
                .isEqualTo("integer");
    }

    @Test
    void shouldImportOnlyPackagesOfTheApi() throws IOException {
        List<String> api = packages(Files.readString(README), "`(io\\.callweave\\.[a-z.]+)`");

        List<String> imported =
                packages(Files.readString(EXAMPLE), "(?m)^import (io\\.callweave\\.[a-z.]+)\\.[A-Z]\\w*;");

        assertThat(imported).isNotEmpty();
        assertThat(api).containsAll(imported);
    }

    private String output(String classPath, String argument) throws IOException, InterruptedException {
        List<String> command = ChildJvm.commandWith(classes + ":" + classPath, "CallsOfFile");
        Process process = new ProcessBuilder(
                        Stream.concat(command.stream(), Stream.of(argument)).toList())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor())
                .as(new String(process.getErrorStream().readAllBytes(), UTF_8))
                .isZero();
        return output;
    }

    private static String core() throws Exception {
        return Path.of(Assembly.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
    }

    /** What of the class path the core depends on. */
    private static String libraries() {
        return Pattern.compile(":")
                .splitAsStream(System.getProperty("java.class.path"))
                .filter(entry -> entry.matches(
                        ".*/(jackson-(core|databind|annotations)|fastcsv|libphonenumber|jspecify)-[^/]*\\.jar"))
                .collect(Collectors.joining(":"));
    }

    private static List<String> packages(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(one -> one.group(1))
                .toList();
    }
}
