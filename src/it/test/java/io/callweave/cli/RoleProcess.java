package io.callweave.cli;

import static org.awaitility.Awaitility.await;

import io.callweave.PlainHttp;
import io.callweave.cli.role.Installation;
import io.callweave.local.ChildJvm;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A role in a process of its own, with the product's own logging, as JSON. */
public final class RoleProcess implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("(http://[\\d.:]+)/health/ready");

    private static final int HTTP_OK = 200;

    private final Process process;
    private final Path log;

    private RoleProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts one.
     *
     * @param log hears what it says
     * @param environment what it has besides that of the test
     */
    public static RoleProcess start(String role, Path log, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = ChildJvm.command(Callweave.class.getName(), "-Dlogback.configurationFile=logback.xml");
        command.add(role);
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("CALLWEAVE_LOG_FORMAT", "json");
        builder.environment().putAll(environment);
        return new RoleProcess(builder.start(), log);
    }

    /** Waits until it says where it serves health and metrics. */
    public String address() {
        return await().atMost(Installation.PATIENCE)
                .until(this::findAddress, Optional::isPresent)
                .orElseThrow();
    }

    /**
     * Whether it says that it works.
     *
     * @throws IllegalStateException if it has ended, with what it said
     */
    public boolean isReady() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException("It has ended: " + said());
        }
        Optional<String> address = findAddress();
        return address.isPresent()
                && PlainHttp.get(address.get() + "/health/ready").statusCode() == HTTP_OK;
    }

    /** How many active tasks of a sub-topology it says that it has; none while it does not answer. */
    public int activeTasks(int subtopology) throws IOException, InterruptedException {
        Optional<String> address = findAddress();
        if (address.isEmpty()) {
            return 0;
        }
        String metrics = PlainHttp.get(address.get() + "/metrics").body();
        return (int) Pattern.compile(
                        "^callweave_tasks\\{role=\"active\",subtopology=\"" + subtopology + "\"} (\\S+)$",
                        Pattern.MULTILINE)
                .matcher(metrics)
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .sum();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Its exit status, if it has ended. */
    public OptionalInt exitStatus() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    public HttpResponse<String> health(String probe) throws IOException, InterruptedException {
        return PlainHttp.get(address() + "/health/" + probe);
    }

    /** Without any warning. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Sends SIGTERM and returns the exit status. */
    public int terminate() throws InterruptedException {
        process.destroy();
        return awaitEnd();
    }

    /** Returns its exit status. */
    public int awaitEnd() throws InterruptedException {
        if (!process.waitFor(4, TimeUnit.MINUTES)) {
            throw new IllegalStateException("It does not end.");
        }
        return process.exitValue();
    }

    public List<String> logLines() throws IOException {
        return Files.readAllLines(log);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** All that it has logged. */
    public String said() throws IOException {
        return Files.readString(log);
    }

    private Optional<String> findAddress() throws IOException {
        return ADDRESS.matcher(said())
                .results()
                .map((MatchResult found) -> found.group(1))
                .findFirst();
    }
}
