package io.callweave.topology.session;

import io.callweave.call.joining.PeerTie;
import org.jspecify.annotations.Nullable;

/**
 * How a session is tied to another one. Each of the two has it in its own value, so that neither has to be looked for.
 *
 * @param own what this session says of the other one; null if it does not name it
 * @param others what the other session says of this one; null if it does not name it
 */
public record SessionTie(@Nullable PeerTie own, @Nullable PeerTie others) {

    static final SessionTie NONE = new SessionTie(null, null);

    private static final int OWN = 1;
    private static final int OWN_SUPERVISED = 2;
    private static final int OWN_TAKEN_OVER = 4;

    /** The bits of the other side are the same ones, so much higher. */
    private static final int OTHERS = 3;

    SessionTie withOwn(@Nullable PeerTie tie) {
        return new SessionTie(tie, others);
    }

    SessionTie withOthers(@Nullable PeerTie tie) {
        return new SessionTie(own, tie);
    }

    boolean isNone() {
        return own == null && others == null;
    }

    /** Whether the two sessions are one call. */
    boolean joins() {
        return PeerTie.join(own, others);
    }

    int bits() {
        return bits(own) | bits(others) << OTHERS;
    }

    public static SessionTie ofBits(int bits) {
        return new SessionTie(tie(bits), tie(bits >> OTHERS));
    }

    private static int bits(@Nullable PeerTie tie) {
        return tie == null ? 0 : OWN | (tie.supervised() ? OWN_SUPERVISED : 0) | (tie.takenOver() ? OWN_TAKEN_OVER : 0);
    }

    private static @Nullable PeerTie tie(int bits) {
        return (bits & OWN) == 0 ? null : new PeerTie((bits & OWN_SUPERVISED) != 0, (bits & OWN_TAKEN_OVER) != 0);
    }
}
