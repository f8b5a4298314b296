package io.callweave.bench.scale;

import static io.callweave.bench.scale.CurveFigures.median;
import static io.callweave.bench.scale.CurveFigures.megabytes;

import io.callweave.bench.figures.Machine;
import io.callweave.bench.figures.Measurement;
import java.io.PrintWriter;

/** The results as tables for people. */
public final class ScaleText {

    private static final int PERCENT = 100;

    private ScaleText() {}

    /** Prints a table per curve; the writer stays open. */
    public static void print(ScaleResults results, PrintWriter out) {
        ScaleOptions options = results.options();
        BenchLine reference = new BenchLine(ScaleShape.reference(options));
        out.printf(
                "%d rounds of %,d notifications for each point, each after one of the reference: %s%n",
                options.rounds(), options.events(), reference.text());
        out.printf(
                "exactly_once_v2, broker in this process; %s%n", Machine.here().text());
        out.println(
                "Medians. CPU: seconds per million notifications, without the JIT compiler. MB: heap, RocksDB's memory, state directory, changelogs.");
        for (Curve curve : options.curves()) {
            print(curve, results, out);
        }
        out.println();
        results.perLiveCall().ifPresent(bytes -> print("live", bytes, out));
        results.perSettledCall().ifPresent(bytes -> print("settled", bytes, out));
        out.flush();
    }

    /** A point as one line. */
    public static String line(CurvePoint point) {
        Footprint footprint = point.footprint();
        StringBuilder line = new StringBuilder(
                "%-10s %,9d  %,9d live %,9d settled %3.0f %% linked  %,7.0f/s (%4.2f)  CPU %6.1f (%4.2f)"
                        .formatted(
                                point.curve().label(),
                                point.value(),
                                point.liveCalls(),
                                point.settledCalls(),
                                point.linkedShare() * PERCENT,
                                median(point.callweave(), Measurement::perSecond),
                                CurveFigures.toReference(point, Measurement::perSecond)
                                        .median(),
                                median(point.callweave(), Measurement::cpuPerMillion),
                                CurveFigures.toReference(point, Measurement::cpuPerMillion)
                                        .median()));
        line.append("  MB %,6.0f %,6.0f %,6.0f %,6.0f"
                .formatted(
                        megabytes(footprint.heapBytes()),
                        megabytes(footprint.rocksDbBytes()),
                        megabytes(footprint.stateBytes()),
                        megabytes(footprint.changelogBytes())));
        if (!point.dsl().isEmpty()) {
            line.append("  dsl %,7.0f/s CPU %6.1f"
                    .formatted(
                            median(point.dsl(), Measurement::perSecond),
                            median(point.dsl(), Measurement::cpuPerMillion)));
        }
        CurvePoint.Restoration restoration = point.restoration();
        if (restoration != null) {
            line.append("  restart %.1f s with state, %.1f s without: %,d records, changelogs of %,.0f MB"
                    .formatted(
                            restoration.keptSeconds(),
                            restoration.lostSeconds(),
                            restoration.records(),
                            megabytes(restoration.changelogBytes())));
        }
        return line.toString();
    }

    private static void print(Curve curve, ScaleResults results, PrintWriter out) {
        out.printf("%n%s (in parentheses: divided by the reference, round by round)%n", curve.unit());
        results.of(curve).forEach(point -> out.println(line(point)));
    }

    private static void print(String call, Footprint.PerCall bytes, PrintWriter out) {
        out.printf(
                "Each further %s call: %,.0f bytes of heap, %,.0f of RocksDB's memory, %,.0f of state directory, %,.0f of changelogs%n",
                call, bytes.heap(), bytes.rocksDb(), bytes.state(), bytes.changelog());
    }

    /** The reference in words. */
    private record BenchLine(ScaleShape shape) {

        String text() {
            return "%d partitions, %d threads, %,d accounts, %,d calls at a time, %,d settled calls, %d %% linked sessions"
                    .formatted(
                            shape.partitions(),
                            shape.threads(),
                            shape.accounts(),
                            shape.liveCalls(),
                            shape.settledCalls(),
                            shape.linkedPercent());
        }
    }
}
