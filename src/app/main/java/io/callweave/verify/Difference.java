package io.callweave.verify;

import io.callweave.record.RecordHead;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A call of which table and topic say different things.
 *
 * @param own the row of the table; null if there is none
 * @param ours the newest record on the topic; null if there is none
 */
public record Difference(
        Kind kind, @Nullable RecordHead own, @Nullable RecordHead ours) {

    /** What is different. */
    public enum Kind {
        /** The table has no row. */
        MISSING,
        /** The table has an older revision. */
        OLD,
        /** The table has a row of a call that became part of another one. */
        SUPERSEDED,
        /** The topic has no such call, or none of this revision. */
        UNKNOWN,
        /** Any of these, but so young that the table may get it yet. */
        CHANGING,
        /** The topic no longer has records of that time. */
        EXPIRED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether the table is wrong. */
        public boolean isWrong() {
            return this != CHANGING && this != EXPIRED;
        }

        /** Whether the newest record of the call puts the table right. */
        public boolean canBeFetched() {
            return this == MISSING || this == OLD || this == SUPERSEDED;
        }
    }

    /** Of the table or the topic, as far as it is there. */
    public RecordHead call() {
        RecordHead known = ours == null ? own : ours;
        if (known == null) {
            throw new IllegalStateException("a difference of nothing");
        }
        return known;
    }
}
