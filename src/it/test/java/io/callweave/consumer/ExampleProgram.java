package io.callweave.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.callweave.OtherPrograms;
import io.callweave.local.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.tools.ToolProvider;

/** A program of {@code src/examples} that runs as users start it, and the lines that it prints. */
final class ExampleProgram implements AutoCloseable {

    private static final String TEST = "The test of an example for consumers";
    private static final Path SOURCES = Path.of("src", "examples");
    private static final Path FOLDER = Path.of("target", "examples");

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Process process;

    private ExampleProgram(Path folder, List<String> command, Map<String, String> environment) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread reader = new Thread(this::read, "example");
        reader.setDaemon(true);
        reader.start();
    }

    /** Compiles all of {@code src/examples/java}, without a warning, and starts a class. */
    static ExampleProgram java(String main, Map<String, String> environment, String... arguments) throws IOException {
        Path classes = Files.createDirectories(FOLDER.resolve("java"));
        String classPath = System.getProperty("java.class.path");
        List<String> compile = new ArrayList<>(
                List.of("-Xlint:all,-path", "-Werror", "--release", "17", "-proc:none", "-d", classes.toString()));
        compile.addAll(List.of("-cp", classPath));
        try (DirectoryStream<Path> sources = Files.newDirectoryStream(SOURCES.resolve("java"), "*.java")) {
            sources.forEach(source -> compile.add(source.toString()));
        }
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, compile.toArray(String[]::new)) != 0) {
            throw new IllegalStateException("src/examples/java does not compile; the reason is in the output.");
        }
        List<String> command = ChildJvm.commandWith(classes + ":" + classPath, main);
        command.addAll(List.of(arguments));
        return new ExampleProgram(Path.of("."), command, environment);
    }

    /** Installs the packages of {@code src/examples/node} and starts a program; skips the test without Node or npm. */
    static ExampleProgram node(String program, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Path folder = FOLDER.resolve("node");
        OtherPrograms.installNode(TEST, SOURCES.resolve("node"), folder, program);
        List<String> command = new ArrayList<>(List.of("node", program));
        command.addAll(List.of(arguments));
        return new ExampleProgram(folder, command, environment);
    }

    /** Starts a program of {@code src/examples/python}; skips the test without a Python that has Confluent's client. */
    static ExampleProgram python(String program, String... arguments) throws InterruptedException {
        // Debian's client belongs to Debian's Python, which need not be the first of the PATH.
        for (String python : List.of("python3", "/usr/bin/python3")) {
            if (OtherPrograms.succeeds(List.of(python, "-c", "import confluent_kafka"))) {
                List<String> command = new ArrayList<>(List.of(
                        python, SOURCES.resolve("python").resolve(program).toString()));
                command.addAll(List.of(arguments));
                return new ExampleProgram(Path.of("."), command, Map.of());
            }
        }
        OtherPrograms.missing(TEST, "there is no Python with confluent_kafka (Debian: python3-confluent-kafka).");
        throw new AssertionError();
    }

    private void read() {
        try (BufferedReader output = process.inputReader(UTF_8)) {
            output.lines().forEach(line -> {
                System.out.println(line);
                lines.add(line);
            });
        } catch (IOException | UncheckedIOException e) {
            // The test is over.
        }
    }

    /** What it has printed by now. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    boolean isRunning() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
