package io.callweave.call.fact;

import java.util.Comparator;

/**
 * What tells one later fact of a session from another.
 *
 * @param id RingCentral's id of the recording, message or log record
 * @param part what the fact says of it: empty, or a member of {@code insights}, because each of these counts by itself
 */
public record FactId(FactKind kind, String id, String part) implements Comparable<FactId> {

    private static final Comparator<FactId> ORDER =
            Comparator.comparing(FactId::kind).thenComparing(FactId::id).thenComparing(FactId::part);

    /** Whether both are about the same recording or message. */
    public boolean isOfSame(FactId other) {
        return kind == other.kind && id.equals(other.id);
    }

    @Override
    public int compareTo(FactId other) {
        return ORDER.compare(this, other);
    }
}
