package io.callweave.value;

/** What can be said of a field or value besides its type, in the order and with the names of its JSON Schema. */
public enum Keyword {
    PATTERN("pattern"),
    MAXIMUM("maximum"),
    /** All words that there will be. */
    ENUM("enum"),
    /** All words that are written today; others may come. */
    KNOWN_VALUES("x-known-values"),
    EXAMPLES("examples"),
    DESCRIPTION("description"),
    /** RingCentral's name for a figure. */
    BUSINESS_ANALYTICS("x-business-analytics"),
    /** Where the documentation says more. */
    SEE("x-see");

    private final String schemaName;

    Keyword(String schemaName) {
        this.schemaName = schemaName;
    }

    public String schemaName() {
        return schemaName;
    }
}
