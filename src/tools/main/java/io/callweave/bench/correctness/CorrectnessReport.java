package io.callweave.bench.correctness;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.bench.figures.FiguresJson;
import io.callweave.bench.figures.Machine;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** The table of wrong calls, for people and for programs. */
public final class CorrectnessReport {

    private CorrectnessReport() {}

    /** Writes a table. */
    public static void print(List<CorrectnessRow> rows, PrintWriter out) {
        out.println(Machine.here().text());
        out.printf(
                "%-17s %-16s %9s %9s %9s %9s %9s %9s %9s %9s%n",
                "delivery", "subject", "calls", "right", "marked", "bad", "wrong", "missing", "extra", "CPU s");
        rows.forEach(row -> out.println(line(row)));
        out.flush();
    }

    /** A row of the table. */
    static String line(CorrectnessRow row) {
        Verdict verdict = row.verdict();
        return String.format(
                Locale.ROOT,
                "%-17s %-16s %,9d %,9d %,9d %,9d %,9d %,9d %,9d %9.1f",
                row.scenario(),
                row.subject().label(),
                verdict.calls(),
                verdict.right(),
                verdict.marked(),
                verdict.bad(),
                verdict.wrong(),
                verdict.missing(),
                verdict.extra(),
                row.cpuSeconds());
    }

    /** Writes one object and a line end; the stream stays open. */
    public static void write(List<CorrectnessRow> rows, OutputStream out) throws IOException {
        ObjectNode all = FiguresJson.object();
        ArrayNode list = all.putArray("rows");
        for (CorrectnessRow row : rows) {
            Verdict verdict = row.verdict();
            list.addObject()
                    .put("delivery", row.scenario())
                    .put("subject", row.subject().label())
                    .put("notifications", row.notifications())
                    .put("calls", verdict.calls())
                    .put("right", verdict.right())
                    .put("marked", verdict.marked())
                    .put("bad", verdict.bad())
                    .put("wrong", verdict.wrong())
                    .put("missing", verdict.missing())
                    .put("extra", verdict.extra())
                    .put("cpuSeconds", row.cpuSeconds())
                    .put("jitSeconds", row.jitSeconds());
        }
        FiguresJson.write(all, out);
    }
}
