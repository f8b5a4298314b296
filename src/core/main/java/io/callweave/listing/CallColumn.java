package io.callweave.listing;

/** The columns of the table of calls, from left to right. */
enum CallColumn {
    STARTED("start (UTC)", 5, 13),
    DIRECTION("", 3, 16),
    FROM("from", Columns.NEVER, 0),
    TO("to", Columns.NEVER, 0),
    OUTCOME("what happened", Columns.NEVER, 0),
    WAIT("wait", 1, 16),
    LASTED("lasted", 2, 16),
    /** Only where one call can have several records. */
    REVISION("revision", 4, 16);

    private final String title;
    private final int leftOut;
    private final int enough;

    /**
     * A column.
     *
     * @param leftOut where there is no room, the column with the lowest number is left out first
     * @param enough it stays if those that are never left out are as wide as they need to be, or have this width
     */
    CallColumn(String title, int leftOut, int enough) {
        this.title = title;
        this.leftOut = leftOut;
        this.enough = enough;
    }

    Columns.Column column() {
        return new Columns.Column(title, leftOut, enough, this == OUTCOME ? 3 : 2, this == FROM ? " \u2192 " : "  ");
    }
}
