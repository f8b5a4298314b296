package io.callweave.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is set, checked as a whole: whoever holds one of these needs no checks of his own. Read what you need once, at the
 * start, and hand on plain values.
 */
public final class Settings {

    /** By name; what is missing here has its default. */
    private final SortedMap<String, Given> given;

    private Settings(SortedMap<String, Given> given) {
        this.given = Collections.unmodifiableSortedMap(given);
    }

    public static Settings defaults() {
        return load(Map.of(), Map.of(), Optional.empty());
    }

    /**
     * A flag overrules the environment, and that the file. A wrong value stops the start also where it is overruled: it
     * would come into force when somebody removes the flag.
     *
     * @param flags from setting names to texts
     * @param environment all variables; those that do not start with CALLWEAVE_ are not looked at
     * @param file if there is none, CALLWEAVE_CONFIG can name one
     * @throws SettingsException if anything that was given is wrong
     */
    public static Settings load(Map<String, String> flags, Map<String, String> environment, Optional<Path> file) {
        List<Given> all = new ArrayList<>(readFile(environment, file));
        all.addAll(Environment.read(environment));
        new TreeMap<>(flags)
                .forEach((name, text) -> all.add(new Given(name, text, Source.FLAG, "from the command line")));

        SortedMap<String, Given> byName = new TreeMap<>();
        for (Given one : all) {
            Names.check(one);
            byName.put(one.name(), one);
        }
        for (Setting<?> setting : KnownSettings.all()) {
            all.stream().filter(one -> one.name().equals(setting.name())).forEach(one -> check(setting, one));
        }
        Settings settings = new Settings(byName);
        settings.checkRetention(KnownSettings.NOTIFICATIONS_RETENTION);
        settings.checkRetention(KnownSettings.METRICS_RETENTION);
        return settings;
    }

    private static List<Given> readFile(Map<String, String> environment, Optional<Path> file) {
        if (file.isPresent()) {
            return SettingsFile.read(file.get(), "from the command line");
        }
        String named = environment.getOrDefault(Environment.FILE, "");
        return named.isEmpty()
                ? List.of()
                : SettingsFile.read(Path.of(named), "from the environment variable " + Environment.FILE);
    }

    private static void check(Setting<?> setting, Given given) {
        if (setting.read(given.text()).isEmpty()) {
            throw given.wrong(setting.mustBe());
        }
    }

    /** What is revised is checked against what came before and counted before, so that must still be there. */
    private void checkRetention(Setting<Duration> retention) {
        Duration least = get(KnownSettings.COMPLETION_LATE_WINDOW).plus(get(KnownSettings.COMPLETION_MAX_IDLE));
        if (get(retention).compareTo(least) < 0) {
            throw inForce(retention)
                    .wrong("at least " + Durations.format(least) + ", the sum of "
                            + inForce(KnownSettings.COMPLETION_LATE_WINDOW) + " and "
                            + inForce(KnownSettings.COMPLETION_MAX_IDLE));
        }
    }

    private Given inForce(Setting<?> setting) {
        Given found = given.get(setting.name());
        return found != null
                ? found
                : new Given(setting.name(), setting.byDefault().orElse(""), Source.DEFAULT, "the default");
    }

    /**
     * The value in force.
     *
     * @throws SettingsException if it has no default and nobody set it
     */
    public <T> T get(Setting<T> setting) {
        return find(setting)
                .orElseThrow(() -> new SettingsException(setting + " is not set, but is needed here: give "
                        + setting.flag() + ", " + setting.variable() + " or a line " + setting
                        + "=... in the settings file."));
    }

    /** For a setting without a default. */
    public <T> Optional<T> find(Setting<T> setting) {
        return setting.read(inForce(setting).text());
    }

    /** For a producer, consumer or admin client: {@code kafka.*} without the prefix, and where the brokers are. */
    public Map<String, Object> kafkaClientOptions() {
        Map<String, Object> options = new TreeMap<>();
        putText(options, KnownSettings.BOOTSTRAP_SERVERS);
        putAll(options, PassThrough.KAFKA);
        return Collections.unmodifiableMap(options);
    }

    /** For Kafka Streams: what its clients get, its own identity and state, and on top {@code streams.*}. */
    public Map<String, Object> kafkaStreamsOptions() {
        Map<String, Object> options = new TreeMap<>(kafkaClientOptions());
        putText(options, KnownSettings.APPLICATION_ID);
        putText(options, KnownSettings.STATE_DIR);
        putAll(options, PassThrough.STREAMS);
        return Collections.unmodifiableMap(options);
    }

    /** These settings have the names that Kafka gives them. */
    private void putText(Map<String, Object> options, Setting<?> setting) {
        find(setting).ifPresent(value -> options.put(setting.name(), value.toString()));
    }

    private void putAll(Map<String, Object> options, PassThrough kind) {
        given.forEach((name, one) -> {
            if (name.startsWith(kind.prefix())) {
                options.put(kind.option(name), one.text());
            }
        });
    }

    /**
     * A setting as it is in force.
     *
     * @param value as it may be shown, {@code ***} for a secret; nothing if it is not set
     */
    public record Effective(String name, Optional<String> value, Source source, String doc) {}

    /** Everything that is in force, ready to be shown; the settings first, then what is handed on to Kafka. */
    public List<Effective> effective() {
        List<Effective> effective = new ArrayList<>();
        for (Setting<?> setting : KnownSettings.all()) {
            effective.add(effective(inForce(setting), setting.doc()));
        }
        given.forEach((name, one) -> PassThrough.of(name).ifPresent(kind -> effective.add(effective(one, kind.doc()))));
        return effective;
    }

    private static Effective effective(Given one, String doc) {
        Optional<String> value = Optional.of(
                        Secrets.masked(one.name(), one.text().strip()))
                .filter(text -> one.source() != Source.DEFAULT || !text.isEmpty());
        return new Effective(one.name(), value, one.source(), doc);
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return effective().toString();
    }
}
