package io.callweave.cli.bench;

import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.bench.figures.Machine;
import io.callweave.bench.figures.Spread;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.Output;
import io.callweave.cli.common.WrongUsage;
import io.callweave.files.TemporaryDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all benches do: check their options, make a directory, say how far they are, show and write their figures. */
abstract class BenchBase implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--json", paramLabel = "FILE", description = "Write all figures to this file.")
    private @Nullable Path json;

    @Spec
    private CommandSpec spec;

    /** A benchmark whose options are right. */
    @FunctionalInterface
    interface Bench {

        /**
         * Runs it.
         *
         * @param directory empty
         */
        void run(Path directory) throws InterruptedException, IOException;
    }

    /**
     * The benchmark of these options.
     *
     * @throws IllegalArgumentException if one is wrong
     */
    abstract Bench bench();

    @Override
    public final Integer call() throws InterruptedException, IOException {
        System.setProperty("callweave.kafka-log-level", "OFF");
        Bench bench = WrongUsage.checked(spec, this::bench);
        // Before hours of work are lost.
        Output.check(List.of(), Collections.singletonMap("--json", json));
        try (TemporaryDirectory directory = TemporaryDirectory.create("callweave-bench-")) {
            bench.run(directory.path());
        }
        return ExitStatus.DONE;
    }

    final void progress(String line) {
        Messages.to(spec).println(line);
    }

    /** For the results. */
    final PrintWriter out() {
        return Messages.out(spec);
    }

    /** Shows all figures, one a line, and writes them. Of those of several rounds it shows the median and the range. */
    final void report(Map<String, ?> figures) {
        show("", JSON.valueToTree(new TreeMap<>(figures)));
        show("machine", JSON.valueToTree(Machine.here()));
        out().flush();
        write(figures);
    }

    private void show(String name, JsonNode figure) {
        if (figure.isArray() && figure.path(0).isNumber()) {
            double[] rounds = StreamSupport.stream(figure.spliterator(), false)
                    .mapToDouble(JsonNode::asDouble)
                    .toArray();
            line(name, Spread.of(rounds).text(2));
        } else if (figure.isContainerNode()) {
            figure.properties().forEach(each -> show((name + " " + each.getKey()).strip(), each.getValue()));
            for (int i = 0; figure.isArray() && i < figure.size(); i++) {
                show(name + " " + (i + 1), figure.get(i));
            }
        } else {
            line(name, figure.isDouble() ? "%,.2f".formatted(figure.asDouble()) : figure.asText());
        }
    }

    private void line(String name, String figure) {
        out().printf("%-60s %s%n", name, figure);
    }

    /**
     * Writes the file that the user asked for: one object, with the machine and the day.
     *
     * @param figures by name: numbers, arrays, maps and records
     */
    final void write(Map<String, ?> figures) {
        if (json != null) {
            Map<String, Object> all = new LinkedHashMap<>(figures);
            all.put("machine", Machine.here());
            all.put("day", LocalDate.now(ZoneOffset.UTC).toString());
            try (OutputStream out = Output.to(json)) {
                out.write(JSON.writer(new DefaultPrettyPrinter()).writeValueAsBytes(all));
                out.write('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
