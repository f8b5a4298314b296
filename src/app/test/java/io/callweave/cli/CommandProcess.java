package io.callweave.cli;

import io.callweave.local.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A run of the command {@code callweave} in a JVM of its own. */
public record CommandProcess(int status, String out, String err) {

    /**
     * Runs it to its end, without settings from the environment.
     *
     * @param stdin what it reads, null for nothing
     */
    public static CommandProcess run(byte @Nullable [] stdin, String... arguments)
            throws IOException, InterruptedException {
        return run(Map.of(), stdin, arguments);
    }

    /** The same with these settings from the environment. */
    public static CommandProcess run(Map<String, String> environment, byte @Nullable [] stdin, String... arguments)
            throws IOException, InterruptedException {
        Path in = Files.createTempFile("callweave", ".in");
        Path out = Files.createTempFile("callweave", ".out");
        Path err = Files.createTempFile("callweave", ".err");
        try {
            Files.write(in, stdin == null ? new byte[0] : stdin);
            ProcessBuilder builder = new ProcessBuilder(ChildJvm.command(Callweave.class.getName()))
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.command().addAll(List.of(arguments));
            builder.environment().keySet().removeIf(name -> name.startsWith("CALLWEAVE_"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(4, TimeUnit.MINUTES)) {
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
    public static Process start(Path out, Path err, String... arguments) throws IOException {
        return start(List.of(), out, err, arguments);
    }

    /** The same with the log that users see, and another place for temporary files. */
    public static Process startAsUsers(Path temporary, Path out, Path err, String... arguments) throws IOException {
        String log = Path.of("src", "app", "main", "resources", "logback.xml")
                .toUri()
                .toString();
        return start(
                List.of("-Djava.io.tmpdir=" + temporary, "-Dlogback.configurationFile=" + log), out, err, arguments);
    }

    private static Process start(List<String> javaOptions, Path out, Path err, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("env", "--default-signal=INT")
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.command().addAll(ChildJvm.command(Callweave.class.getName(), javaOptions.toArray(String[]::new)));
        builder.command().addAll(List.of(arguments));
        builder.environment().keySet().removeIf(name -> name.startsWith("CALLWEAVE_"));
        return builder.start();
    }

    public List<String> outLines() {
        return out.lines().toList();
    }

    public String lastErrLine() {
        List<String> lines = err.lines().toList();
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }
}
