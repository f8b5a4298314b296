package io.callweave.call;

import java.util.ArrayList;
import java.util.List;

/**
 * How long a call that is not over beyond doubt is waited for, in milliseconds from the receipt of its latest news.
 *
 * @param linger everything seen is over, but more was announced or something is missing
 * @param peerWait a session that was named as a peer was not seen yet
 * @param openPartyWait only outside parties are not over; RingCentral may never say that they are
 * @param maxIdle a party of the account is not over
 */
public record Waits(long linger, long peerWait, long openPartyWait, long maxIdle) {

    public static final Waits DEFAULT = new Waits(5_000, 30_000, 60_000, 4 * 60 * 60_000L);

    /** A wait that applies to a call, and why. */
    public record Wait(CompletionReason reason, long millis) {}

    /** The longest wait that applies to a call which is not over beyond doubt; of equal ones the first. */
    public Wait of(Call call) {
        Wait longest = new Wait(CompletionReason.LINGER, 0);
        for (Wait wait : applyingTo(call)) {
            longest = wait.millis() > longest.millis() ? wait : longest;
        }
        return longest;
    }

    /** Every wait that applies to a call which is not over beyond doubt. */
    public List<Wait> applyingTo(Call call) {
        boolean over = true;
        boolean ownOpen = false;
        for (Party party : call.parties()) {
            over &= party.isOver();
            ownOpen |= !party.isOver() && party.extensionId() != null;
        }
        List<Wait> waits = new ArrayList<>(2);
        addIf(over, CompletionReason.LINGER, linger, waits);
        addIf(!call.awaitedSessions().isEmpty(), CompletionReason.PEER_WAIT, peerWait, waits);
        addIf(!over && !ownOpen, CompletionReason.OPEN_PARTY_WAIT, openPartyWait, waits);
        addIf(ownOpen, CompletionReason.MAX_IDLE, maxIdle, waits);
        return waits;
    }

    private static void addIf(boolean applies, CompletionReason reason, long millis, List<Wait> waits) {
        if (applies) {
            waits.add(new Wait(reason, millis));
        }
    }
}
