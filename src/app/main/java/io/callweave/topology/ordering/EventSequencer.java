package io.callweave.topology.ordering;

import io.callweave.call.CallRules;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import io.callweave.call.session.Session;
import io.callweave.record.PartyEventJson;
import io.callweave.topology.message.StageOutput;
import io.callweave.topology.session.SessionSequence;
import io.callweave.topology.session.SessionStore;
import io.callweave.topology.session.StoredSession;
import io.callweave.topology.time.StepLimits;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Decides when which party event goes out to {@code party-events}. */
public final class EventSequencer {

    /** Characters of one session that may wait; what is more goes out at once, gap or not. */
    private static final int MOST_HELD = 1 << 20;

    /** How often a gap is looked at whose account waits. */
    private static final long LOOK_AGAIN_MS = 2_000;

    private final SessionStore sessions;
    private final GapQueue gaps;
    private final CallRules rules;
    private final long gapGrace;
    private final boolean read;
    private final Predicate<String> waiting;

    /**
     * Makes one.
     *
     * @param gapGrace how long a missing sequence holds back what follows, in milliseconds
     * @param read whether somebody reads {@code party-events}; else nothing goes out, and nothing is held back
     * @param waiting accounts of which notifications wait that can fill a gap, whatever the clock says
     */
    public EventSequencer(
            SessionStore sessions,
            GapQueue gaps,
            CallRules rules,
            long gapGrace,
            boolean read,
            Predicate<String> waiting) {
        this.sessions = sessions;
        this.gaps = gaps;
        this.rules = rules;
        this.gapGrace = gapGrace;
        this.read = read;
        this.waiting = waiting;
    }

    /**
     * Takes an event at a place that was not known; the caller adds it to the session.
     *
     * @param source the partition of {@code notifications} that its session is in
     * @param receivedAt when it was received, in milliseconds since the epoch
     * @param out where it goes if it goes out now
     */
    public void arrive(StoredSession session, PartyEvent event, int source, long receivedAt, List<StageOutput> out) {
        if (!read) {
            session.sequence().pass(event);
            return;
        }
        SessionSequence.Arrival arrival = session.sequence().arrive(event, receivedAt);
        if (arrival == SessionSequence.Arrival.HELD) {
            long since = Math.max(1, receivedAt);
            gaps.hold(session.key(), source, since + gapGrace(session.key()));
            return;
        }
        boolean late = arrival == SessionSequence.Arrival.LATE;
        out.add(ordered(session.session(), event, late, false, receivedAt));
    }

    /** What an event let go that waited for it; to be called when it is added to the session. */
    public void release(StoredSession session, long time, List<StageOutput> out) {
        if (!session.sequence().isHolding()) {
            return;
        }
        boolean tooMuch = session.sequence().heldLength() > MOST_HELD;
        long giveUpBefore = tooMuch ? Long.MAX_VALUE : time - gapGrace(session.key());
        for (SessionSequence.Release release : session.sequence().release(giveUpBefore)) {
            sessions.release(session, release.event().place());
            if (read) {
                out.add(ordered(session.session(), release.event(), false, release.afterGap(), time));
            }
        }
        if (!session.sequence().isHolding()) {
            gaps.release(session.key());
        }
    }

    /** Whether {@link #due} may have something to do. */
    public boolean mayHave(int source, long time) {
        return gaps.mayHave(source, time);
    }

    /**
     * What goes out because of the time, as far as the budget goes.
     *
     * @param source the partition of {@code notifications} that this clock belongs to
     * @return whether there may be more
     */
    public boolean due(int source, long time, StepLimits.Budget budget, List<StageOutput> out) {
        while (!budget.isSpent()) {
            SessionKey key = gaps.due(source, time);
            if (key == null) {
                return false;
            }
            if (waiting.test(key.accountId())) {
                gaps.holdOn(key, time + LOOK_AGAIN_MS);
                budget.spend();
                continue;
            }
            int before = out.size();
            StoredSession session = sessions.get(key);
            release(session, time, out);
            if (session.sequence().isHolding()) {
                gaps.holdOn(key, session.sequence().heldSince() + gapGrace(key));
            } else {
                gaps.release(key);
            }
            // Each event is written: one session can hold as many as thousands of others.
            budget.spend(Math.max(1, out.size() - before));
        }
        return true;
    }

    /** Where gaps are normal, the missing events do not come, so there is no wait. */
    private long gapGrace(SessionKey key) {
        return rules.gapsCount(key.accountId()) ? gapGrace : 0;
    }

    private static StageOutput ordered(
            Session session, PartyEvent event, boolean late, boolean afterGap, long receivedAt) {
        PartyEvent previous = previous(session, event);
        byte[] json = PartyEventJson.write(
                event,
                late,
                previous == null ? null : previous.facts().status(),
                previous == null ? null : Long.valueOf(previous.eventTime()));
        return new StageOutput.OrderedEvent(
                event.session().accountId(), event.session().telephonySessionId(), json, late, afterGap, receivedAt);
    }

    /** The party's event with the next lower sequence. */
    private static @Nullable PartyEvent previous(Session session, PartyEvent event) {
        List<PartyEvent> events = session.events();
        for (int i = events.size() - 1; i >= 0; i--) {
            PartyEvent other = events.get(i);
            if (other.sequence() < event.sequence() && other.partyId().equals(event.partyId())) {
                return other;
            }
        }
        return null;
    }
}
