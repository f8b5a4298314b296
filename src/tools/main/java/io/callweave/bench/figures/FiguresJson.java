package io.callweave.bench.figures;

import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.DoubleStream;
import org.HdrHistogram.Histogram;

/** Figures for programs: one object, with what they depend on. */
public final class FiguresJson {

    private static final double NANOS_PER_MS = 1e6;

    private static final ObjectMapper JSON = new ObjectMapper();

    private FiguresJson() {}

    /** An empty object. */
    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** Writes the object with this machine and today's date, and a line end; the stream stays open. */
    public static void write(ObjectNode figures, OutputStream out) throws IOException {
        ObjectNode all = figures.deepCopy();
        add(all.putObject("machine"), Machine.here());
        all.put("day", LocalDate.now(ZoneOffset.UTC).toString());
        out.write(JSON.writer(new DefaultPrettyPrinter()).writeValueAsBytes(all));
        out.write('\n');
    }

    /** Adds a figure of each round. */
    public static void add(ObjectNode to, String name, double[] rounds) {
        ArrayNode array = to.putArray(name);
        DoubleStream.of(rounds).forEach(array::add);
    }

    /** Adds how many delays there were, and how long they were, in milliseconds. */
    public static void add(ObjectNode to, Histogram nanos) {
        to.put("number", nanos.getTotalCount())
                .put("p50Ms", nanos.getValueAtPercentile(50) / NANOS_PER_MS)
                .put("p99Ms", nanos.getValueAtPercentile(99) / NANOS_PER_MS)
                .put("p999Ms", nanos.getValueAtPercentile(99.9) / NANOS_PER_MS)
                .put("longestMs", nanos.getMaxValue() / NANOS_PER_MS);
    }

    private static void add(ObjectNode to, Machine machine) {
        ArrayNode collectors = to.put("processors", machine.processors())
                .put("memoryBytes", machine.memoryBytes())
                .put("maxHeapBytes", machine.maxHeapBytes())
                .put("os", machine.os())
                .put("architecture", machine.architecture())
                .put("java", machine.java())
                .putArray("collectors");
        machine.collectors().forEach(collectors::add);
    }
}
