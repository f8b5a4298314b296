package io.callweave.bench.competitors;

import io.callweave.bench.figures.CpuTimes;
import io.callweave.bench.figures.ThreadKind;
import io.callweave.files.LocalException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/** Starts the process of a subject and tells it what to do: {@link CompetitorProcess}. */
final class CompetitorClient implements AutoCloseable {

    /** The same for all. Compiler threads that end would take their CPU time with them. */
    private static final List<String> JVM =
            List.of("-XX:+UseParallelGC", "-Xmx2g", "-XX:-UseDynamicNumberOfCompilerThreads");

    /** Set by {@code competitors.sh}. */
    private static final String FLINK_LIBRARIES = "callweave.competitors.flink-libraries";

    private static final int ANSWER_WORDS = 4;
    private static final long STOP_SECONDS = 30;

    private final CompetitorSite site;
    private final Path log;
    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader answers;

    CompetitorClient(CompetitorSite site, Path log) {
        this.site = site;
        this.log = log;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(List.of("-cp", classPath(site.competitor().kind()), CompetitorProcess.class.getName()));
        command.addAll(site.arguments());
        try {
            process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        } catch (IOException e) {
            throw new LocalException("A process cannot be started: " + e.getMessage() + ".", e);
        }
        // A subject that waits for a broker that is gone would not see the end of its stdin.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "kill-subject"));
        commands = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** The class path of a subject, out of that of this process. */
    static String classPath(Competitor.Kind kind) {
        return classPath(
                System.getProperty("java.class.path"),
                kind,
                System.getProperty(FLINK_LIBRARIES, "target/competitors/flink"));
    }

    /**
     * The class path of a subject. Flink has a RocksDB of its own with the same names of classes, and its connector calls
     * internals of older Kafka clients.
     *
     * @param all that of this process
     * @param flink a directory with the libraries that only Flink uses
     */
    static String classPath(String all, Competitor.Kind kind, String flink) {
        if (kind != Competitor.Kind.FLINK) {
            return without(all, "frocksdbjni-");
        }
        return Path.of(flink, "*") + File.pathSeparator + without(without(all, "rocksdbjni-"), "kafka-clients-");
    }

    private static String without(String classPath, String library) {
        return Arrays.stream(classPath.split(File.pathSeparator, -1))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith(library))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** When this returns, the subject waits for its input. */
    CpuTimes.Reading start(long notifications, long end) {
        return ask("start " + notifications + " " + end);
    }

    /** Returns when all work is done and committed. */
    CpuTimes.Reading await(Map<TopicPartition, Long> ends) {
        String topic = site.input();
        return ask("await "
                + IntStream.range(0, site.partitions())
                        .mapToObj(
                                partition -> Long.toString(ends.getOrDefault(new TopicPartition(topic, partition), 0L)))
                        .collect(Collectors.joining(" ")));
    }

    void stop() {
        ask("stop");
    }

    /** The answer to each command is the CPU time of the process so far. */
    private CpuTimes.Reading ask(String command) {
        try {
            commands.write(command + "\n");
            commands.flush();
            return reading(answers.readLine());
        } catch (IOException e) {
            throw new LocalException(site.competitor().label() + " has ended; see " + log + ".", e);
        }
    }

    private CpuTimes.Reading reading(String answer) {
        String[] words = String.valueOf(answer).split(" ", -1);
        if (!words[0].equals("ok") || words.length != ANSWER_WORDS) {
            throw new LocalException(site.competitor().label() + " failed: "
                    + (answer == null ? "its process has ended" : answer.replaceFirst("^failed ", "")) + ".");
        }
        return new CpuTimes.Reading(
                Double.parseDouble(words[1]),
                Map.of(ThreadKind.JIT, Double.parseDouble(words[2]), ThreadKind.GC, Double.parseDouble(words[3])));
    }

    @Override
    public void close() {
        try {
            commands.close();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
