package io.callweave.call;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Inbound or Outbound as the account sees it. RingCentral's own direction is a party's: the outside caller of an inbound
 * call is an Outbound party. So it is the caller who is looked at.
 */
enum CallDirection {
    INBOUND("Inbound", false),
    OUTBOUND("Outbound", false),
    INTERNAL("Outbound", true);

    private final String wireName;
    private final boolean internal;

    CallDirection(String wireName, boolean internal) {
        this.wireName = wireName;
        this.internal = internal;
    }

    static CallDirection of(Call call) {
        FoldedSession first = call.first();
        Party caller = caller(first);
        boolean outbound = first.isRingOut() || (caller != null && caller.extensionId() != null);
        if (!outbound) {
            return INBOUND;
        }
        Party called = called(first);
        return called != null && called.extensionId() != null ? INTERNAL : OUTBOUND;
    }

    String wireName() {
        return wireName;
    }

    boolean isInternal() {
        return internal;
    }

    boolean isOutbound() {
        return this != INBOUND;
    }

    private static @Nullable Party caller(FoldedSession session) {
        List<Party> parties = session.parties();
        List<Party> outbound = parties.stream().filter(Party::isOutbound).toList();
        boolean onlySupervisors = outbound.stream().allMatch(Party::isSupervisor);
        return outbound.stream()
                .filter(party -> onlySupervisors || !party.isSupervisor())
                .filter(party -> !followsSwitch(party, parties))
                .findFirst()
                .orElse(null);
    }

    private static boolean followsSwitch(Party party, List<Party> parties) {
        return DeviceSwitch.predecessors(party, parties).anyMatch(before -> before.endedWith(Reason.CALL_SWITCH));
    }

    private static @Nullable Party called(FoldedSession session) {
        return session.parties().stream()
                .filter(party -> party.isInbound() && !party.isSupervisor() && !session.isRingOutInitiator(party))
                .findFirst()
                .orElse(null);
    }
}
