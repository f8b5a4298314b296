package io.callweave.settings;

import java.util.Locale;
import java.util.Optional;

/**
 * Something that can be set: its name, what it may be, what it is if nobody sets it, and what it does. {@link
 * KnownSettings} holds them all.
 */
public final class Setting<T> {

    private final String name;
    private final Values<T> values;
    private final Optional<String> byDefault;
    private final String doc;

    /** @param byDefault empty for none */
    Setting(String name, Values<T> values, Optional<String> byDefault, String doc) {
        this.name = name;
        this.values = values;
        this.byDefault = byDefault;
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

    /** What it may be, in words. */
    public String allowed() {
        return values.allowed();
    }

    /** The default as one would write it. */
    public Optional<String> byDefault() {
        return byDefault;
    }

    /** What it does, in one line. */
    public String doc() {
        return doc;
    }

    /** What the text means; nothing if it is not allowed. */
    Optional<T> read(String text) {
        return values.reader().apply(text.strip());
    }

    String mustBe() {
        return values.allowed() + (values.examples().isEmpty() ? "" : ", such as " + values.examples());
    }

    @Override
    public String toString() {
        return name;
    }
}
