package io.callweave.cli.deliver;

import io.callweave.cli.Callweave;
import io.callweave.local.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The command {@code deliver} in a process of its own. */
final class DeliverProcess implements AutoCloseable {

    private final Process process;

    private DeliverProcess(Process process) {
        this.process = process;
    }

    /** @param log hears what it says, after what is there */
    static DeliverProcess start(Path log, String secret, String... arguments) throws IOException {
        List<String> command = ChildJvm.command(Callweave.class.getName(), "-Dlogback.configurationFile=logback.xml");
        command.add("deliver");
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("WEBHOOK_SECRET_TEST", secret);
        return new DeliverProcess(builder.start());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        kill();
    }

    /** Without any warning: kill -9. */
    void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
