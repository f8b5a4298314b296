package io.callweave.topology;

/**
 * What one call may grow to. Real calls stay far below; without an end, a single one could stop its partition.
 *
 * @param sessionEvents party events that are kept of a session
 * @param callSessions sessions that are joined into a call
 * @param callEvents party events that are kept of a call
 * @param recordBytes size of a record; a larger one leaves its parties out
 */
public record Limits(int sessionEvents, int callSessions, int callEvents, int recordBytes) {

    public static final Limits DEFAULT = new Limits(2_000, 100, 5_000, 4 << 20);
}
