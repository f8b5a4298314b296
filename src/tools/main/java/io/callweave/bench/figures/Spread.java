package io.callweave.bench.figures;

import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The median of some figures, and their range. */
public record Spread(double median, double least, double most) {

    /**
     * The spread of these figures.
     *
     * @param figures at least one
     */
    public static Spread of(double[] figures) {
        if (figures.length == 0) {
            throw new IllegalArgumentException("No figures have no median.");
        }
        double[] sorted = DoubleStream.of(figures).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /**
     * Each figure divided by the one of the same round. Those two ran one after the other, so a drift of the machine
     * cancels out.
     */
    public static double[] ratios(double[] of, double[] to) {
        if (of.length != to.length) {
            throw new IllegalArgumentException("There are " + of.length + " and " + to.length + " rounds.");
        }
        return IntStream.range(0, of.length)
                .mapToDouble(round -> of[round] / to[round])
                .toArray();
    }

    /** The median, and the range in parentheses. */
    public String text(int decimals) {
        String figure = "%,." + decimals + "f";
        return String.format(Locale.ROOT, figure + " (" + figure + " to " + figure + ")", median, least, most);
    }
}
