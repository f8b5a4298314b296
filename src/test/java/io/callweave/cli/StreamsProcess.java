package io.callweave.cli;

import static org.awaitility.Awaitility.await;

import io.callweave.local.Signals;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The command {@code streams} in a process of its own, with the product's own logging, as JSON. */
final class StreamsProcess implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("(http://[\\d.:]+)/health/ready");

    private static final int HTTP_OK = 200;

    private final Process process;
    private final Path log;

    private StreamsProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static StreamsProcess start(Path log, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                Callweave.class.getName(),
                "streams"));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().put("CALLWEAVE_LOG_FORMAT", "json");
        return new StreamsProcess(builder.start(), log);
    }

    /** Waits until it says where it serves health and metrics. */
    String address() {
        return await().atMost(Duration.ofSeconds(40))
                .until(this::findAddress, Optional::isPresent)
                .orElseThrow();
    }

    boolean isReady() throws IOException, InterruptedException {
        Optional<String> address = findAddress();
        return address.isPresent()
                && HttpClient.newHttpClient()
                                .send(
                                        HttpRequest.newBuilder(URI.create(address.get() + "/health/ready"))
                                                .build(),
                                        HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == HTTP_OK;
    }

    /** As a machine that hangs, or a very long collection of garbage. */
    void pause() throws IOException, InterruptedException {
        Signals.send("STOP", process);
    }

    void resume() throws IOException, InterruptedException {
        Signals.send("CONT", process);
    }

    /** Sends SIGTERM and returns the exit status. */
    int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("It does not end.");
        }
        return process.exitValue();
    }

    List<String> logLines() throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> !line.startsWith("callweave: "))
                .toList();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private Optional<String> findAddress() throws IOException {
        return ADDRESS.matcher(Files.readString(log))
                .results()
                .map((MatchResult found) -> found.group(1))
                .findFirst();
    }
}
