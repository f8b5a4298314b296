package io.callweave.settings;

import io.callweave.settings.value.AllowedValues;
import io.callweave.settings.value.Spelling;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A setting: its name, its allowed values, its default and its meaning. {@link KnownSettings} holds them all.
 */
public final class Setting<T> {

    private final String name;
    private final AllowedValues<T> values;
    private final Optional<String> byDefault;
    private final Function<Map<String, String>, Optional<String>> defaultIn;
    private final String doc;

    /** @param byDefault empty for none */
    Setting(String name, AllowedValues<T> values, Optional<String> byDefault, String doc) {
        this(name, values, byDefault, environment -> byDefault, doc);
    }

    /**
     * A setting with a default that depends on the environment.
     *
     * @param byDefault how the documentation shows the default
     * @param defaultIn the default for these environment variables; empty if they give none
     */
    Setting(
            String name,
            AllowedValues<T> values,
            Optional<String> byDefault,
            Function<Map<String, String>, Optional<String>> defaultIn,
            String doc) {
        this.name = name;
        this.values = values;
        this.byDefault = byDefault;
        this.defaultIn = defaultIn;
        this.doc = doc;
        if (byDefault.isPresent() && values.reader().apply(byDefault.get()).isEmpty()) {
            throw new IllegalArgumentException(name + " cannot have the default " + byDefault.get());
        }
    }

    public String name() {
        return name;
    }

    /** The name of its environment variable. */
    public String variable() {
        return Environment.PREFIX
                + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** The name of its flag. */
    public String flag() {
        return "--" + name.replace('.', '-');
    }

    /** Its allowed values, in words. */
    public String allowed() {
        return values.allowed();
    }

    /** The values of a setting that has a few words only; else none. */
    public List<String> words() {
        String allowed = values.allowed();
        return allowed.matches("[a-z0-9-]+(?: or [a-z0-9-]+)+") ? List.of(allowed.split(" or ")) : List.of();
    }

    /** The default as written in a file. */
    public Optional<String> byDefault() {
        return byDefault;
    }

    /** The default with these environment variables. */
    Optional<String> byDefault(Map<String, String> environment) {
        return defaultIn.apply(environment);
    }

    /** Its meaning, in one line. */
    public String doc() {
        return doc;
    }

    /** The value of a text; empty if it is not allowed. */
    Optional<T> read(String text) {
        return values.reader().apply(text.strip());
    }

    /** A value that is allowed; in words if only the user can know one. */
    String example() {
        return values.examples().isEmpty() ? values.allowed() : values.examples();
    }

    String mustBe() {
        return values.allowed() + (values.examples().isEmpty() ? "" : ", such as " + values.examples());
    }

    /** The word that was probably meant by a value that is not allowed, as a question; a full stop if none is near. */
    String meant(String wrong) {
        return Spelling.nearest(wrong, words())
                .map(meant -> "; did you mean " + meant + "?")
                .orElse(".");
    }

    @Override
    public String toString() {
        return name;
    }
}
