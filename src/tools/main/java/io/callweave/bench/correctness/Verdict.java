package io.callweave.bench.correctness;

/**
 * The records of a subject beside the truth.
 *
 * @param calls calls of which at least one notification arrived
 * @param right one record, with the start, the length and the answer of the call
 * @param marked the record is not right, and says that something is missing
 * @param wrong the record is not right, and does not say so
 * @param missing no record
 * @param extra records of no call, or further records of one
 */
public record Verdict(long calls, long right, long marked, long wrong, long missing, long extra) {

    /** Wrong, missing and extra. */
    public long bad() {
        return wrong + missing + extra;
    }
}
