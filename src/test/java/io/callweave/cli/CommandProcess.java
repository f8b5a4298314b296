package io.callweave.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A run of the command {@code callweave} in a JVM of its own. */
record CommandProcess(int status, String out, String err) {

    /**
     * Runs it to its end, without settings from the environment.
     *
     * @param stdin what it reads, null for nothing
     */
    static CommandProcess run(byte @Nullable [] stdin, String... arguments) throws IOException, InterruptedException {
        Path in = Files.createTempFile("callweave", ".in");
        Path out = Files.createTempFile("callweave", ".out");
        Path err = Files.createTempFile("callweave", ".err");
        try {
            Files.write(in, stdin == null ? new byte[0] : stdin);
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Callweave.class.getName())
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.command().addAll(List.of(arguments));
            builder.environment().keySet().removeIf(name -> name.startsWith("CALLWEAVE_"));
            Process process = builder.start();
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException("callweave " + String.join(" ", arguments) + " does not end");
            }
            return new CommandProcess(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(in);
            Files.delete(out);
            Files.delete(err);
        }
    }

    /**
     * Starts it, for tests that send it signals: it heeds SIGINT also where these tests run in the background, where a shell
     * has it ignored.
     */
    static Process start(Path out, Path err, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        "env",
                        "--default-signal=INT",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Callweave.class.getName())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.command().addAll(List.of(arguments));
        builder.environment().keySet().removeIf(name -> name.startsWith("CALLWEAVE_"));
        return builder.start();
    }

    List<String> outLines() {
        return out.lines().toList();
    }

    String lastErrLine() {
        List<String> lines = err.lines().toList();
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }
}
