package io.callweave.cli.console.load;

import static org.awaitility.Awaitility.await;

import io.callweave.cli.Callweave;
import io.callweave.cli.role.Installation;
import io.callweave.local.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The command {@code console} in a process of its own, with little memory. */
final class ConsoleProcess implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("the console is at (http://\\S+)");
    private static final Pattern USED = Pattern.compile("generation.* used (\\d+)K");
    private static final int HTTP_OK = 200;

    private final Process process;
    private final Path log;
    private final HttpClient client = HttpClient.newHttpClient();

    private ConsoleProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it with 256 MB, and with its log and its store in this folder. */
    static ConsoleProcess start(Path directory, String brokers, String prefix) throws IOException {
        List<String> command = ChildJvm.command(
                Callweave.class.getName(),
                "-Xmx256m",
                // It runs for long enough that the better compiler is worth it.
                "-XX:TieredStopAtLevel=4",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dlogback.configurationFile=logback.xml");
        command.addAll(List.of(
                "console",
                "--bootstrap-servers=" + brokers,
                "--topics-prefix=" + prefix,
                "--set=console.data-dir=" + directory.resolve("console"),
                "--console-port=0",
                "--http-port=0"));
        Path log = directory.resolve("console.log");
        return new ConsoleProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                log);
    }

    /** What it has said so far. */
    String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until its store is filled. */
    void awaitReady() {
        await().atMost(Installation.PATIENCE).until(this::isReady);
    }

    private boolean isReady() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException(Files.readString(log));
        }
        return find().isPresent() && get("/v1/live").isPresent();
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

    /** The body of the answer. */
    String post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address().resolve(path))
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString()).body();
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

    /** Bytes of its heap that are in use after a collection, as jcmd says. */
    long liveHeap() throws IOException, InterruptedException {
        jcmd("GC.run");
        return USED.matcher(jcmd("GC.heap_info"))
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)) << 10)
                .sum();
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        Process asked = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.pid()),
                        command)
                .redirectErrorStream(true)
                .start();
        String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        asked.waitFor();
        return answer;
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
