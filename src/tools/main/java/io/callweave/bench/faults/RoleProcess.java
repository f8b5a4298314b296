package io.callweave.bench.faults;

import io.callweave.local.JavaProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A role in a process of its own. As under a supervisor, it is started again when it ends without being asked to. */
final class RoleProcess implements AutoCloseable {

    /** The command line: a class of it would close a circle of packages. */
    static final String COMMANDS = "io.callweave.cli.Callweave";

    private static final int HTTP_OK = 200;
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    private final String name;
    private final Path log;
    private final String heap;
    private final int healthPort;
    private final List<String> arguments;
    private final Map<String, String> environment;
    private String classPath = JavaProcess.ownClassPath();
    private @Nullable Process process;
    private boolean wanted;
    private int ended;

    /**
     * Not started yet.
     *
     * @param log hears what it says, after what is there
     * @param arguments of the command line, but for the port of health and metrics
     * @param environment beside what each has
     */
    RoleProcess(String name, Path log, String heap, List<String> arguments, Map<String, String> environment)
            throws IOException {
        this.name = name;
        this.log = log;
        this.heap = heap;
        this.healthPort = Ports.free();
        this.arguments = List.copyOf(arguments);
        this.environment = Map.copyOf(environment);
    }

    String name() {
        return name;
    }

    /** Whether it is to run now. */
    synchronized boolean isWanted() {
        return wanted;
    }

    /** How often it has ended by itself. */
    synchronized int ended() {
        return ended;
    }

    /** From its next start on. */
    synchronized void upgrade(String newClassPath) {
        classPath = newClassPath;
    }

    /** Returns at once. */
    synchronized void start() throws IOException {
        List<String> command = JavaProcess.command(classPath, COMMANDS, heap);
        command.addAll(arguments);
        command.add("--http-port=" + healthPort);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(variable -> variable.startsWith("CALLWEAVE_"));
        builder.environment().putAll(Map.of("CALLWEAVE_LOG_FORMAT", "json", Receivers.SECRET_NAME, Receivers.SECRET));
        builder.environment().putAll(environment);
        process = builder.start();
        wanted = true;
    }

    /** Starts it again if it has ended by itself; returns whether it had. */
    synchronized boolean supervise() throws IOException {
        if (!wanted || process == null || process.isAlive()) {
            return false;
        }
        ended++;
        start();
        return true;
    }

    /** Without any warning. */
    synchronized void kill() throws InterruptedException {
        wanted = false;
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    /** In order. */
    synchronized void stop() throws InterruptedException {
        wanted = false;
        if (process != null) {
            process.destroy();
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    synchronized void pause() throws IOException, InterruptedException {
        if (process != null) {
            signal("STOP", process);
        }
    }

    synchronized void resume() throws IOException, InterruptedException {
        if (process != null) {
            signal("CONT", process);
        }
    }

    static void signal(String signal, Process process) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -s " + signal + " " + process.pid())
                .inheritIO()
                .start()
                .waitFor();
    }

    /** Whether it says that it works. */
    boolean isReady() throws InterruptedException {
        try {
            return HTTP.send(
                                    HttpRequest.newBuilder(
                                                    URI.create("http://127.0.0.1:" + healthPort + "/health/ready"))
                                            .timeout(TIMEOUT)
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode()
                    == HTTP_OK;
        } catch (IOException notThere) {
            return false;
        }
    }

    @Override
    public synchronized void close() {
        wanted = false;
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
