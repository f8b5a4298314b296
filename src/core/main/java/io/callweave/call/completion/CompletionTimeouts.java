package io.callweave.call.completion;

import io.callweave.call.Call;
import io.callweave.call.session.Party;
import io.callweave.checks.Check;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long to wait for a call that is not certainly over, from the receipt of its latest news.
 *
 * @param linger everything seen is over, but more was announced or something is missing
 * @param peerWait a session that was named as a peer was not seen yet
 * @param openPartyWait only outside parties are not over; RingCentral may never say that they are
 * @param maxIdle a party of the account is not over
 */
public record CompletionTimeouts(Duration linger, Duration peerWait, Duration openPartyWait, Duration maxIdle) {

    public static final CompletionTimeouts DEFAULT = new CompletionTimeouts(
            Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofHours(4));

    public CompletionTimeouts {
        Check.positive("completion.linger", linger);
        Check.positive("completion.peer-wait", peerWait);
        Check.positive("completion.open-party-wait", openPartyWait);
        Check.positive("completion.max-idle", maxIdle);
    }

    /** A wait that applies to a call, and why. */
    public record Wait(CompletionReason reason, long millis) {}

    /** The longest wait that applies to a call that is not certainly over; of equal ones the first. */
    public Wait of(Call call) {
        Wait longest = new Wait(CompletionReason.LINGER, 0);
        for (Wait wait : applyingTo(call)) {
            longest = wait.millis() > longest.millis() ? wait : longest;
        }
        return longest;
    }

    /**
     * How many milliseconds to wait for a call in which a party is not over. This needs no fold.
     *
     * @param own whether such a party is of the account
     */
    public long whileOpen(boolean own) {
        return (own ? maxIdle : openPartyWait).toMillis();
    }

    /** Every wait that applies to a call that is not certainly over. */
    public List<Wait> applyingTo(Call call) {
        boolean over = true;
        boolean ownOpen = false;
        for (Party party : call.parties()) {
            over &= party.isOver();
            ownOpen |= !party.isOver() && party.extensionId() != null;
        }
        List<Wait> waits = new ArrayList<>(2);
        addIf(over, CompletionReason.LINGER, linger.toMillis(), waits);
        addIf(!call.awaitedSessions().isEmpty(), CompletionReason.PEER_WAIT, peerWait.toMillis(), waits);
        addIf(!over && !ownOpen, CompletionReason.OPEN_PARTY_WAIT, whileOpen(false), waits);
        addIf(ownOpen, CompletionReason.MAX_IDLE, whileOpen(true), waits);
        return waits;
    }

    private static void addIf(boolean applies, CompletionReason reason, long millis, List<Wait> waits) {
        if (applies) {
            waits.add(new Wait(reason, millis));
        }
    }
}
