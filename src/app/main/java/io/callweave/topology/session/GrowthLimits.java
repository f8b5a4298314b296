package io.callweave.topology.session;

import io.callweave.call.CallLimits;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.Peer;
import io.callweave.call.event.Reason;
import io.callweave.call.event.SessionKey;
import io.callweave.call.joining.Joining;
import io.callweave.call.joining.PeerTie;
import io.callweave.call.session.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says which party events are kept: as long as neither their session nor their call grows beyond the {@link CallLimits}. That is
 * decided by what the sessions' values say of their sizes, before anything is folded or written.
 */
public final class GrowthLimits {

    /** A session's value holds all of these names. No real session names so many others, or is named by so many. */
    public static final int MOST_TIES = 250;

    private final SessionStore sessions;
    private final CallLimits limits;

    /** What is to become of an event. */
    public enum Verdict {
        KEEP,
        /** It is kept as if it named no peer: the two calls together would be too large. */
        KEEP_WITHOUT_PEER,
        LEAVE_OUT
    }

    public GrowthLimits(SessionStore sessions, CallLimits limits) {
        this.sessions = sessions;
        this.limits = limits;
    }

    /**
     * Whether a session takes nothing more, because it has as many events as are kept and more were left out. That is known
     * without its events: or each further one of a session that is not in memory would cost as much as all before it.
     */
    public boolean isFull(SessionKey key) {
        SessionState known = sessions.known(key);
        return known != null && isFull(known);
    }

    /** The same, of what is known of the session. */
    public boolean isFull(SessionState session) {
        return session.capped() && session.size().events() >= limits.sessionEvents();
    }

    /**
     * Decides on an event that changes its session.
     *
     * @param joined what the session is one call with now
     */
    public Verdict of(PartyEvent event, StoredSession session, Joining.Component joined) {
        if (fits(event, session, joined)) {
            return Verdict.KEEP;
        }
        return event.facts().peer() != null && fits(event.withoutPeer(), session, joined)
                ? Verdict.KEEP_WITHOUT_PEER
                : Verdict.LEAVE_OUT;
    }

    /**
     * Notes in the calls that something was left out of them.
     *
     * @param event after it was kept, or not
     * @return the sessions that did not say so before
     */
    public Collection<String> note(Verdict verdict, PartyEvent event, StoredSession session, Joining.Component joined) {
        String account = event.session().accountId();
        Peer peer = event.facts().peer();
        if (verdict == Verdict.LEAVE_OUT) {
            // A session of which nothing is kept is in no record, so those that it would have joined say it.
            return cap(account, session.session().isEmpty() ? joined.seen() : List.of(session.id()));
        }
        if (verdict == Verdict.KEEP_WITHOUT_PEER && peer != null) {
            List<String> capped = new ArrayList<>(cap(account, List.of(session.id())));
            if (!joined.seen().contains(peer.telephonySessionId())) {
                // Neither call has what the other one has.
                capped.addAll(cap(
                        account,
                        sessions.componentOf(account, List.of(peer.telephonySessionId()), limits.callSessions())
                                .seen()));
            }
            return capped;
        }
        return List.of();
    }

    /** Whether the call stays within the limits with this event, and with all that it joins to it. */
    private boolean fits(PartyEvent event, StoredSession session, Joining.Component joined) {
        SessionState state = session.state();
        SessionSize size = state.size().with(session.session(), event);
        if (size.events() > limits.sessionEvents()) {
            return false;
        }
        boolean canTie = canTie(event, session.session());
        if (!canTie && joined.seen().isEmpty() && joined.unseen().isEmpty()) {
            // Most sessions are alone, and stay so.
            return size.parties() <= limits.callParties() && size.bytes() <= limits.callBytes();
        }
        Set<String> members = new LinkedHashSet<>(joined.seen());
        members.add(session.id());
        for (String member : members) {
            if (!member.equals(session.id())) {
                size = size.plus(sessions.state(new SessionKey(event.session().accountId(), member))
                        .size());
            }
        }
        int seen = members.size();
        Set<String> all = new LinkedHashSet<>(members);
        all.addAll(joined.unseen());
        if (canTie) {
            Map<String, PeerTie> ties = PeerTie.of(session.session().with(event));
            // A body that replaces another one can also take a supervision back that kept two calls apart.
            for (String peer : SessionTies.peers(state, ties)) {
                SessionTie before = state.tie(peer);
                if (before.own() == null && !canBeTied(session.key(), peer, state)) {
                    return false;
                }
                if (!before.withOwn(ties.get(peer)).joins() || all.contains(peer)) {
                    continue;
                }
                Joining.Component other = sessions.componentOf(
                        event.session().accountId(), List.of(peer), limits.callSessions() - all.size());
                for (String id : other.seen()) {
                    if (all.add(id)) {
                        seen++;
                        size = size.plus(
                                sessions.state(new SessionKey(event.session().accountId(), id))
                                        .size());
                    }
                }
                all.addAll(other.unseen());
                if (!size.isWithin(limits, all.size())) {
                    return false;
                }
            }
        }
        return size.parties() <= limits.callParties()
                && size.bytes() <= limits.callBytes()
                && (seen == 1 || size.events() <= limits.callEvents());
    }

    /** Whether what the session says of its peers can be different with this event. */
    private static boolean canTie(PartyEvent event, Session session) {
        return event.facts().peer() != null
                || Reason.TAKE_OVER.equals(event.facts().reason())
                || session.hasPlaceOf(event);
    }

    /** Both values hold the tie, and neither may grow without end. */
    private boolean canBeTied(SessionKey key, String peer, SessionState state) {
        SessionState ofPeer = sessions.state(new SessionKey(key.accountId(), peer));
        int most = Math.max(MOST_TIES, limits.callSessions());
        return state.ties().containsKey(peer)
                || (state.ties().size() < most && ofPeer.ties().size() < most);
    }

    /** Notes that events or sessions were left out; those of the sessions that did not say so yet. */
    private Collection<String> cap(String account, Collection<String> ids) {
        List<String> capped = new ArrayList<>();
        for (String id : ids) {
            SessionKey key = new SessionKey(account, id);
            SessionState state = sessions.state(key);
            if (state.isSeen() && !state.capped()) {
                sessions.putState(key, state.asCapped());
                capped.add(id);
            }
        }
        return capped;
    }
}
