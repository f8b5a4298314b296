package io.callweave.call.completion;

import io.callweave.call.Call;
import io.callweave.call.CallRules;
import io.callweave.call.session.FoldedSession;
import io.callweave.call.session.Party;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Decides when a call is over, so that its record can be emitted. */
public final class Completion {

    private static final CompletionTimeouts.Wait NONE = new CompletionTimeouts.Wait(CompletionReason.OVER, 0);

    private Completion() {}

    /**
     * Whether a call is over, or how long to wait for it. No other code decides that one is over.
     *
     * @return {@link CompletionReason#OVER} exactly if it is {@linkplain #isSettled settled}, else the longest wait
     */
    public static CompletionTimeouts.Wait of(Call call, CallRules rules, CompletionTimeouts timeouts) {
        return isSettled(call, rules) ? NONE : timeouts.of(call);
    }

    /**
     * Whether nothing announced is still to come. Then the record is emitted at once; any other call waits for its
     * timeout.
     */
    public static boolean isSettled(Call call, CallRules rules) {
        return visit(call, rules, blocker -> false);
    }

    /** Everything that keeps the call from being settled; empty exactly if it {@linkplain #isSettled is}. */
    public static List<CompletionBlocker> blockers(Call call, CallRules rules) {
        List<CompletionBlocker> blockers = new ArrayList<>();
        visit(call, rules, blockers::add);
        return blockers;
    }

    /**
     * Passes each blocker to {@code goOn} until that returns false; true if it never did. Only this method knows what
     * blocks.
     */
    private static boolean visit(Call call, CallRules rules, Predicate<CompletionBlocker> goOn) {
        for (Party party : call.parties()) {
            if (!party.isOver()
                    && !goOn.test(new CompletionBlocker.PartyOpen(
                            party.ref(), party.timeline().lastStatus(), party.extensionId()))) {
                return false;
            }
        }
        for (String awaited : call.awaitedSessions()) {
            if (!goOn.test(new CompletionBlocker.SessionAwaited(awaited))) {
                return false;
            }
        }
        for (FoldedSession session : call.sessions()) {
            if (rules.gapsCount(call.accountId())
                    && !session.missingSequences().isEmpty()
                    && !goOn.test(new CompletionBlocker.SequencesMissing(session.id(), session.missingSequences()))) {
                return false;
            }
            // INFER: nobody is on the phone alone, so a session with one seen party may have more.
            if (session.parties().size() == 1
                    && !goOn.test(new CompletionBlocker.PartyAlone(
                            session.parties().get(0).ref()))) {
                return false;
            }
        }
        for (Party party : Continuations.unseen(call)) {
            if (!goOn.test(new CompletionBlocker.ContinuationUnseen(party.ref(), party.endReason()))) {
                return false;
            }
        }
        return true;
    }

    public static boolean hasGap(Call call) {
        for (FoldedSession session : call.sessions()) {
            if (!session.missingSequences().isEmpty()) {
                return true;
            }
        }
        return false;
    }
}
