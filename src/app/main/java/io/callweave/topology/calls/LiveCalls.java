package io.callweave.topology.calls;

import io.callweave.call.event.SessionKey;
import io.callweave.call.live.LiveCall;
import io.callweave.record.LiveCallJson;
import io.callweave.topology.message.StageOutput;
import io.callweave.topology.session.SessionStore;
import io.callweave.topology.session.StoredSession;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a wallboard needs of each call that goes on: one value at once, further ones at most one per interval, and a tombstone
 * when the call is no longer live under its id. Which calls are live stands in their sessions, so that a restart does not lose
 * what the interval holds back.
 */
public final class LiveCalls {

    /** Who is far behind makes up for it sooner if calls that have long ended never go out as live. */
    private static final int INTERVALS_WHEN_FAR_BEHIND = 4;

    private static final int MANY = 1_000;

    private final SessionStore sessions;
    private final long interval;
    private final int recordBytes;
    private final boolean read;

    /** When each live call was last emitted, by the session that is its id. */
    private final Map<SessionKey, Long> lastSent = new HashMap<>();

    /** Calls that have changed within their interval, and when that ends; an entry that waits no more is passed over. */
    private final PriorityQueue<Waiting> queue = new PriorityQueue<>(Comparator.comparingLong(Waiting::until));

    private final Set<SessionKey> waiting = new HashSet<>();

    /** Those of them that nobody has heard of yet. */
    private final Set<SessionKey> unsent = new HashSet<>();

    /** By session of a live call: when it was emitted under another id than before. */
    private final Map<SessionKey, Long> lastMoved = new HashMap<>();

    private boolean farBehind;
    private int liveSessions;

    private record Waiting(long until, SessionKey key) {}

    /**
     * Makes one.
     *
     * @param interval between two values of a call, in milliseconds
     * @param recordBytes how large a value may be
     * @param read whether somebody reads {@code live-calls}; else calls are only counted
     */
    public LiveCalls(SessionStore sessions, long interval, int recordBytes, boolean read) {
        this.sessions = sessions;
        this.interval = interval;
        this.recordBytes = recordBytes;
        this.read = read;
    }

    /**
     * Takes up a session of a restored store. What of its call had changed within its interval is not known any more, so each
     * live call is emitted once.
     */
    public void restore(StoredSession session) {
        String callId = session.state().liveIn();
        if (callId != null) {
            SessionKey key = new SessionKey(session.key().accountId(), callId);
            lastSent.put(key, 0L);
            if (read) {
                enqueue(key, 0);
            }
            liveSessions++;
        }
    }

    public int calls() {
        return lastSent.size();
    }

    public int liveSessions() {
        return liveSessions;
    }

    /**
     * A live call has changed: gives it out now, or when its interval is over. Who joins a call with others and parts it again cannot have all
     * of it emitted each time, under ever new ids.
     */
    void update(CallView view, long time, long cause, List<StageOutput> out) {
        SessionKey key = key(view);
        String callId = key.telephonySessionId();
        boolean moves = false;
        for (StoredSession session : view.sessions()) {
            if (!callId.equals(session.state().liveIn())) {
                liveSessions += session.state().liveIn() == null ? 1 : 0;
                moves |= session.state().liveIn() != null;
                sessions.putState(session.key(), session.state().liveIn(callId));
            }
        }
        if (!read) {
            lastSent.put(key, time);
            return;
        }
        Long last = lastSent.get(key);
        if (last == null && (delay() > 0 || (moves && hasMoved(view, time)))) {
            lastSent.put(key, time);
            unsent.add(key);
            enqueue(key, time + interval);
        } else if (last != null && time - last < interval + delay()) {
            enqueue(key, last + interval);
        } else {
            send(view, time, cause, out);
            if (moves) {
                moved(view, time);
            }
        }
    }

    private boolean hasMoved(CallView view, long time) {
        for (StoredSession session : view.sessions()) {
            Long last = lastMoved.get(session.key());
            if (last != null && time - last < interval) {
                return true;
            }
        }
        return false;
    }

    private void moved(CallView view, long time) {
        if (lastMoved.size() >= MANY) {
            lastMoved.values().removeIf(last -> time - last >= interval);
        }
        view.sessions().forEach(session -> lastMoved.put(session.key(), time));
    }

    /** Whether more is left to read than can be read in a second; then values wait four times as long, the first one too. */
    public void farBehind(boolean is) {
        farBehind = is;
    }

    /** How much longer than usual values wait, in milliseconds. */
    private long delay() {
        return farBehind ? (INTERVALS_WHEN_FAR_BEHIND - 1) * interval : 0;
    }

    /**
     * Whether a call that has changed is held back by its interval, or by nobody's reading. If so, this takes note of the change, and the call need
     * not be put together for it. Not if sessions were joined or parted: all must stand under one id, which is one of them.
     */
    boolean holdsBack(List<StoredSession> call, long time) {
        String callId = call.get(0).state().liveIn();
        StoredSession first = null;
        for (StoredSession session : call) {
            if (callId == null || !callId.equals(session.state().liveIn())) {
                return false;
            }
            first = callId.equals(session.id()) ? session : first;
        }
        Long last = first == null ? null : lastSent.get(first.key());
        if (!read) {
            return last != null;
        }
        if (first == null || last == null || time - last >= interval + delay()) {
            return false;
        }
        enqueue(first.key(), last + interval);
        return true;
    }

    private void enqueue(SessionKey key, long until) {
        if (waiting.add(key)) {
            queue.add(new Waiting(until, key));
        }
    }

    /** Removes and returns a call to emit now, because its interval is over; null if there is none. */
    @Nullable
    public SessionKey takeReady(long time) {
        while (hasReady(time)) {
            SessionKey key = queue.remove().key();
            if (waiting.remove(key)) {
                return key;
            }
        }
        return null;
    }

    /** A call that was {@linkplain #takeReady ready} waits longer, as if all were far behind. */
    public void putOff(SessionKey key, long time) {
        enqueue(key, time + INTERVALS_WHEN_FAR_BEHIND * interval);
    }

    /** Whether the interval of some call is over. */
    public boolean hasReady(long time) {
        Waiting next = queue.peek();
        return next != null && next.until() <= time - delay();
    }

    private void send(CallView view, long time, long cause, List<StageOutput> out) {
        SessionKey key = key(view);
        LiveCall live = LiveCall.of(view.call());
        byte[] json = LiveCallJson.write(live);
        if (json.length > recordBytes) {
            json = LiveCallJson.write(live.withoutParties());
        }
        out.add(new StageOutput.LiveUpdate(key.accountId(), key.telephonySessionId(), json, cause));
        lastSent.put(key, time);
        waiting.remove(key);
        unsent.remove(key);
    }

    /** A call is no longer live. {@linkplain #clear Clear} the id that it had. */
    void finished(List<StoredSession> call) {
        for (StoredSession session : call) {
            if (session.state().liveIn() != null) {
                liveSessions--;
                sessions.putState(session.key(), session.state().liveIn(null));
            }
        }
    }

    /** Tombstones for ids under which calls were live before, unless they are again. */
    void clear(String account, Set<String> formerIds, long cause, List<StageOutput> out) {
        for (String former : formerIds) {
            SessionKey key = new SessionKey(account, former);
            if (!former.equals(sessions.state(key).liveIn())) {
                if (read && !unsent.remove(key)) {
                    out.add(new StageOutput.LiveUpdate(account, former, null, cause));
                }
                waiting.remove(key);
                lastSent.remove(key);
            }
        }
    }

    private static SessionKey key(CallView view) {
        return new SessionKey(view.call().accountId(), view.call().callId());
    }
}
