package io.callweave.bench.correctness;

import io.callweave.files.LocalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs a subject in processes of its own, and kills it with SIGKILL on its way. */
final class SubjectRun {

    private static final long LOOK_EVERY_MILLIS = 20;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(30);
    private static final double MILLIS = 1e3;
    private static final String CPU = "cpu ";
    private static final int CPU_WORDS = 3;

    private final List<String> command;
    private final Contender.Trial trial;
    private final InputProgress progress;
    private final Path log;

    /**
     * The cost of a run.
     *
     * @param cpuSeconds of its processes, and of its database, without the broker
     * @param jitSeconds of them, of the just-in-time compiler, where the process was not killed
     */
    record Cost(double cpuSeconds, double jitSeconds) {}

    SubjectRun(Contender.Trial trial, InputProgress progress, Path log) {
        command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g"));
        command.addAll(trial.javaArguments());
        this.trial = trial;
        this.progress = progress;
        this.log = log;
    }

    /**
     * Runs it to the end of the input.
     *
     * @param kills how often it is killed, at even shares of the input, and each time in its work
     * @throws LocalException if it fails, or if it is done before it can be killed so often
     */
    Cost run(int kills) throws InterruptedException {
        double killed = -trial.moreCpuSeconds();
        for (int kill = 1; kill <= kills; kill++) {
            killed += once((double) kill / (kills + 1)).cpuSeconds();
        }
        Cost last = once(null);
        return new Cost(killed + last.cpuSeconds() + trial.moreCpuSeconds(), last.jitSeconds());
    }

    private Cost once(@Nullable Double killAt) throws InterruptedException {
        double before = progress.share();
        Process process = start();
        try {
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            while (!process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                if (killAt != null && progress.share() >= killAt && progress.share() > before) {
                    double used = process.info()
                                    .totalCpuDuration()
                                    .orElse(Duration.ZERO)
                                    .toMillis()
                            / MILLIS;
                    process.destroyForcibly().waitFor();
                    return new Cost(used, 0);
                }
                if (System.nanoTime() > deadline) {
                    throw new LocalException("A subject does not come to the end of its input; see " + log + ".");
                }
            }
            Cost cost = result(process.exitValue());
            if (killAt != null) {
                throw new LocalException("A subject was done before it was killed; take more --calls.");
            }
            return cost;
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start() {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new LocalException("A process cannot be started: " + e.getMessage() + ".", e);
        }
    }

    private Cost result(int status) {
        String cost = "";
        String last = "";
        for (String line : lines()) {
            // Other threads can log until the process has ended.
            cost = line.startsWith(CPU) ? line : cost;
            last = line;
        }
        String[] words = cost.split(" ", -1);
        if (status != 0 || words.length != CPU_WORDS) {
            throw new LocalException("A subject ended with status " + status + ": " + last);
        }
        return new Cost(Double.parseDouble(words[1]), Double.parseDouble(words[2]));
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new LocalException("The file " + log + " cannot be read.", e);
        }
    }
}
