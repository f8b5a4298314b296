package io.callweave.topology.session;

import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.BinaryWriter;
import io.callweave.topology.state.CountedOn;
import io.callweave.topology.state.EventSlots;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that is remembered of a session beside its events, so that nothing about it has to be looked for.
 *
 * @param generation tells its events in {@link EventSlots} from those of a session of the same id that was forgotten, and from
 *     those that have moved to the session's own value; grows
 * @param countedIn the call id under which the session was last emitted, null before that
 * @param liveIn the call id under which it stands on {@code live-calls}, null if it does not
 * @param scheduledDue when to look at the session again, 0 if never
 * @param capped whether events of it were left out because it had too many
 * @param closed whether this is all that is left of it: a marker, so that a straggler does not begin a new call
 * @param lastChange receipt of the latest notification that changed it
 * @param ties the sessions that it names as peers, and those that name it
 * @param emission what last went out under this session's id as a call id, null if nothing did
 * @param countedOn the day of UTC on which the call of this id counts in windows; {@link CountedOn#NO_DAY} if it
 *     does not
 * @param later its later facts, and what is to be done because of them
 */
public record SessionState(
        long generation,
        @Nullable String countedIn,
        @Nullable String liveIn,
        long scheduledDue,
        boolean capped,
        boolean closed,
        long lastChange,
        SessionSize size,
        Map<String, SessionTie> ties,
        @Nullable LastEmission emission,
        long countedOn,
        LaterState later) {

    public static final SessionState NEW = new SessionState(
            0, null, null, 0, false, false, 0, SessionSize.NONE, Map.of(), null, CountedOn.NO_DAY, LaterState.NONE);

    private static final int IS_CAPPED = 1;
    private static final int IS_CLOSED = 2;
    private static final int HAS_EMISSION = 4;

    private static final int IN_GAP = 8;
    private static final int IS_COUNTED = 16;
    private static final int HAS_LATER = 32;

    /** A marker, to be forgotten at this time; sessions that go on can still be tied to it. */
    public SessionState closed(long forgetAt) {
        return new SessionState(
                0, null, null, forgetAt, false, true, 0, SessionSize.NONE, ties, null, countedOn, LaterState.NONE);
    }

    /** What stays when the marker is forgotten. */
    SessionState forgotten() {
        return new SessionState(
                0, null, null, 0, false, false, 0, SessionSize.NONE, ties, null, CountedOn.NO_DAY, LaterState.NONE);
    }

    /** Whether there is nothing to be kept. */
    boolean isNothing() {
        return equals(NEW);
    }

    /** Whether events of it were received, and it is not closed. */
    public boolean isSeen() {
        return size.events() > 0;
    }

    /** Whether nothing is known of it but what RingCentral's Call Log says. */
    public boolean isLogged() {
        return !isSeen() && later.facts().areLogged();
    }

    /** Whether what went out last under this session's id is what the Call Log says. */
    public boolean wasBackfilled() {
        return emission != null && countedIn == null;
    }

    /** Whether it can be part of a call of more sessions than itself. */
    public boolean isLinked() {
        return !ties.isEmpty();
    }

    public boolean wasEmitted() {
        return countedIn != null;
    }

    public SessionTie tie(String telephonySessionId) {
        return ties.getOrDefault(telephonySessionId, SessionTie.NONE);
    }

    /** The call that this session's id was last said to be part of; null if it was not. */
    @Nullable
    public String supersededBy() {
        return emission == null ? null : emission.supersededBy();
    }

    public SessionState tie(String telephonySessionId, SessionTie tie) {
        Map<String, SessionTie> more = new TreeMap<>(ties);
        if (tie.isNone()) {
            more.remove(telephonySessionId);
        } else {
            more.put(telephonySessionId, tie);
        }
        Copy copy = new Copy(this);
        copy.ties = more;
        return copy.state();
    }

    public SessionState grown(SessionSize now, long changedAt) {
        long latest = Math.max(lastChange, changedAt);
        Copy copy = new Copy(this);
        copy.lastChange = latest;
        copy.size = now;
        return copy.state();
    }

    public SessionState generation(long number) {
        Copy copy = new Copy(this);
        copy.generation = number;
        return copy.state();
    }

    public SessionState countedIn(@Nullable String callId) {
        Copy copy = new Copy(this);
        copy.countedIn = callId;
        return copy.state();
    }

    public SessionState liveIn(@Nullable String callId) {
        Copy copy = new Copy(this);
        copy.liveIn = callId;
        return copy.state();
    }

    public SessionState scheduledDue(long due) {
        Copy copy = new Copy(this);
        copy.scheduledDue = due;
        return copy.state();
    }

    public SessionState asCapped() {
        Copy copy = new Copy(this);
        copy.capped = true;
        return copy.state();
    }

    public SessionState emission(LastEmission last) {
        Copy copy = new Copy(this);
        copy.emission = last;
        return copy.state();
    }

    public SessionState countedOn(long day) {
        Copy copy = new Copy(this);
        copy.countedOn = day;
        return copy.state();
    }

    public SessionState later(LaterState other) {
        Copy copy = new Copy(this);
        copy.later = other;
        return copy.state();
    }

    public void write(BinaryWriter out) {
        out.format()
                .u8((capped ? IS_CAPPED : 0)
                        | (closed ? IS_CLOSED : 0)
                        | (emission != null ? HAS_EMISSION : 0)
                        | (emission != null && emission.inGap() ? IN_GAP : 0)
                        | (isCounted() ? IS_COUNTED : 0)
                        | (later.isNothing() ? 0 : HAS_LATER))
                .varint(generation)
                .varint(scheduledDue)
                .optionalString(countedIn)
                .optionalString(liveIn)
                .varint(lastChange)
                .varint(size.events())
                .varint(size.parties())
                .varint(size.bytes())
                .varint(size.recordings())
                .varint(ties.size());
        ties.forEach((id, tie) -> out.string(id).u8(tie.bits()));
        if (emission != null) {
            emission.write(out);
        }
        if (isCounted()) {
            out.zigzag(countedOn);
        }
        if (!later.isNothing()) {
            later.write(out);
        }
    }

    private boolean isCounted() {
        return countedOn != CountedOn.NO_DAY;
    }

    /** Reads the beginning of a session's value; behind it are the events that lie in it. */
    public static SessionState read(BinaryReader in) {
        in.format("A session");
        int flags = in.u8();
        long generation = in.varint();
        long scheduledDue = in.varint();
        String countedIn = in.optionalString();
        String liveIn = in.optionalString();
        long lastChange = in.varint();
        SessionSize size = new SessionSize((int) in.varint(), (int) in.varint(), in.varint(), (int) in.varint());
        Map<String, SessionTie> ties = new TreeMap<>();
        for (long left = in.varint(); left > 0; left--) {
            ties.put(in.string(), SessionTie.ofBits(in.u8()));
        }
        return new SessionState(
                generation,
                countedIn,
                liveIn,
                scheduledDue,
                (flags & IS_CAPPED) != 0,
                (flags & IS_CLOSED) != 0,
                lastChange,
                size,
                ties.isEmpty() ? Map.of() : ties,
                (flags & HAS_EMISSION) != 0 ? LastEmission.read(in, (flags & IN_GAP) != 0) : null,
                // Read last: arguments are evaluated in their order.
                (flags & IS_COUNTED) != 0 ? in.zigzag() : CountedOn.NO_DAY,
                (flags & HAS_LATER) != 0 ? LaterState.read(in) : LaterState.NONE);
    }

    /** To change one part and keep the others. */
    private static final class Copy {
        private long generation;
        private @Nullable String countedIn;
        private @Nullable String liveIn;
        private long scheduledDue;
        private boolean capped;
        private final boolean closed;
        private long lastChange;
        private SessionSize size;
        private Map<String, SessionTie> ties;
        private @Nullable LastEmission emission;
        private long countedOn;
        private LaterState later;

        Copy(SessionState from) {
            generation = from.generation;
            countedIn = from.countedIn;
            liveIn = from.liveIn;
            scheduledDue = from.scheduledDue;
            capped = from.capped;
            closed = from.closed;
            lastChange = from.lastChange;
            size = from.size;
            ties = from.ties;
            emission = from.emission;
            countedOn = from.countedOn;
            later = from.later;
        }

        SessionState state() {
            return new SessionState(
                    generation,
                    countedIn,
                    liveIn,
                    scheduledDue,
                    capped,
                    closed,
                    lastChange,
                    size,
                    ties,
                    emission,
                    countedOn,
                    later);
        }
    }
}
