package io.callweave.call.calllog;

import io.callweave.call.event.Reason;
import io.callweave.call.event.Status;
import io.callweave.call.session.Party;
import io.callweave.call.session.Role;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the words of the {@link CallLogTable} for a party's leg. RingCentral's published samples (docs/calls.md)
 * show two kinds of legs: the incoming connection, which is the master leg, and the leg to each phone that was rung.
 * The master leg has the words of the call.
 */
final class LegWords {

    private final Party party;
    private final LegContext context;
    private final boolean pickedUp;

    /**
     * The words of one leg.
     *
     * @param pickedUp whether another session picked the call up from it
     */
    LegWords(Party party, LegContext context, boolean pickedUp) {
        this.party = party;
        this.context = context;
        this.pickedUp = pickedUp;
    }

    String type() {
        return isFax() ? CallLogTable.FAX : CallLogTable.VOICE;
    }

    /** RingCentral calls the phones that it rings, so their legs are outbound, also in an incoming call. */
    @Nullable
    String direction() {
        return isPhone() ? CallLogTable.OUTBOUND : directionOfParty();
    }

    /**
     * As the account sees it. RingCentral gives an outside caller the direction Outbound, and an outside callee
     * Inbound. Both legs of a RingOut are outbound.
     */
    private @Nullable String directionOfParty() {
        if (context.session().isRingOut()) {
            return CallLogTable.OUTBOUND;
        }
        if (!party.isInbound() && !party.isOutbound()) {
            return null;
        }
        boolean own = party.extensionId() != null;
        return party.isOutbound() == own ? CallLogTable.OUTBOUND : CallLogTable.INBOUND;
    }

    /**
     * The samples show the leg of a phone. Of the other legs, only those with the action of a whole call are certain.
     */
    String action() {
        if (isFax()) {
            return CallLogTable.INCOMING_FAX;
        }
        if (party.isSupervisor()) {
            return CallLogTable.MONITORING;
        }
        if (context.session().isRingOut()) {
            return CallLogTable.RING_OUT_WEB;
        }
        if (context.session().isConference()) {
            return CallLogTable.CONFERENCE_CALL;
        }
        return isPhone() ? CallLogTable.VOIP_CALL : CallLogTable.UNKNOWN;
    }

    String legType() {
        return isPhone() ? CallLogTable.LEG_PSTN_TO_SIP : CallLogTable.UNKNOWN;
    }

    /** Whether this is the phone of a user that was rung, by the caller or by a queue. */
    private boolean isPhone() {
        return party.isInbound()
                && party.extensionId() != null
                && party.role() == Role.PARTICIPANT
                && !party.isMenu()
                && (rang() || party.answerTime() != null)
                && !isFax()
                && !context.session().isRingOut()
                && !context.session().isConference();
    }

    /** The result for this party. */
    String result() {
        if (isFax()) {
            return CallLogTable.RECEIVED;
        }
        if (party.isSupervisor()) {
            return CallLogTable.CONNECTED;
        }
        if (party.isQueue() || party.isMenu()) {
            // It neither called nor was meant to answer.
            return CallLogTable.UNKNOWN;
        }
        return context.answers(party) ? resultOfCalled() : resultOfCaller();
    }

    private String resultOfCalled() {
        if (party.answerTime() != null) {
            return isOutgoing() ? CallLogTable.CONNECTED : CallLogTable.ACCEPTED;
        }
        if (party.timeline().wasIn(Status.VOICEMAIL) && !party.endedWith(Reason.CALLER_INPUT_REDIRECT)) {
            // Who leaves the mailbox with a key is connected to somebody else.
            return CallLogTable.VOICEMAIL;
        }
        String endReason = endReason();
        if (Reason.AGENT_ANSWERED.equals(endReason)
                || Reason.PICKUP.equals(endReason)
                || (pickedUp && rang())
                || (rang() && context.wasAnsweredElsewhere(party))) {
            return CallLogTable.ANSWERED_ELSEWHERE;
        }
        if (isOutgoing() || CallLogTable.tellsWhy(endReason)) {
            return CallLogTable.unanswered(endReason);
        }
        // It is a menu without the usual reason: it neither rings nor answers, so it cannot miss a call.
        return rang() ? CallLogTable.MISSED : CallLogTable.UNKNOWN;
    }

    private String resultOfCaller() {
        if (context.wasAnswered()) {
            return isOutgoing() ? CallLogTable.CONNECTED : CallLogTable.ACCEPTED;
        }
        if (context.wentToVoicemail()) {
            return CallLogTable.VOICEMAIL;
        }
        if (isOutgoing()) {
            return CallLogTable.unanswered(context.lastReason());
        }
        return context.wasForQueue() ? CallLogTable.ABANDONED : CallLogTable.MISSED;
    }

    @Nullable
    String endReason() {
        return party.end() == null ? null : party.end().reason();
    }

    private boolean isOutgoing() {
        return CallLogTable.OUTBOUND.equals(directionOfParty());
    }

    private boolean isFax() {
        return party.timeline().wasIn(Status.FAX_RECEIVE);
    }

    private boolean rang() {
        return party.timeline().wasIn(Status.PROCEEDING);
    }
}
