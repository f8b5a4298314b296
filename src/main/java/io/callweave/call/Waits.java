package io.callweave.call;

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

    /** The wait that counts for a call, and why. */
    public record Wait(CompletionReason reason, long millis) {

        Wait orLonger(boolean applies, CompletionReason other, long otherMillis) {
            return applies && otherMillis > millis ? new Wait(other, otherMillis) : this;
        }
    }

    /** The longest wait that applies to a call which is not over beyond doubt. */
    public Wait of(Call call) {
        boolean over = true;
        boolean ownOpen = false;
        for (Party party : call.parties()) {
            over &= party.isOver();
            ownOpen |= !party.isOver() && party.extensionId() != null;
        }
        boolean peerUnseen = !call.awaitedSessions().isEmpty();
        return new Wait(CompletionReason.LINGER, over ? linger : 0)
                .orLonger(peerUnseen, CompletionReason.PEER_WAIT, peerWait)
                .orLonger(!over && !ownOpen, CompletionReason.OPEN_PARTY_WAIT, openPartyWait)
                .orLonger(ownOpen, CompletionReason.MAX_IDLE, maxIdle);
    }
}
