package io.callweave.settings;

import io.callweave.settings.value.Durations;
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
 * All settings, validated together: code that has them needs no checks of its own. Read what you need once, at the
 * start, and pass on plain values.
 */
public final class Settings {

    /** By name; a setting that is missing here has its default. */
    private final SortedMap<String, Given> given;

    /** The environment variables, because some defaults depend on them. */
    private final Map<String, String> environment;

    private final Optional<Path> fileWithSecrets;

    private Settings(SortedMap<String, Given> given, Map<String, String> environment, Optional<Path> fileWithSecrets) {
        this.given = Collections.unmodifiableSortedMap(given);
        this.environment = Map.copyOf(environment);
        this.fileWithSecrets = fileWithSecrets;
    }

    public static Settings defaults() {
        return load(Map.of(), Map.of(), Optional.empty());
    }

    /**
     * A flag overrides the environment, and the environment overrides the file. An invalid value stops the start even
     * if it is overridden: it would take effect when somebody removes the flag.
     *
     * @param flags from setting names to texts
     * @param environment all variables; those that do not start with CALLWEAVE_ are ignored
     * @param file if null, CALLWEAVE_CONFIG can name one
     * @throws SettingsException if any value is invalid
     */
    public static Settings load(Map<String, String> flags, Map<String, String> environment, Optional<Path> file) {
        List<Given> all = new ArrayList<>(readFile(environment, file));
        boolean hasSecrets = all.stream().anyMatch(Given::isSecret);
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
        Settings settings = new Settings(
                byName,
                environment,
                hasSecrets
                        ? file.or(() -> Optional.of(Path.of(environment.getOrDefault(Environment.FILE, ""))))
                        : Optional.empty());
        settings.checkRetentions();
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
            throw given.wrong(setting.mustBe() + setting.meant(given.text()));
        }
    }

    private void checkRetentions() {
        // A revision is compared with the call's earlier state and its counted values, so both must still exist.
        checkSum(KnownSettings.NOTIFICATIONS_RETENTION);
        checkSum(KnownSettings.METRICS_RETENTION);
        // Readers must find the record that a revision replaces, and the earlier value of a window.
        checkNotBelow(KnownSettings.CALLS_RETENTION, KnownSettings.COMPLETION_LATE_WINDOW);
        checkNotBelow(KnownSettings.PARTY_METRICS_RETENTION, KnownSettings.COMPLETION_LATE_WINDOW);
        checkNotBelow(KnownSettings.WINDOW_METRICS_RETENTION, KnownSettings.METRICS_RETENTION);
    }

    private void checkSum(Setting<Duration> retention) {
        Duration least = get(KnownSettings.COMPLETION_LATE_WINDOW).plus(get(KnownSettings.COMPLETION_MAX_IDLE));
        if (get(retention).compareTo(least) < 0) {
            throw inForce(retention)
                    .wrong("at least " + Durations.format(least) + ", the sum of "
                            + inForce(KnownSettings.COMPLETION_LATE_WINDOW) + " and "
                            + inForce(KnownSettings.COMPLETION_MAX_IDLE) + ".");
        }
    }

    private void checkNotBelow(Setting<Duration> retention, Setting<Duration> other) {
        if (get(retention).compareTo(get(other)) < 0) {
            throw inForce(retention).wrong("at least as long as " + inForce(other) + ".");
        }
    }

    private Given inForce(Setting<?> setting) {
        Given found = given.get(setting.name());
        return found != null
                ? found
                : new Given(setting.name(), setting.byDefault(environment).orElse(""), Source.DEFAULT, "the default");
    }

    /**
     * The effective value.
     *
     * @throws SettingsException if it has no default and is not set
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

    /** What was set, by name, as it was given: to derive other settings from, and not to be shown, as secrets are in it. */
    public Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        given.forEach((name, one) -> texts.put(name, one.text()));
        return texts;
    }

    /** The settings file, if there is a secret in it. */
    public Optional<Path> fileWithSecrets() {
        return fileWithSecrets;
    }

    /** For a producer, consumer or admin client: {@code kafka.*} without the prefix, and the brokers. */
    public Map<String, Object> kafkaClientOptions() {
        Map<String, Object> options = new TreeMap<>();
        putText(options, KnownSettings.BOOTSTRAP_SERVERS);
        putAll(options, PassThrough.KAFKA);
        return Collections.unmodifiableMap(options);
    }

    /** For Kafka Streams: the options of its clients, its own identity and state, and {@code streams.*} over these. */
    public Map<String, Object> kafkaStreamsOptions() {
        Map<String, Object> options = new TreeMap<>(kafkaClientOptions());
        putText(options, KnownSettings.APPLICATION_ID);
        // Without it, Kafka Streams uses a folder below /tmp, which is emptied.
        options.put(KnownSettings.STATE_DIR.name(), get(KnownSettings.STATE_DIR).toString());
        putAll(options, PassThrough.STREAMS);
        return Collections.unmodifiableMap(options);
    }

    /** These settings have Kafka's names. */
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
     * A setting and its effective value.
     *
     * @param value the value to show, {@code ***} for a secret; empty if it is not set
     */
    public record Effective(String name, Optional<String> value, Source source, String doc) {}

    /**
     * Everything that is in effect, ready to be shown: first the settings, then the options that are passed on to
     * Kafka.
     */
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
