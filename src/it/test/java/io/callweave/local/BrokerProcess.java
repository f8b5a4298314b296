package io.callweave.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An embedded broker in a JVM of its own, to see what only another process can show. */
public final class BrokerProcess implements AutoCloseable {

    private static final String STARTED = "started";

    private final Process process;
    private final String bootstrapServers;

    private BrokerProcess(Process process, String bootstrapServers) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
    }

    /** Returns once the broker runs. */
    public static BrokerProcess start(Path directory) throws IOException {
        // The product's log, not the tests'.
        List<String> command =
                ChildJvm.command(BrokerProcess.class.getName(), "-Dlogback.configurationFile=logback.xml");
        command.add(directory.toString());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CALLWEAVE_LOG_LEVEL", "WARN");
        Process process = builder.start();
        BufferedReader errors = process.errorReader();
        String line = errors.readLine();
        while (!STARTED.equals(line)) {
            if (line == null) {
                throw new IllegalStateException("the broker's process ended before the broker ran");
            }
            line = errors.readLine();
        }
        return new BrokerProcess(process, errors.readLine());
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** As a machine that hangs: connections stay, and nothing is answered. */
    public void pause() throws IOException, InterruptedException {
        Signals.send("STOP", process);
    }

    public void resume() throws IOException, InterruptedException {
        Signals.send("CONT", process);
    }

    /** Stops the broker as it should be; returns what the process wrote to stdout. */
    String stop() throws IOException, InterruptedException {
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(4, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the broker's process does not end");
        }
        return output;
    }

    void crash() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] args) throws IOException {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(Path.of(args[0])))) {
            System.err.println(STARTED);
            System.err.println(kafka.bootstrapServers());
            System.in.readAllBytes(); // until the other side closes it
        }
    }
}
