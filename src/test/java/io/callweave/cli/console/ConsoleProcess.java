package io.callweave.cli.console;

import static org.awaitility.Awaitility.await;

import io.callweave.cli.Callweave;
import io.callweave.cli.role.Installation;
import io.callweave.local.ChildJvm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The command {@code console} in a process of its own, with little memory. */
final class ConsoleProcess implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("the console is at (http://\\S+)");
    private static final int HTTP_OK = 200;

    private final Process process;
    private final Path log;
    private final HttpClient client = HttpClient.newHttpClient();

    private ConsoleProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static ConsoleProcess start(Path log, String heap, String... arguments) throws IOException {
        List<String> command = ChildJvm.command(
                Callweave.class.getName(),
                "-Xmx" + heap,
                // It runs for long enough that the better compiler is worth it.
                "-XX:TieredStopAtLevel=4",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dlogback.configurationFile=logback.xml");
        command.add("console");
        command.addAll(Arrays.asList(arguments));
        return new ConsoleProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                log);
    }

    /** Waits until its store is filled. */
    void awaitReady() {
        await().atMost(Installation.PATIENCE).until(this::isReady);
    }

    private boolean isReady() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException(Files.readString(log));
        }
        return find().isPresent() && get("/health/ready").isPresent();
    }

    private Optional<URI> find() throws IOException {
        return ADDRESS.matcher(Files.readString(log))
                .results()
                .map(found -> URI.create(found.group(1)))
                .findFirst();
    }

    URI address() throws IOException {
        return find().orElseThrow();
    }

    /** The body, if it answers with 200. */
    Optional<String> get(String path) throws IOException, InterruptedException {
        var answer = client.send(HttpRequest.newBuilder(address().resolve(path)).build(), BodyHandlers.ofString());
        return answer.statusCode() == HTTP_OK ? Optional.of(answer.body()) : Optional.empty();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** What Linux says of it, such as VmRSS and Threads; empty elsewhere. */
    Map<String, String> status() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        return Files.exists(status)
                ? Files.readAllLines(status).stream()
                        .map(line -> line.split(":", 2))
                        .filter(line -> line.length == 2)
                        .collect(Collectors.toMap(line -> line[0], line -> line[1].strip()))
                : Map.of();
    }

    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
