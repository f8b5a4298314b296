package io.callweave.settings;

/** Where a value can come from; each one overrules those before it. */
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
