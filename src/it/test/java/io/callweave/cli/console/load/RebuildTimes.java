package io.callweave.cli.console.load;

import io.callweave.cli.role.Installation;
import io.callweave.local.ChildJvm;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Measures how long a console with 256 MB needs until it shows 100,000 calls, beside the least that anybody needs who reads
 * them. On two quiet cores the latter takes 9 s, so that the limit for the console is a minute there; a slower machine gets
 * more. The limit of CPU time holds on a busy machine, too. Fails if two rounds in turn exceed a limit.
 */
final class RebuildTimes {

    private static final int ROUNDS = 2;
    private static final double MOST_TIME = 6.5;
    private static final double MOST_CPU = 5;

    private RebuildTimes() {}

    private record Times(double seconds, double cpuSeconds) {}

    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory("rebuild-times");
        boolean quick = false;
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.resolve("kafka")))) {
            Installation.create(kafka, directory, "rebuild", Map.of()).close();
            String brokers = kafka.bootstrapServers();
            System.out.printf("%,d MB of calls%n", RebuildTopic.fill(brokers, RebuildTopic.CALLS) / 1_000_000);
            for (int round = 0; round < ROUNDS && !quick; round++) {
                Times bare = bare(brokers);
                Times console = console(brokers, directory.resolve("console-" + round));
                double time = console.seconds / bare.seconds;
                double cpu = console.cpuSeconds / bare.cpuSeconds;
                System.out.printf(
                        "bare reading %.1f s, CPU %.1f s; console %.1f s, CPU %.1f s: %.1f times as long (at most %.1f),"
                                + " CPU %.1f times (at most %.1f)%n",
                        bare.seconds,
                        bare.cpuSeconds,
                        console.seconds,
                        console.cpuSeconds,
                        time,
                        MOST_TIME,
                        cpu,
                        MOST_CPU);
                quick = time <= MOST_TIME && cpu <= MOST_CPU;
            }
        }
        System.out.println(quick ? "quick enough" : "TOO SLOW");
        System.exit(quick ? 0 : 1); // a broker's threads
    }

    private static Times bare(String brokers) throws IOException, InterruptedException {
        List<String> command = ChildJvm.command(
                BareReading.class.getName(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=4",
                "-Dlogback.configurationFile=logback.xml");
        command.add(brokers);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("The baseline failed.");
        }
        String[] figures = printed.strip().split(" ", 2);
        return new Times(Long.parseLong(figures[0]) / 1e3, Long.parseLong(figures[1]) / 1e3);
    }

    private static Times console(String brokers, Path directory) throws IOException, InterruptedException {
        Files.createDirectory(directory);
        long began = System.nanoTime();
        try (ConsoleProcess console = ConsoleProcess.start(directory, brokers, RebuildTopic.PREFIX)) {
            console.awaitReady();
            double seconds = (System.nanoTime() - began) / 1e9;
            return new Times(seconds, console.cpu().toMillis() / 1e3);
        }
    }
}
