package io.callweave.cli.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.callweave.bridge.Intake;
import io.callweave.bridge.IntakeListener;
import io.callweave.bridge.IntakeRules;
import io.callweave.bridge.KafkaSink;
import io.callweave.bridge.KafkaSinkSettings;
import io.callweave.bridge.Owner;
import io.callweave.bridge.Receipt;
import io.callweave.cli.Callweave;
import io.callweave.local.BrokerProcess;
import io.callweave.topics.HomePartition;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicPlan;
import io.callweave.topics.Topics;
import io.callweave.topology.calls.AssembledCalls;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Measures how late good calls come out while another account sends a hostile input: a broker, one instance of {@code streams}
 * with two threads and six partitions, and simulated calls of five accounts at 60 notifications a second. The hostile account
 * shares its partition with one of them. Lateness is the time from the receipt of the last notification of a call that is over
 * until its record is read. Run by hand: {@code HostileTimes MINUTES [INPUT…]}, the minutes in which simulated calls begin, an input as in {@link HostileInput}, {@code NONE}
 * for none; all of them if none is given.
 */
final class HostileTimes {

    private static final int PARTITIONS = 6;
    private static final int PER_SECOND = 60;
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String NONE = "NONE";

    private final Path directory;
    private final String brokers;
    private final List<String> good;

    private HostileTimes(Path directory, String brokers, List<String> good) {
        this.directory = directory;
        this.brokers = brokers;
        this.good = good;
    }

    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory("hostile-times");
        List<String> inputs = List.of(args).subList(1, args.length);
        if (inputs.isEmpty()) {
            inputs = new ArrayList<>(List.of(NONE));
            for (HostileInput input : HostileInput.values()) {
                inputs.add(input.name());
            }
        }
        System.out.println("| input | calls | p50 | p99 | longest | same partition: p50 | p99 | longest | right"
                + " | hostile records | hostile MB | minutes with ended transactions | load |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        List<String> good = simulated(directory, args[0]);
        for (String input : inputs) {
            // A broker of its own, or the records of one input would fill the memory of the next one's.
            try (BrokerProcess broker = BrokerProcess.start(directory.resolve("kafka-" + input))) {
                new HostileTimes(directory, broker.bootstrapServers(), good).measure(input);
            }
        }
        System.exit(0);
    }

    private static List<String> simulated(Path directory, String minutes) throws Exception {
        Path file = directory.resolve("good.ndjson");
        int status = Callweave.commandLine()
                .execute(
                        "simulate",
                        "--accounts=5",
                        "--seats=120",
                        "--seed=12",
                        "--for=" + minutes + "m",
                        "--out=" + file);
        if (status != 0) {
            throw new IllegalStateException("simulate: " + status);
        }
        return Files.readAllLines(file);
    }

    private void measure(String input) throws Exception {
        String prefix = input + ".";
        String hostile = hostileAccount();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            Topics.create(admin, TopicPlan.withPrefix(prefix), PARTITIONS, (short) 1);
        }
        Process streams = streams(prefix);
        try (CallTimes times = new CallTimes(brokers, Topic.CALLS.name(prefix), PARTITIONS, hostile)) {
            Thread sender = new Thread(() -> sendHostile(input, prefix, hostile), "hostile");
            sender.setDaemon(true);
            sender.start();
            sendGood(prefix);
            Map<String, String> expected = AssembledCalls.ofLines(
                    good.stream().map(line -> line.getBytes(UTF_8)).toList());
            boolean right = isReached(() -> times.records().equals(expected));
            CallTimes.Figures all = times.all();
            CallTimes.Figures nearby = times.nearby();
            System.out.printf(
                    "| %s | %d | %d | %d | %d | %d | %d | %d | %s | %d | %d | %d | %.1f |%n",
                    input,
                    all.calls(),
                    all.p50(),
                    all.p99(),
                    all.longest(),
                    nearby.p50(),
                    nearby.p99(),
                    nearby.longest(),
                    right ? "yes" : "no",
                    times.hostileRecords(),
                    times.hostileMegabytes(),
                    Files.readAllLines(directory.resolve(prefix + "log")).stream()
                            .filter(line -> line.contains("Kafka ended a transaction"))
                            .count(),
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        } finally {
            streams.destroyForcibly().waitFor();
        }
    }

    private static boolean isReached(Callable<Boolean> condition) {
        try {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(condition);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    /** With the home of the first simulated account. */
    private static String hostileAccount() {
        int account = 666_000_001;
        while (HomePartition.of(Integer.toString(account), PARTITIONS) != HomePartition.of("400001001", PARTITIONS)) {
            account++;
        }
        return Integer.toString(account);
    }

    /** As the launcher starts it, and with short waits. */
    private Process streams(String prefix) throws Exception {
        Path log = directory.resolve(prefix + "log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseParallelGC",
                        "-Xmx512m",
                        "-Dlogback.configurationFile=logback.xml",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Callweave.class.getName(),
                        "streams",
                        "--bootstrap-servers=" + brokers,
                        "--application-id=hostile",
                        "--topics-prefix=" + prefix,
                        "--state-dir=" + directory.resolve(prefix + "state"),
                        "--http-port=0",
                        "--completion-linger=1s",
                        "--completion-peer-wait=2s",
                        "--completion-open-party-wait=5s",
                        "--completion-max-idle=60s",
                        "--set=streams.num.stream.threads=2",
                        // As in helm/callweave/values.yaml.
                        "--set=streams.session.timeout.ms=8000",
                        "--set=streams.heartbeat.interval.ms=2000",
                        "--set=streams.producer.transaction.timeout.ms=4000")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        await().atMost(PATIENCE).until(() -> Files.readString(log).contains("streams runs"));
        return process;
    }

    private void sendGood(String prefix) {
        try (KafkaSink sink = sink()) {
            Intake intake = intake(prefix, sink);
            long start = System.nanoTime();
            for (int i = 0; i < good.size(); i++) {
                LockSupport.parkNanos(start + i * 1_000_000_000L / PER_SECOND - System.nanoTime());
                accept(intake, good.get(i));
            }
            sink.flush();
        }
    }

    private void sendHostile(String input, String prefix, String account) {
        if (input.equals(NONE)) {
            return;
        }
        try (KafkaSink sink = sink()) {
            Intake intake = intake(prefix, sink);
            Thread.sleep(WARM_UP.toMillis());
            HostileInput hostile = HostileInput.valueOf(input);
            hostile.lines(account, hostile.size).forEach(line -> accept(intake, line));
            sink.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private KafkaSink sink() {
        return new KafkaSink(KafkaSinkSettings.of(brokers));
    }

    private static Intake intake(String prefix, KafkaSink sink) {
        return new Intake(IntakeRules.of(prefix, 1 << 20), sink, IntakeListener.NONE, InstantSource.system());
    }

    private static void accept(Intake intake, String line) {
        var unused = intake.accept(
                Owner.ANYBODY, line.getBytes(UTF_8), new Receipt("test", System.currentTimeMillis(), "hostile-times"));
    }
}
