package io.callweave.bench.scale;

import java.util.List;
import java.util.Locale;

/**
 * Draws small line charts side by side as SVG. The points of all have the same labels, at equal distances; each chart has
 * its own scale from 0. Every point of the first line has its value beside it.
 */
final class SvgPanels {

    private static final int PANEL_WIDTH = 190;
    private static final int PLOT_WIDTH = 140;
    private static final int LEFT = 25;
    private static final int TOP = 58;
    private static final int PLOT_HEIGHT = 92;
    private static final int HEIGHT = 186;
    private static final int LABELS = TOP + PLOT_HEIGHT + 15;
    private static final int FOOT = LABELS + 15;
    private static final double HEADROOM = 1.12;
    private static final int WHOLE_FROM = 10;

    /** The colours of the pages of GitHub, which shows the pictures, in both of its modes. */
    private static final String STYLE = """
            <style>
            text { font: 11px system-ui, sans-serif; fill: #1f2328; text-anchor: middle }
            .title { font-weight: 600 } .axis { stroke: #818b98 } .foot { fill: #59636e }
            .line0 { stroke: #0969da; fill: #0969da } .line1 { stroke: #6e7781; fill: #6e7781 } .line2 { stroke: #bc4c00; fill: #bc4c00 }
            polyline { fill: none !important; stroke-width: 2 } polyline.line1 { stroke-dasharray: 4 3 } text { stroke: none !important }
            @media (prefers-color-scheme: dark) {
              text { fill: #f0f6fc } .foot { fill: #9198a1 }
              .line0 { stroke: #4493f8; fill: #4493f8 } .line1 { stroke: #9198a1; fill: #9198a1 } .line2 { stroke: #db6d28; fill: #db6d28 }
            }
            </style>
            """;

    private SvgPanels() {}

    /** One line of a chart, with a value for each label. */
    record Line(String label, List<Double> values) {}

    /** One chart. */
    record Panel(String title, List<Line> lines) {

        double most() {
            return lines.stream()
                    .flatMap(line -> line.values().stream())
                    .mapToDouble(Double::doubleValue)
                    .max()
                    .orElse(0);
        }
    }

    /**
     * Draws them.
     *
     * @param unit what the labels count
     * @param labels of the points
     */
    static String draw(String unit, List<String> labels, List<Panel> panels) {
        int width = panels.size() * PANEL_WIDTH;
        StringBuilder svg = new StringBuilder();
        add(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\">",
                width,
                HEIGHT,
                width,
                HEIGHT);
        add(svg, "<title>%s</title>", escaped(description(unit, labels, panels)));
        svg.append(STYLE);
        for (int i = 0; i < panels.size(); i++) {
            panel(svg, unit, labels, panels.get(i), i * PANEL_WIDTH + LEFT);
        }
        return svg.append("</svg>\n").toString();
    }

    /** What somebody hears who does not see the picture. */
    private static String description(String unit, List<String> labels, List<Panel> panels) {
        StringBuilder text = new StringBuilder("By " + unit + " (" + String.join(", ", labels) + ")");
        for (Panel panel : panels) {
            for (Line line : panel.lines()) {
                text.append("; ")
                        .append(panel.title())
                        .append(", ")
                        .append(line.label())
                        .append(": ");
                text.append(String.join(
                        ", ", line.values().stream().map(SvgPanels::number).toList()));
            }
        }
        return text.toString();
    }

    private static void panel(StringBuilder svg, String unit, List<String> labels, Panel panel, int left) {
        text(svg, "title", left + PLOT_WIDTH / 2.0, 16, panel.title());
        legend(svg, panel, left);
        double scale = PLOT_HEIGHT / Math.max(panel.most() * HEADROOM, Double.MIN_NORMAL);
        int bottom = TOP + PLOT_HEIGHT;
        add(
                svg,
                "<line class=\"axis\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>",
                left - 12,
                bottom,
                left + PLOT_WIDTH + 12,
                bottom);
        for (int i = 0; i < labels.size(); i++) {
            text(svg, "label", x(left, i, labels.size()), LABELS, labels.get(i));
        }
        text(svg, "foot", left + PLOT_WIDTH / 2.0, FOOT, unit);
        for (int number = panel.lines().size() - 1; number >= 0; number--) {
            line(svg, panel.lines().get(number), number, left, bottom, scale);
        }
    }

    private static void line(StringBuilder svg, Line line, int number, int left, int bottom, double scale) {
        List<Double> values = line.values();
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            points.append(decimal(x(left, i, values.size())))
                    .append(',')
                    .append(decimal(bottom - Math.max(0, values.get(i)) * scale))
                    .append(' ');
        }
        add(
                svg,
                "<polyline class=\"line%d\" points=\"%s\"/>",
                number,
                points.toString().strip());
        for (int i = 0; i < values.size(); i++) {
            double x = x(left, i, values.size());
            double y = bottom - Math.max(0, values.get(i)) * scale;
            add(svg, "<circle class=\"line%d\" cx=\"%s\" cy=\"%s\" r=\"2.5\"/>", number, decimal(x), decimal(y));
            if (number == 0) {
                text(svg, "value", x, y - 6, number(values.get(i)));
            }
        }
    }

    private static void legend(StringBuilder svg, Panel panel, int left) {
        double width = (double) (PLOT_WIDTH + LEFT) / panel.lines().size();
        for (int number = 0; number < panel.lines().size(); number++) {
            double x = left - LEFT / 2.0 + width * (number + 0.5);
            text(svg, "line" + number, x, 32, panel.lines().get(number).label());
        }
    }

    private static double x(int left, int number, int of) {
        return of == 1 ? left + PLOT_WIDTH / 2.0 : left + (double) number * PLOT_WIDTH / (of - 1);
    }

    private static void text(StringBuilder svg, String kind, double x, double y, String text) {
        add(svg, "<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>", kind, decimal(x), decimal(y), escaped(text));
    }

    private static void add(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** Three digits or so. */
    static String number(double value) {
        return value >= WHOLE_FROM || value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.1f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
