package io.callweave.settings.value;

import io.callweave.record.ExcludedCalls;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The allowed values of a setting.
 *
 * @param allowed what is allowed, to follow "must be"
 * @param examples to follow "such as"; empty if they are not needed
 * @param reader the value of a text, or empty if it is not allowed
 */
public record AllowedValues<T>(String allowed, String examples, Function<String, Optional<T>> reader) {

    private static final String NONE = "none";

    /** An IPv6 address is in brackets; a protocol before it is written as in Kafka. */
    private static final Pattern SERVER = Pattern.compile("(\\w+://)?([\\w.%-]+|\\[[0-9A-Fa-f:.%]+\\]):(\\d{1,5})");

    /** A name could be resolved to another machine, but for this one. */
    private static final Pattern THIS_MACHINE =
            Pattern.compile("(?i)localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1\\]");

    /** An account, and the extension of one of its queues. */
    private static final Pattern QUEUE = Pattern.compile("[^/\\s]+/[^/\\s]+");

    public static AllowedValues<Duration> durations(String min, String max) {
        Duration least = Durations.parse(min).orElseThrow();
        Duration most = Durations.parse(max).orElseThrow();
        return new AllowedValues<>(
                "a duration from " + min + " to " + max,
                "500ms, 5s, 2m, 4h, 7d or PT5S",
                text -> Durations.parse(text)
                        .filter(value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0));
    }

    /** Several durations, in the given order. */
    public static AllowedValues<List<Duration>> durationLists(String min, String max, int most) {
        AllowedValues<Duration> each = durations(min, max);
        return new AllowedValues<>(
                "a comma-separated list of at most " + most + " durations from " + min + " to " + max,
                "5s,5m,2h",
                text -> parseList(text, each.reader()).filter(list -> list.size() <= most));
    }

    /** Ranges of IP addresses; empty for none. */
    public static AllowedValues<List<Network>> networks() {
        return new AllowedValues<>(
                "a comma-separated list of IP addresses and networks, or nothing",
                "10.0.0.0/8,fd00::/8",
                text -> text.isEmpty() ? Optional.of(List.of()) : parseList(text, Network::parse));
    }

    public static AllowedValues<Long> sizes(String min, String max) {
        long least = Sizes.parse(min).orElseThrow();
        long most = Sizes.parse(max).orElseThrow();
        return new AllowedValues<>(
                "a size from " + min + " to " + max,
                "512KiB, 1MiB or 65536 (bytes)",
                text -> Sizes.parse(text).filter(value -> value >= least && value <= most));
    }

    public static AllowedValues<Integer> counts(int min, int max) {
        return new AllowedValues<>(
                min == max ? Integer.toString(min) : "a whole number from " + min + " to " + max,
                "",
                text -> Optional.of(text)
                        .filter(value -> value.matches("\\d{1,9}"))
                        .map(Integer::valueOf)
                        .filter(value -> value >= min && value <= max));
    }

    /** Ports; 0 lets the system choose one. */
    public static AllowedValues<Integer> ports(String example) {
        AllowedValues<Integer> numbers = counts(0, 65_535);
        return new AllowedValues<>(numbers.allowed(), example, numbers.reader());
    }

