package io.callweave.settings.value;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500ms}, {@code 5s}, {@code 30 s}, {@code 2m}, {@code 4h}, {@code 7d}, {@code PT5S}. */
public final class Durations {

    /** Twelve digits are more than any setting allows, and overflow in no unit. */
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)");

    /** The largest first, so that the first one that fits is the shortest. */
    private static final Map<String, ChronoUnit> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put("d", ChronoUnit.DAYS);
        UNITS.put("h", ChronoUnit.HOURS);
        UNITS.put("m", ChronoUnit.MINUTES);
        UNITS.put("s", ChronoUnit.SECONDS);
        UNITS.put("ms", ChronoUnit.MILLIS);
    }

    private Durations() {}

    /** A bare number is not accepted: people confuse seconds and milliseconds. */
    public static Optional<Duration> parse(String text) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (matcher.matches()) {
            return Optional.ofNullable(UNITS.get(matcher.group(2)))
                    .map(unit -> Duration.of(Long.parseLong(matcher.group(1)), unit));
        }
        return parseIso(text)
                .filter(duration -> duration.truncatedTo(ChronoUnit.MILLIS).equals(duration));
    }

    private static Optional<Duration> parseIso(String text) {
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeParseException notIso) {
            return Optional.empty();
        }
    }

    /** With the largest unit that shows it exactly; in whole milliseconds. */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        return UNITS.entrySet().stream()
                .filter(unit -> millis % unit.getValue().getDuration().toMillis() == 0 && millis != 0)
                .findFirst()
                .map(unit -> millis / unit.getValue().getDuration().toMillis() + unit.getKey())
                .orElse("0s");
    }
}
