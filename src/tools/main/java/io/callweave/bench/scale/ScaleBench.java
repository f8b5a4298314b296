package io.callweave.bench.scale;

import io.callweave.bench.figures.CpuTimes;
import io.callweave.bench.figures.Measurement;
import io.callweave.bench.throughput.BenchOptions;
import io.callweave.bench.throughput.Subject;
import io.callweave.bench.throughput.TopologyBench;
import io.callweave.bench.traffic.CallTemplates;
import io.callweave.local.EmbeddedKafka;
import io.callweave.files.LocalException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * Measures all curves point by point, on one broker. Right before each round of a point, the reference has a round. So a
 * slow hour of the machine shows in both.
 */
public final class ScaleBench implements AutoCloseable {

    private final ScaleOptions options;
    private final ScaleShape shape;
    private final Progress progress;
    private final EmbeddedKafka broker;
    private final Admin admin;
    private final PointBench.Common common;
    private int points;

    /** Receives the progress. */
    public interface Progress {

        /** The settled and the live calls of a point, or of the reference, are being made. */
        void preparing(String what);

        /** A point is finished: the last one of these. */
        void finished(ScaleResults soFar);
    }

    /**
     * Starts a broker.
     *
     * @param directory for it, empty
     * @throws LocalException if that fails
     */
    public ScaleBench(ScaleOptions options, Path directory, Progress progress) {
        this.options = options;
        this.progress = progress;
        shape = ScaleShape.reference(options);
        broker = TopologyBench.startBroker(directory.resolve("kafka"));
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
        common = new PointBench.Common(broker.bootstrapServers(), admin, new CpuTimes(), CallTemplates.make());
    }

    /**
     * Runs everything.
     *
     * @throws LocalException if a subject fails or has not done all of its work
     */
    public ScaleResults run() throws InterruptedException {
        List<CurvePoint> results = new ArrayList<>();
        try (PointBench reference =
                new PointBench("bench-reference", shape.options(), List.of(Subject.CALLWEAVE), common)) {
            progress.preparing("reference");
            reference.prepare();
            reference.warmUp(options.warmUp());
            for (Curve curve : options.curves()) {
                for (long value : curve.values(options.most())) {
                    for (CurvePoint point : measure(curve, value, reference)) {
                        results.add(point);
                        progress.finished(new ScaleResults(options, results));
                    }
                }
            }
        }
        return new ScaleResults(options, results);
    }

    /** A point, and that of restores with it; none if it comes with another curve. */
    private List<CurvePoint> measure(Curve curve, long value, PointBench reference) throws InterruptedException {
        boolean isOfBoth = options.isRestoredWhenSettled(value);
        if (curve == Curve.RESTORE) {
            return isOfBoth ? List.of() : List.of(measure(curve, value, reference, true));
        }
        if (curve != Curve.SETTLED || !isOfBoth) {
            return List.of(measure(curve, value, reference, false));
        }
        CurvePoint both = measure(curve, value, reference, true);
        return List.of(both.on(Curve.SETTLED, null), both.on(Curve.RESTORE, both.restoration()));
    }

    private CurvePoint measure(Curve curve, long value, PointBench reference, boolean restarts)
            throws InterruptedException {
        progress.preparing("%s %,d".formatted(curve.label(), value));
        BenchOptions sizes = curve.options(shape, value);
        List<Subject> chosen = options.withDsl() ? List.of(Subject.CALLWEAVE, Subject.DSL) : List.of(Subject.CALLWEAVE);
        List<Measurement> ofReference = new ArrayList<>();
        List<Measurement> ofCallweave = new ArrayList<>();
        List<Measurement> ofDsl = new ArrayList<>();
        try (PointBench point = new PointBench("bench-p" + ++points, sizes, chosen, common)) {
            point.prepare();
            for (int round = 0; round < options.rounds(); round++) {
                ofReference.addAll(reference.round().values());
                boolean isLast = round == options.rounds() - 1;
                Map<Subject, Measurement> both = isLast ? point.lastRound() : point.round();
                both.forEach((subject, measurement) -> (subject == Subject.DSL ? ofDsl : ofCallweave).add(measurement));
            }
            long live = point.traffic().live();
            long settled = sizes.aged() > 0 ? sizes.aged() : point.traffic().begun() - live;
            CurvePoint.@Nullable Restoration restoration = restarts ? point.restoration() : null;
            return new CurvePoint(
                    curve,
                    value,
                    live,
                    settled,
                    point.traffic().linkedShare(),
                    ofReference,
                    ofCallweave,
                    ofDsl,
                    point.footprint(),
                    restoration);
        }
    }

    @Override
    public void close() {
        admin.close();
        broker.close();
    }
}
