package io.callweave.console.store;

import java.util.Locale;

/** In which order calls are listed: by a value and then the newest first, so that each call has one place. */
public enum ListOrder {
    /** The newest first. */
    START("start"),
    /** The longest wait first, and calls without one at the end. */
    WAIT("coalesce(wait, -1)"),
    /** The longest talk first. */
    TALK("talk");

    private final String value;

    ListOrder(String value) {
        this.value = value;
    }

    /** The SQL of what is compared first. */
    String value() {
        return value;
    }

    /** All that is compared: SQL for a list of values, the largest first. */
    String columns() {
        return this == START ? "start, account, call" : value + ", start, account, call";
    }

    String sql() {
        String newest = "start DESC, account DESC, call DESC";
        return this == START ? newest : value + " DESC, " + newest;
    }

    /** As in requests. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
