package io.callweave.bench.competitors;

import io.callweave.bench.figures.CpuTimes;
import io.callweave.bench.figures.ThreadKind;
import io.callweave.bench.throughput.Application;
import io.callweave.bench.throughput.Product;
import io.callweave.bench.throughput.Site;
import io.callweave.bench.throughput.Subject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * The process of one subject, so that its CPU time is its own, each has the libraries that it needs, and it can be killed. It obeys
 * {@link SubjectClient}: it reads a command a line from stdin, and answers each with a line on stdout.
 */
final class SubjectProcess {

    private final CpuTimes cpu = new CpuTimes();
    private final Site site;
    private final Application application;

    private SubjectProcess(Site site) {
        this.site = site;
        application = Stream.<Subject>concat(Stream.of(Product.values()), Stream.of(Competitor.values()))
                .filter(subject -> subject.label().equals(site.label()))
                .findFirst()
                .orElseThrow()
                .application(site);
    }

    /** Takes {@link #arguments}, and ends with its stdin. */
    public static void main(String... arguments) throws IOException {
        System.setProperty("callweave.kafka-log-level", "OFF");
        PrintStream answers = System.out;
        // A library that prints must not answer.
        System.setOut(System.err);
        SubjectProcess process = new SubjectProcess(site(arguments));
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            answers.println(process.answer(command.split(" ", -1)));
            answers.flush();
        }
        // Threads of a cluster in this process would keep it alive.
        Runtime.getRuntime().halt(0);
    }

    /** Of a process for a subject. */
    static List<String> arguments(Site site) {
        return List.of(
                site.name(),
                site.label(),
                site.bootstrapServers(),
                Integer.toString(site.partitions()),
                Integer.toString(site.threads()),
                site.directory().toString(),
                Long.toString(site.lateWindow()),
                Boolean.toString(site.recorded()));
    }

    private static Site site(String... arguments) {
        int next = 0;
        return new Site(
                arguments[next++],
                arguments[next++],
                arguments[next++],
                Integer.parseInt(arguments[next++]),
                Integer.parseInt(arguments[next++]),
                Path.of(arguments[next++]),
                Long.parseLong(arguments[next++]),
                Boolean.parseBoolean(arguments[next]));
    }

    private String answer(String... words) {
        try {
            switch (words[0]) {
                case "start" ->
                    application.start(
                            Long.parseLong(words[1]), Long.parseLong(words[2]), Boolean.parseBoolean(words[3]));
                case "done" -> {
                    return "ok " + application.isDone(ends(words));
                }
                case "cpu" -> {
                    CpuTimes.Reading used = cpu.read();
                    return Stream.of(ThreadKind.values())
                            .map(kind -> String.format(Locale.ROOT, " %.3f", used.of(kind)))
                            .collect(Collectors.joining("", String.format(Locale.ROOT, "ok %.3f", used.process()), ""));
                }
                default -> application.stop();
            }
            return "ok";
        } catch (Exception e) {
            e.printStackTrace(); // its stderr is a log file
            // Frameworks wrap the exception of a function in sentences that do not name it.
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            return root.toString().replaceAll("\\s+", " ");
        }
    }

    /** Offsets in the order of partitions; 0 for one without a notification. */
    private Map<TopicPartition, Long> ends(String... words) {
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (int partition = 0; partition < words.length - 1; partition++) {
            ends.put(new TopicPartition(site.input(), partition), Long.parseLong(words[partition + 1]));
        }
        return ends;
    }
}
