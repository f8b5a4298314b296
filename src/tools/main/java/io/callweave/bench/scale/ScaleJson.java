package io.callweave.bench.scale;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.bench.figures.FiguresJson;
import io.callweave.bench.figures.Measurement;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** The results for programs: every figure of every round. */
public final class ScaleJson {

    private ScaleJson() {}

    /** Writes one object and a line end; the stream stays open. */
    public static void write(ScaleResults results, OutputStream out) throws IOException {
        FiguresJson.write(tree(results), out);
    }

    private static ObjectNode tree(ScaleResults results) {
        ObjectNode all = FiguresJson.object();
        ObjectNode curves = all.putObject("curves");
        for (Curve curve : results.options().curves()) {
            ObjectNode node = curves.putObject(curve.label());
            node.put("unit", curve.unit());
            ArrayNode points = node.putArray("points");
            results.of(curve).forEach(point -> add(points.addObject(), point));
        }
        results.perLiveCall().ifPresent(bytes -> add(all.putObject("bytesPerLiveCall"), bytes));
        results.perSettledCall().ifPresent(bytes -> add(all.putObject("bytesPerSettledCall"), bytes));
        ScaleOptions options = results.options();
        ScaleShape shape = ScaleShape.reference(options);
        all.putObject("reference")
                .put("partitions", shape.partitions())
                .put("threads", shape.threads())
                .put("accounts", shape.accounts())
                .put("liveCalls", shape.liveCalls())
                .put("settledCalls", shape.settledCalls())
                .put("linkedPercent", shape.linkedPercent());
        all.putObject("input")
                .put("events", options.events())
                .put("rounds", options.rounds())
                .put("warmUp", options.warmUp())
                .put("most", options.most());
        return all;
    }

    private static void add(ObjectNode node, Footprint.PerCall bytes) {
        node.put("heap", bytes.heap())
                .put("rocksDb", bytes.rocksDb())
                .put("state", bytes.state())
                .put("changelogs", bytes.changelog());
    }

    private static void add(ObjectNode node, CurvePoint point) {
        node.put("value", point.value())
                .put("liveCalls", point.liveCalls())
                .put("settledCalls", point.settledCalls())
                .put("linkedShare", point.linkedShare());
        add(node.putObject("callweave"), point.callweave());
        add(node.putObject("reference"), point.reference());
        if (!point.dsl().isEmpty()) {
            add(node.putObject("dsl"), point.dsl());
        }
        Footprint footprint = point.footprint();
        node.putObject("bytes")
                .put("heap", footprint.heapBytes())
                .put("rocksDb", footprint.rocksDbBytes())
                .put("state", footprint.stateBytes())
                .put("changelogs", footprint.changelogBytes());
        CurvePoint.Restoration restoration = point.restoration();
        if (restoration != null) {
            node.putObject("restart")
                    .put("secondsWithState", restoration.keptSeconds())
                    .put("secondsWithoutState", restoration.lostSeconds())
                    .put("restoredRecords", restoration.records())
                    .put("changelogBytes", restoration.changelogBytes());
        }
    }

    private static void add(ObjectNode node, List<Measurement> rounds) {
        ArrayNode rates = node.putArray("perSecond");
        ArrayNode times = node.putArray("cpuSecondsPerMillion");
        for (Measurement round : rounds) {
            rates.add(round.perSecond());
            times.add(round.cpuPerMillion());
        }
    }
}
