package io.callweave.settings;

/** The sources of values; each one overrides those before it. */
public enum Source {
    DEFAULT("default"),
    FILE("file"),
    ENVIRONMENT("env"),
    FLAG("flag");

    private final String label;

    Source(String label) {
        this.label = label;
    }

    /** As {@code callweave config} prints it. */
    public String label() {
        return label;
    }
}
