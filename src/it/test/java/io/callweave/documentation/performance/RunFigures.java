package io.callweave.documentation.performance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.bench.figures.Spread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.StreamSupport;

/** The figures of the run of {@code src/docs/performance.sh} that docs/performance.md shows. */
final class RunFigures {

    private static final Path FIGURES = Path.of("docs", "performance");
    private static final ObjectMapper JSON = new ObjectMapper();

    private RunFigures() {}

    /** What one bench has measured. */
    static JsonNode of(String bench) {
        try {
            return JSON.readTree(Files.readAllBytes(FIGURES.resolve(bench + ".json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The figures of all rounds. */
    static double[] rounds(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    /** The median of all rounds. */
    static double median(JsonNode array) {
        return Spread.of(rounds(array)).median();
    }

    /** Median and range of all rounds. */
    static String spread(JsonNode array, int decimals) {
        return Spread.of(rounds(array)).text(decimals);
    }

    /** Median and range of the ratios, round by round. */
    static String ratio(JsonNode of, JsonNode to) {
        return Spread.of(Spread.ratios(rounds(of), rounds(to))).text(2);
    }

    /** The median of the ratios, round by round. */
    static double medianRatio(JsonNode of, JsonNode to) {
        return Spread.of(Spread.ratios(rounds(of), rounds(to))).median();
    }

    static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
