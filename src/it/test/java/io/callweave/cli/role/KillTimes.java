package io.callweave.cli.role;

import static org.awaitility.Awaitility.await;

import io.callweave.cli.StreamsProcess;
import io.callweave.local.BrokerCluster;
import io.callweave.local.Expulsions;
import io.callweave.topics.Topic;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures how long calls stand still after a kill: three brokers, two {@code streams} with a standby and the options of the
 * Helm chart, calls through every partition, {@code kill -9} of one instance after the other. Then no instance is killed for
 * some minutes, while other processes take the processors, and expelled instances are counted. Run by hand:
 * {@code KillTimes KILLS MINUTES [broker:NAME=VALUE] [NAME=VALUE]…}, settings of the instances without a prefix.
 */
final class KillTimes {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** As in helm/callweave/values.yaml. */
    private static final Map<String, String> CHART = Map.of(
            "streams.num.standby.replicas", "1",
            "streams.session.timeout.ms", "8000",
            "streams.heartbeat.interval.ms", "2000",
            "streams.producer.transaction.timeout.ms", "4000",
            // An instance that comes back gets its share at once, not after a minute of probing.
            "streams.acceptable.recovery.lag", "1000000");

    private KillTimes() {}

    /** @param times in ms, sorted; of each kill until every partition gave out what came after it */
    private record Outcome(List<Long> times, int expulsions) {

        long percentile(int percent) {
            return times.get(Math.max(0, (int) Math.ceil(times.size() * percent / 100.0) - 1));
        }

        @Override
        public String toString() {
            return "%d kills: p50 %d ms, p95 %d ms, longest %d ms; %d expulsions without a kill"
                    .formatted(times.size(), percentile(50), percentile(95), percentile(100), expulsions);
        }
    }

    public static void main(String[] args) throws Exception {
        Map<String, String> settings = new HashMap<>();
        List<String> brokers = new ArrayList<>();
        for (String option : List.of(args).subList(2, args.length)) {
            if (option.startsWith("broker:")) {
                brokers.add(option.substring("broker:".length()));
            } else {
                settings.put(option.substring(0, option.indexOf('=')), option.substring(option.indexOf('=') + 1));
            }
        }
        Path directory = Files.createTempDirectory("kill-times");
        try (BrokerCluster cluster =
                BrokerCluster.start(directory.resolve("brokers"), brokers.toArray(String[]::new))) {
            measure(
                    cluster,
                    directory,
                    Integer.parseInt(args[0]),
                    Duration.ofMinutes(Long.parseLong(args[1])),
                    settings);
        }
        System.exit(0);
    }

    private static void measure(
            BrokerCluster cluster, Path directory, int kills, Duration underLoad, Map<String, String> more)
            throws Exception {
        Map<String, String> settings = new HashMap<>(CHART);
        settings.putAll(more);
        List<Long> times = new ArrayList<>();
        try (Installation installation = Installation.create(cluster, directory, "kills", settings);
                SteadyCalls calls = new SteadyCalls(installation);
                Expulsions expulsions = new Expulsions(cluster.bootstrapServers(), "kills")) {
            StreamsProcess[] instances = {start(installation, 0), start(installation, 1)};
            try (SteadyCalls.Seen seen = calls.watch(cluster.bootstrapServers(), Topic.CALLS.name("kills."))) {
                for (int kill = 0; kill < kills; kill++) {
                    awaitWork(instances, seen);
                    expulsions.expect();
                    int victim = kill % 2;
                    Thread.sleep(1_000 + 370L * (kill % 9)); // so that kills do not all meet a heartbeat at one place
                    long killed = System.currentTimeMillis();
                    expulsions.pause();
                    instances[victim].kill();
                    long over = seen.awaitAll(PATIENCE, killed);
                    times.add(over - killed);
                    System.out.printf(
                            "kill %d of streams-%d: %d ms, load %.1f%n", kill + 1, victim, over - killed, load());
                    instances[victim] = start(installation, victim);
                }
                if (kills > 0) {
                    System.out.println(new Outcome(times.stream().sorted().toList(), expulsions.count()));
                }
                awaitWork(instances, seen);
                underLoad(instances, expulsions, underLoad);
            } finally {
                instances[0].close();
                instances[1].close();
            }
        }
    }

    private static void awaitWork(StreamsProcess[] instances, SteadyCalls.Seen seen) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> works(instances[0]) && works(instances[1]));
        seen.awaitAll(PATIENCE, System.currentTimeMillis());
    }

    private static void underLoad(StreamsProcess[] instances, Expulsions expulsions, Duration time) throws Exception {
        int before = expulsions.count();
        int endedBefore = endedTransactions(instances);
        List<Process> others = new ArrayList<>();
        try {
            for (int i = 0; i < 4 && !time.isZero(); i++) {
                others.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
            }
            expulsions.expect();
            for (Instant end = Instant.now().plus(time); Instant.now().isBefore(end); ) {
                Thread.sleep(15_000);
                System.out.printf(
                        "load %.1f, %d expulsions, %d warnings of ended transactions%n",
                        load(), expulsions.count() - before, endedTransactions(instances) - endedBefore);
            }
        } finally {
            others.forEach(Process::destroyForcibly);
        }
    }

    /** Each stands for all of a minute. */
    private static int endedTransactions(StreamsProcess... instances) throws IOException {
        int ended = 0;
        for (StreamsProcess instance : instances) {
            ended += (int) instance.logLines().stream()
                    .filter(line -> line.contains("Kafka ended a transaction"))
                    .count();
        }
        return ended;
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static StreamsProcess start(Installation installation, int number) throws Exception {
        String name = "streams-" + number;
        return installation.startProcess(name, Map.of("streams.main.consumer.group.instance.id", name));
    }

    private static boolean works(StreamsProcess instance) throws Exception {
        return instance.isReady() && instance.activeTasks(0) > 0 && instance.activeTasks(1) > 0;
    }
}
