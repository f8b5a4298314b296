package io.callweave.console.store;

/** In which order calls are listed. */
public enum ListOrder {
    /** The newest first. Only this one has further pages. */
    START("start DESC, account DESC, call DESC"),
    /** The longest wait first. */
    WAIT("wait DESC, start DESC, account DESC, call DESC"),
    /** The longest talk first. */
    TALK("talk DESC, start DESC, account DESC, call DESC");

    private final String sql;

    ListOrder(String sql) {
        this.sql = sql;
    }

    String sql() {
        return sql;
    }
}
