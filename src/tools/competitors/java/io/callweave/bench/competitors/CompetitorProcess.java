package io.callweave.bench.competitors;

import io.callweave.bench.competitors.flink.FlinkApplication;
import io.callweave.bench.competitors.postgresql.PostgresApplication;
import io.callweave.bench.figures.CpuTimes;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/**
 * The process of one subject, so that its CPU time is its own and each has the libraries that it needs. It obeys
 * {@link CompetitorClient}: it reads a command a line from stdin, and answers each with a line on stdout.
 */
final class CompetitorProcess {

    private static final long LOOK_EVERY_MILLIS = 5;
    private static final int LOOKS_PER_READING = 100;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(30);

    private final CompetitorSite site;
    private final CompetitorApplication application;
    private final CpuTimes cpu = new CpuTimes();

    private CompetitorProcess(CompetitorSite site) {
        this.site = site;
        this.application = switch (site.competitor().kind()) {
            case STREAMS -> new StreamsApplication(site);
            case FLINK -> new FlinkApplication(site);
            case POSTGRESQL -> new PostgresApplication(site);
        };
    }

    /** Takes the arguments of a {@link CompetitorSite}, and ends with its stdin. */
    public static void main(String... arguments) throws Exception {
        System.setProperty("callweave.kafka-log-level", "OFF");
        PrintStream answers = System.out;
        // A library that prints must not answer.
        System.setOut(System.err);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        CompetitorProcess process = new CompetitorProcess(CompetitorSite.of(arguments));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            String answer = process.answer(command);
            answers.println(answer);
            answers.flush();
        }
        // Threads of a cluster in this process would keep it alive.
        Runtime.getRuntime().halt(0);
    }

    private String answer(String command) {
        String[] words = command.split(" ", -1);
        try {
            switch (words[0]) {
                case "start" -> application.start(Long.parseLong(words[1]), Long.parseLong(words[2]));
                case "await" -> await(words);
                case "stop" -> application.stop();
                default -> throw new IllegalArgumentException("There is no command " + words[0] + ".");
            }
        } catch (Exception e) {
            // Its stderr is a log file; the answer names the root only.
            e.printStackTrace();
            return "failed " + root(e).toString().replaceAll("\\s+", " ");
        }
        CpuTimes.Reading used = cpu.read();
        return String.format(Locale.ROOT, "ok %.3f %.3f %.3f", used.process(), used.jit(), used.gc());
    }

    /** Offsets in the order of partitions; 0 for one without a notification. */
    private void await(String... words) throws Exception {
        Map<TopicPartition, Long> ends = new HashMap<>();
        String topic = site.input();
        for (int partition = 0; partition < words.length - 1; partition++) {
            long end = Long.parseLong(words[partition + 1]);
            if (end > 0) {
                ends.put(new TopicPartition(topic, partition), end);
            }
        }
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        for (int looks = 1; !application.isDone(ends); looks++) {
            Thread.sleep(LOOK_EVERY_MILLIS); // commits can only be polled
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("it does not come to the end of its input");
            }
            if (looks % LOOKS_PER_READING == 0) {
                cpu.read();
            }
        }
    }

    /** Frameworks wrap the exception of a function in sentences that do not name it. */
    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