    public static <E extends Enum<E>> AllowedValues<E> oneOf(Class<E> type) {
        return new AllowedValues<>(
                Arrays.stream(type.getEnumConstants())
                        .map(AllowedValues::nameOf)
                        .collect(Collectors.joining(" or ")),
                "",
                text -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> nameOf(constant).equals(text.toLowerCase(Locale.ROOT)))
                        .findFirst());
    }

    public static AllowedValues<String> text(String pattern, String allowed) {
        Pattern compiled = Pattern.compile(pattern);
        return new AllowedValues<>(
                allowed,
                "",
                text -> Optional.of(text)
                        .filter(value -> compiled.matcher(value).matches()));
    }

    public static AllowedValues<String> servers() {
        return new AllowedValues<>(
                "a comma-separated list of host:port",
                "kafka-1:9092,kafka-2:9092",
                text -> Optional.of(text)
                        .filter(value -> Arrays.stream(value.split(",", -1)).allMatch(AllowedValues::isServer)));
    }

    public static AllowedValues<ZoneId> zones() {
        return new AllowedValues<>("a time zone", "UTC, Europe/Berlin or America/New_York", AllowedValues::parseZone);
    }

    /** A time zone for each listed account; empty for none. */
    public static AllowedValues<Map<String, ZoneId>> zonesByAccount() {
        return byAccount(zones(), "zone", "809646016=Europe/Berlin,400130473008=America/New_York");
    }

    /**
     * A value for each listed account; empty for none.
     *
     * @param word what is after the equals sign, in words
     */
    public static <T> AllowedValues<Map<String, T>> byAccount(AllowedValues<T> each, String word, String examples) {
        return new AllowedValues<>(
                "a comma-separated list of account=" + word + ", or nothing",
                examples,
                text -> parseByAccount(text, each));
    }

    /**
     * A value for each listed queue, by account, then by the extension of the queue; empty for none.
     *
     * @param word what is after the equals sign, in words
     */
    public static <T> AllowedValues<Map<String, Map<String, T>>> byQueue(
            AllowedValues<T> each, String word, String examples) {
        return new AllowedValues<>(
                "a comma-separated list of account/queueExtensionId=" + word + " with " + each.allowed()
                        + ", or nothing",
                examples,
                text -> parseByAccount(text, each).flatMap(AllowedValues::byAccountAndQueue));
    }

    /** A whole percentage, or nothing. */
    public static AllowedValues<OptionalInt> percentOrNothing() {
        AllowedValues<Integer> some = percents();
        return new AllowedValues<>(
                some.allowed() + ", or nothing",
                some.examples(),
                text -> text.isEmpty()
                        ? Optional.of(OptionalInt.empty())
                        : some.reader().apply(text).map(OptionalInt::of));
    }

    /** Whole percentages. */
    public static AllowedValues<Integer> percents() {
        AllowedValues<Integer> numbers = counts(1, 100);
        return new AllowedValues<>(
                "a whole percentage from 1% to 100%",
                "80%",
                text -> text.endsWith("%")
                        ? numbers.reader()
                                .apply(text.substring(0, text.length() - 1).strip())
                        : Optional.empty());
    }

    /** Some of several words, or none. */
    public static AllowedValues<Set<String>> someOf(String... words) {
        Set<String> all = Set.of(words);
        return new AllowedValues<>(
                "a comma-separated list of " + String.join(", ", words) + ", or none",
                words[words.length - 1] + " or " + words[0] + "," + words[1],
                text -> text.equals(NONE)
                        ? Optional.of(Set.of())
                        : Optional.of(Arrays.stream(text.split(" *, *", -1)).collect(Collectors.toUnmodifiableSet()))
                                .filter(all::containsAll));
    }

    /** Rules of {@link ExcludedCalls}, or nothing. */
    public static AllowedValues<ExcludedCalls> excludedCalls() {
        return new AllowedValues<>(
                "a comma-separated list of number:, prefix:, extension: or queue: with a value, each optionally after"
                        + " account/, or nothing",
                "number:+15550100002,809646016/queue:62096127016",
                ExcludedCalls::parse);
    }

    public static AllowedValues<Path> folders() {
        return new AllowedValues<>("the path of a folder", "/var/lib/callweave", AllowedValues::parsePath);
    }

    public static AllowedValues<Path> files() {
        return new AllowedValues<>(
                "the path of a file", "/etc/callweave/accounts.properties", AllowedValues::parsePath);
    }

    /** Addresses, perhaps with a path; never with a slash at the end, a query or a user. */
    public static AllowedValues<URI> urls(String examples) {
        Pattern form = Pattern.compile("https?://[A-Za-z0-9.\\[\\]:-]{1,253}(/[A-Za-z0-9._~-]+)*");
        return new AllowedValues<>("an address without a slash at the end", examples, text -> {
            try {
                return form.matcher(text).matches() ? Optional.of(new URI(text)) : Optional.empty();
            } catch (URISyntaxException notAnAddress) {
                return Optional.empty();
            }
        });
    }

    /** Servers that get secrets: without TLS only on this machine. No path. */
    public static AllowedValues<URI> secureServers(String examples) {
        return new AllowedValues<>(
                "an address with https:// and without a path, or on this machine with http://",
                examples,
                text -> urls(examples)
                        .reader()
                        .apply(text)
                        .filter(url -> url.getHost() != null && url.getPath().isEmpty())
                        .filter(url -> url.getScheme().equals("https")
                                || THIS_MACHINE.matcher(url.getHost()).matches()));
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

    private static <T> Optional<Map<String, T>> parseByAccount(String text, AllowedValues<T> each) {
        Map<String, T> values = new HashMap<>();
        if (text.isEmpty()) {
            return Optional.of(values);
        }
        for (String pair : text.split(",", -1)) {
            String[] parts = pair.strip().split(" *= *", 2);
            Optional<T> value = parts.length < 2 || parts[0].isEmpty()
                    ? Optional.empty()
                    : each.reader().apply(parts[1]);
            if (value.isEmpty() || values.put(parts[0], value.get()) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    private static <T> Optional<Map<String, Map<String, T>>> byAccountAndQueue(Map<String, T> values) {
        Map<String, Map<String, T>> queues = new HashMap<>();
        for (Map.Entry<String, T> value : values.entrySet()) {
            if (!QUEUE.matcher(value.getKey()).matches()) {
                return Optional.empty();
            }
            String[] parts = value.getKey().split("/", 2);
            queues.computeIfAbsent(parts[0], added -> new HashMap<>()).put(parts[1], value.getValue());
        }
        return Optional.of(queues);
    }

    private static <T> Optional<List<T>> parseList(String text, Function<String, Optional<T>> each) {
        List<Optional<T>> parts = Arrays.stream(text.split(",", -1))
                .map(part -> each.apply(part.strip()))
                .toList();
        return parts.stream().allMatch(Optional::isPresent)
                ? Optional.of(parts.stream().flatMap(Optional::stream).toList())
                : Optional.empty();
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
