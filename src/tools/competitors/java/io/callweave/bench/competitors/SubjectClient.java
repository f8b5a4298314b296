package io.callweave.bench.competitors;

import io.callweave.bench.competitors.postgresql.PostgresCluster;
import io.callweave.bench.figures.CpuTimes;
import io.callweave.bench.figures.ThreadKind;
import io.callweave.bench.throughput.Application;
import io.callweave.bench.throughput.Site;
import io.callweave.bench.throughput.Subject;
import io.callweave.files.LocalException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Starts the process of a subject and tells it what to do: {@link SubjectProcess}. */
public final class SubjectClient implements Application {

    /** The same for all. Compiler threads that end would take their CPU time with them. */
    private static final List<String> JVM =
            List.of("-XX:+UseParallelGC", "-Xmx2g", "-XX:-UseDynamicNumberOfCompilerThreads");

    /** Set by {@code competitors.sh}: Flink has a RocksDB and Kafka clients of its own, with the same names of classes. */
    private static final String FLINK = "callweave.competitors.flink-class-path";

    private static final String DATABASE = "callweave.competitors.database";
    private static final long STOP_SECONDS = 30;
    private static final long LOOK_EVERY_MILLIS = 20;
    private static final double MILLIS = 1e3;

    private final Site site;
    private final @Nullable PostgresCluster database;
    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader answers;

    /**
     * Starts the process.
     *
     * @param database its own; null if it has none
     * @param log for what the process says
     */
    public SubjectClient(Subject subject, Site site, @Nullable PostgresCluster database, Path log) {
        this.site = site;
        this.database = database;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        boolean isFlink = subject == Competitor.FLINK_HEAP || subject == Competitor.FLINK_ROCKSDB;
        command.add("-D" + DATABASE + "=" + (database == null ? "" : database.jdbcUrl()));
        command.addAll(List.of(
                "-cp", System.getProperty(isFlink ? FLINK : "java.class.path"), SubjectProcess.class.getName()));
        command.addAll(SubjectProcess.arguments(site));
        try {
            Files.createDirectories(site.directory());
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new LocalException("A process cannot be started: " + e.getMessage() + ".", e);
        }
        // A subject that waits for a broker that is gone would not see the end of its stdin.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "kill-subject"));
        commands = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** A new one for a subject; null if it needs none. */
    public static @Nullable PostgresCluster databaseOf(Subject subject) {
        return subject instanceof Competitor competitor && competitor.isPostgres() ? PostgresCluster.create() : null;
    }

    /** In the process of a subject: the address of its database. */
    static String database() {
        return System.getProperty(DATABASE);
    }

    @Override
    public void start(long notifications, long end, boolean quiet) {
        ask("start " + notifications + " " + end + " " + quiet);
    }

    @Override
    public boolean isDone(Map<TopicPartition, Long> ends) {
        String offsets = IntStream.range(0, site.partitions())
                .mapToObj(partition -> ends.getOrDefault(new TopicPartition(site.input(), partition), 0L))
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
        return Boolean.parseBoolean(ask("done " + offsets)[1]);
    }

    @Override
    public void stop() {
        ask("stop");
    }

    @Override
    public CpuTimes.Reading cpu() {
        String[] words = ask("cpu");
        Map<ThreadKind, Double> named = new EnumMap<>(ThreadKind.class);
        for (ThreadKind kind : ThreadKind.values()) {
            named.put(kind, Double.parseDouble(words[kind.ordinal() + 2]));
        }
        named.remove(ThreadKind.OTHER);
        double ofDatabase = database == null ? 0 : database.cpuSeconds();
        return new CpuTimes.Reading(Double.parseDouble(words[1]) + ofDatabase, named);
    }

    /**
     * Starts it and kills it with SIGKILL.
     *
     * @return the CPU seconds that it has used
     */
    public double startAndKill(long end, BooleanSupplier when) throws InterruptedException {
        tell("start 0 " + end + " false");
        while (!when.getAsBoolean()) {
            if (process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                answer(); // it says why it has ended
            }
        }
        double seconds = process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / MILLIS;
        process.destroyForcibly().waitFor();
        return seconds;
    }

    private String[] ask(String command) {
        tell(command);
        return answer();
    }

    private void tell(String command) {
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new LocalException(site.label() + " has ended.", e);
        }
    }

    private String[] answer() {
        try {
            String answer = answers.readLine();
            if (answer == null || !answer.startsWith("ok")) {
                throw new LocalException(
                        site.label() + " failed: " + (answer == null ? "its process has ended" : answer) + ".");
            }
            return answer.split(" ", -1);
        } catch (IOException e) {
            throw new LocalException(site.label() + " has ended.", e);
        }
    }

    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                commands.close();
            }
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
