package io.callweave.topology.session;

import io.callweave.call.fact.FactContent;
import io.callweave.call.fact.LaterFact;
import io.callweave.call.fact.SessionFacts;
import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.BinaryWriter;
import io.callweave.topology.state.LaterFactCodec;

/**
 * The later facts of a session, and what is still to be done because of them. Sessions without any take no room for it.
 *
 * @param revisionDue when its call is to be revised because they have changed, in milliseconds since the epoch; 0 if
 *     nothing waits
 * @param awaited whether facts that name this session wait for its first event
 */
public record LaterState(SessionFacts facts, long revisionDue, boolean awaited) {

    public static final LaterState NONE = new LaterState(SessionFacts.NONE, 0, false);

    private static final int IS_AWAITED = 1;

    boolean isNothing() {
        return equals(NONE);
    }

    public LaterState with(SessionFacts others) {
        return new LaterState(others, revisionDue, awaited);
    }

    public LaterState dueAt(long time) {
        return new LaterState(facts, time, awaited);
    }

    public LaterState awaited(boolean isAwaited) {
        return new LaterState(facts, revisionDue, isAwaited);
    }

    /** A record with these facts went out. */
    LaterState revised() {
        return revisionDue == 0 ? this : dueAt(0);
    }

    /** About how many bytes it takes in memory. */
    long weight() {
        long weight = 0;
        for (LaterFact fact : facts.facts()) {
            weight += 400;
            weight += 2L * fact.content().characters();
            if (fact.content() instanceof FactContent.LogEntry entry) {
                weight += 400L * entry.legs().size();
            }
        }
        return weight;
    }

    void write(BinaryWriter out) {
        out.u8(awaited ? IS_AWAITED : 0).varint(revisionDue);
        LaterFactCodec.write(facts, out);
    }

    static LaterState read(BinaryReader in) {
        boolean awaited = in.u8() == IS_AWAITED;
        long revisionDue = in.varint();
        return new LaterState(LaterFactCodec.readAll(in), revisionDue, awaited);
    }
}
