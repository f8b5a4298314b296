package io.callweave.settings.value;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in bytes: {@code 65536}, {@code 512KiB}, {@code 1 MiB}. Not {@code KB}, which can mean 1000 or 1024. */
public final class Sizes {

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,15})\\s*(B|KiB|MiB|GiB)?");

    private static final Map<String, Long> UNITS = Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

    private Sizes() {}

    public static Optional<Long> parse(String text) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String unit = matcher.group(2);
        long number = Long.parseLong(matcher.group(1));
        long bytes = UNITS.getOrDefault(unit == null ? "B" : unit, 1L);
        return number > Long.MAX_VALUE / bytes ? Optional.empty() : Optional.of(number * bytes);
    }
}
