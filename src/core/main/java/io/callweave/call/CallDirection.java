package io.callweave.call;

import io.callweave.call.session.FoldedSession;
import io.callweave.call.session.Party;
import org.jspecify.annotations.Nullable;

/**
 * Inbound or Outbound as the account sees it. RingCentral's own direction belongs to a party: the outside caller of an
 * inbound call is an Outbound party. So the caller decides.
 */
public enum CallDirection {
    INBOUND("Inbound", false),
    OUTBOUND("Outbound", false),
    INTERNAL("Outbound", true);

    private final String wireName;
    private final boolean internal;

    CallDirection(String wireName, boolean internal) {
        this.wireName = wireName;
        this.internal = internal;
    }

    public static CallDirection of(Call call) {
        FoldedSession first = call.first();
        Party caller = caller(first);
        boolean outbound = first.isRingOut() || (caller != null && caller.extensionId() != null);
        if (!outbound) {
            return INBOUND;
        }
        Party called = called(first);
        return called != null && called.extensionId() != null ? INTERNAL : OUTBOUND;
    }

    public String wireName() {
        return wireName;
    }

    public boolean isInternal() {
        return internal;
    }

    public boolean isOutbound() {
        return this != INBOUND;
    }

    /** The party that called, if it was delivered. */
    public static @Nullable Party caller(FoldedSession session) {
        boolean onlySupervisors = session.parties().stream().allMatch(Party::isSupervisor);
        return session.parties().stream()
                .filter(Party::isOutbound)
                .filter(party -> onlySupervisors || !party.isSupervisor())
                .filter(party -> !session.followSwitch().contains(party.ref()))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Party called(FoldedSession session) {
        return session.parties().stream()
                .filter(party -> party.isInbound() && !party.isSupervisor() && !session.isRingOutInitiator(party))
                .findFirst()
                .orElse(null);
    }
}
