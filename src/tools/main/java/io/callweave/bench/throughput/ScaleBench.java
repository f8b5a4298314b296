package io.callweave.bench.throughput;

import io.callweave.bench.figures.Measurement;
import io.callweave.bench.figures.Rounds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Measures all curves point by point, on one broker. Right before each round of a point, the reference has a round. So a
 * slow hour of the machine shows in both.
 */
public final class ScaleBench {

    /** Calls must end before they are closed. */
    private static final int SETTLED_PER_LIVE_CALL = 10;

    private static final List<Subject> SUBJECTS = List.of(Product.BY_SESSION);

    private final List<Curve> curves;
    private final int most;
    private final BenchOptions reference;
    private final Consumer<String> progress;

    /**
     * Of these curves.
     *
     * @param most the most live or settled calls of a point
     * @param size that of the reference
     */
    public ScaleBench(List<Curve> curves, int most, BenchOptions size, Consumer<String> progress) {
        BenchOptions.check("--most", most, SETTLED_PER_LIVE_CALL, 1_000_000);
        this.curves = List.copyOf(curves);
        this.most = most;
        this.progress = progress;
        reference = new BenchOptions(
                size.events(),
                size.warmUp(),
                size.rounds(),
                size.partitions(),
                size.threads(),
                size.accounts(),
                Math.min(size.concurrentCalls(), most / SETTLED_PER_LIVE_CALL),
                Math.min(size.aged(), most),
                size.linkedPercent());
    }

    /**
     * Runs everything.
     *
     * @param directory for broker and state, empty
     * @param finished hears of all points so far after each of them
     * @return all points
     * @throws LocalException if the subject fails or has not done all of its work
     */
    public List<CurvePoint> run(Path directory, Consumer<List<CurvePoint>> finished) {
        int points =
                curves.stream().mapToInt(curve -> curve.values(most).size()).sum();
        long more = reference.events() * reference.rounds() * points;
        List<CurvePoint> results = new ArrayList<>();
        try (BenchBroker broker = new BenchBroker(directory);
                SubjectGroup beside = group("bench-reference", reference, more, broker)) {
            beside.prepare();
            for (Curve curve : curves) {
                for (int value : curve.values(most)) {
                    results.add(point(curve, value, "bench-p" + results.size(), beside, broker));
                    finished.accept(results);
                }
            }
        }
        return results;
    }

    private SubjectGroup group(String name, BenchOptions size, long more, BenchBroker broker) {
        return new SubjectGroup(name, size, more, SUBJECTS, broker, line -> progress.accept(name + "  " + line));
    }

    private CurvePoint point(Curve curve, int value, String name, SubjectGroup beside, BenchBroker broker) {
        progress.accept("%s %,d".formatted(curve.toString(), value));
        BenchOptions size = curve.at(value, reference);
        List<Measurement> ofReference = new ArrayList<>();
        List<Measurement> ofPoint = new ArrayList<>();
        FootprintMeter meter = new FootprintMeter();
        try (SubjectGroup point = group(name, size, 0, broker)) {
            point.prepare();
            for (int round = 1; round <= size.rounds(); round++) {
                ofReference.addAll(beside.round(round).values());
                boolean isLast = round == size.rounds();
                ofPoint.addAll((isLast ? point.round(round, subject -> meter) : point.round(round)).values());
            }
            FootprintMeter.Footprint footprint = meter.footprint(broker.admin(), point.site());
            long live = point.traffic().live();
            double linked = point.traffic().linkedShare();
            return new CurvePoint(
                    curve,
                    value,
                    live,
                    size.aged() > 0 ? size.aged() : point.traffic().begun() - live,
                    linked,
                    new Rounds(ofReference),
                    new Rounds(ofPoint),
                    footprint,
                    curve == Curve.SETTLED ? restart(point, footprint) : null);
        }
    }

    private static CurvePoint.Restart restart(SubjectGroup point, FootprintMeter.Footprint footprint) {
        double withState = point.restart(StreamsApplication.Watch.NONE);
        double without = point.restart(new StreamsApplication.Watch() {
            @Override
            public void beforeStart(KafkaStreams streams) {
                streams.cleanUp();
            }
        });
        return new CurvePoint.Restart(withState, without, footprint.changelogs());
    }

    /** All points so far, for programs. */
    public Map<String, Object> json(List<CurvePoint> points) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (Curve curve : curves) {
            all.put(
                    curve.toString(),
                    Map.of(
                            "unit",
                            curve.unit(),
                            "points",
                            points.stream()
                                    .filter(point -> point.curve() == curve)
                                    .map(CurvePoint::json)
                                    .toList()));
        }
        return Map.of("curves", all, "input", reference);
    }
}
