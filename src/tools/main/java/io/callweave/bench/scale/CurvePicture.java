package io.callweave.bench.scale;

import static io.callweave.bench.scale.CurveFigures.median;
import static io.callweave.bench.scale.CurveFigures.megabytes;

import io.callweave.bench.figures.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** A curve as a picture: a panel for each figure, side by side. */
public final class CurvePicture {

    private CurvePicture() {}

    /**
     * Draws it.
     *
     * @param points of one curve, at least one
     * @return an SVG document that is readable on a light and on a dark page
     */
    public static String svg(List<CurvePoint> points) {
        Curve curve = points.get(0).curve();
        List<String> labels =
                points.stream().map(point -> abbreviated(point.value())).toList();
        List<SvgPanels.Panel> panels = curve == Curve.RESTORE ? restarts(points) : figures(points);
        return SvgPanels.draw(curve.unit(), labels, panels);
    }

    private static List<SvgPanels.Panel> figures(List<CurvePoint> points) {
        return List.of(
                new SvgPanels.Panel("notifications per second", measured(points, Measurement::perSecond)),
                new SvgPanels.Panel("CPU s per million", measured(points, Measurement::cpuPerMillion)),
                new SvgPanels.Panel(
                        "memory, MB",
                        List.of(
                                line(
                                        "heap",
                                        points,
                                        point -> megabytes(point.footprint().heapBytes())),
                                line(
                                        "RocksDB",
                                        points,
                                        point -> megabytes(point.footprint().rocksDbBytes())))),
                new SvgPanels.Panel(
                        "disk, MB",
                        List.of(
                                line(
                                        "state",
                                        points,
                                        point -> megabytes(point.footprint().stateBytes())),
                                line(
                                        "changelogs",
                                        points,
                                        point -> megabytes(point.footprint().changelogBytes())))));
    }

    private static List<SvgPanels.Panel> restarts(List<CurvePoint> points) {
        return List.of(
                new SvgPanels.Panel(
                        "restart, s",
                        List.of(
                                line("state lost", points, point -> of(point).lostSeconds()),
                                line("state kept", points, point -> of(point).keptSeconds()))),
                new SvgPanels.Panel(
                        "changelogs, MB",
                        List.of(line(
                                "changelogs",
                                points,
                                point -> megabytes(of(point).changelogBytes())))),
                new SvgPanels.Panel(
                        "restored records, K",
                        List.of(line("records", points, point -> of(point).records() / 1e3))));
    }

    private static CurvePoint.Restoration of(CurvePoint point) {
        return Objects.requireNonNull(point.restoration(), "Every point of this curve has been restored.");
    }

    private static List<SvgPanels.Line> measured(List<CurvePoint> points, ToDoubleFunction<Measurement> figure) {
        List<SvgPanels.Line> lines = new ArrayList<>();
        lines.add(line("Callweave", points, point -> median(point.callweave(), figure)));
        lines.add(line("reference", points, point -> median(point.reference(), figure)));
        Optional<CurvePoint> withoutDsl =
                points.stream().filter(point -> point.dsl().isEmpty()).findAny();
        if (withoutDsl.isEmpty()) {
            lines.add(line("DSL", points, point -> median(point.dsl(), figure)));
        }
        return lines;
    }

    private static SvgPanels.Line line(String label, List<CurvePoint> points, ToDoubleFunction<CurvePoint> figure) {
        return new SvgPanels.Line(
                label, points.stream().map(figure::applyAsDouble).toList());
    }

    /** Such as 300 K. */
    static String abbreviated(long value) {
        if (value >= 1_000_000 && value % 100_000 == 0) {
            return SvgPanels.number(value / 1e6) + " M";
        }
        return value >= 1_000 && value % 100 == 0 ? SvgPanels.number(value / 1e3) + " K" : Long.toString(value);
    }
}
