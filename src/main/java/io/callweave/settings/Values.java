package io.callweave.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which values a setting can have.
 *
 * @param allowed what is allowed, to follow "must be"
 * @param examples to follow "such as"; empty where what is allowed says it all
 * @param reader the value of a text, or nothing if it is not allowed
 */
record Values<T>(String allowed, String examples, Function<String, Optional<T>> reader) {

    private static final String NONE = "none";

    /** An IPv6 address stands in brackets; a protocol in front is as Kafka has it. */
    private static final Pattern SERVER = Pattern.compile("(\\w+://)?([\\w.%-]+|\\[[0-9A-Fa-f:.%]+\\]):(\\d{1,5})");

    static Values<Duration> durations(String min, String max) {
        Duration least = Durations.parse(min).orElseThrow();
        Duration most = Durations.parse(max).orElseThrow();
        return new Values<>(
                "a duration from " + min + " to " + max,
                "500ms, 5s, 2m, 4h, 7d or PT5S",
                text -> Durations.parse(text)
                        .filter(value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0));
    }

    static Values<Long> sizes(String min, String max) {
        long least = Sizes.parse(min).orElseThrow();
        long most = Sizes.parse(max).orElseThrow();
        return new Values<>(
                "a size from " + min + " to " + max,
                "512KiB, 1MiB or 65536 (bytes)",
                text -> Sizes.parse(text).filter(value -> value >= least && value <= most));
    }

    static Values<Integer> counts(int min, int max) {
        return new Values<>(
                "a whole number from " + min + " to " + max,
                "",
                text -> Optional.of(text)
                        .filter(value -> value.matches("\\d{1,9}"))
                        .map(Integer::valueOf)
                        .filter(value -> value >= min && value <= max));
    }

    static <E extends Enum<E>> Values<E> oneOf(Class<E> type) {
        return new Values<>(
                Arrays.stream(type.getEnumConstants()).map(Values::nameOf).collect(Collectors.joining(" or ")),
                "",
                text -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> nameOf(constant).equals(text.toLowerCase(Locale.ROOT)))
                        .findFirst());
    }

    static Values<String> text(String pattern, String allowed) {
        Pattern compiled = Pattern.compile(pattern);
        return new Values<>(
                allowed,
                "",
                text -> Optional.of(text)
                        .filter(value -> compiled.matcher(value).matches()));
    }

    static Values<String> servers() {
        return new Values<>(
                "host:port, or several with commas between them",
                "kafka-1:9092,kafka-2:9092",
                text -> Optional.of(text)
                        .filter(value -> Arrays.stream(value.split(",", -1)).allMatch(Values::isServer)));
    }

    static Values<ZoneId> zones() {
        return new Values<>("a time zone", "UTC, Europe/Berlin or America/New_York", Values::parseZone);
    }

    /** For each of some accounts a time zone; nothing for none. */
    static Values<Map<String, ZoneId>> zonesByAccount() {
        return new Values<>(
                "account=zone, or several with commas between them, or nothing",
                "809646016=Europe/Berlin,400130473008=America/New_York",
                Values::parseZonesByAccount);
    }

    /** Some of several words, or none of them. */
    static Values<Set<String>> someOf(String... words) {
        Set<String> all = Set.of(words);
        return new Values<>(
                "some of " + String.join(", ", words) + " with commas between them, or none",
                words[words.length - 1] + " or " + words[0] + "," + words[1],
                text -> text.equals(NONE)
                        ? Optional.of(Set.of())
                        : Optional.of(Arrays.stream(text.split(" *, *", -1)).collect(Collectors.toUnmodifiableSet()))
                                .filter(all::containsAll));
    }

    static Values<Path> folders() {
        return new Values<>("the path of a folder", "/var/lib/callweave", Values::parsePath);
    }

    static Values<Path> files() {
        return new Values<>("the path of a file", "/etc/callweave/accounts.properties", Values::parsePath);
    }

    private static boolean isServer(String text) {
        var matcher = SERVER.matcher(text.strip());
        return matcher.matches() && Integer.parseInt(matcher.group(3)) <= 65_535;
    }

    private static Optional<ZoneId> parseZone(String text) {
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException notAZone) {
            return Optional.empty();
        }
    }

    private static Optional<Map<String, ZoneId>> parseZonesByAccount(String text) {
        Map<String, ZoneId> zones = new HashMap<>();
        if (text.isEmpty()) {
            return Optional.of(zones);
        }
        for (String pair : text.split(",", -1)) {
            String[] parts = pair.strip().split(" *= *", 2);
            Optional<ZoneId> zone = parts.length < 2 || parts[0].isEmpty() ? Optional.empty() : parseZone(parts[1]);
            if (zone.isEmpty() || zones.put(parts[0], zone.get()) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(zones);
    }

    private static Optional<Path> parsePath(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException notAPath) {
            return Optional.empty();
        }
    }

    private static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
