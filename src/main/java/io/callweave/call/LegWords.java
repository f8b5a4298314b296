package io.callweave.call;

import org.jspecify.annotations.Nullable;

/** Which words of the {@link CallLogTable} a party's leg has. */
final class LegWords {

    private final Party party;
    private final LegScene scene;
    private final Transfer.@Nullable Kind cameBy;
    private final boolean pickedUp;

    /**
     * The words of one leg.
     *
     * @param cameBy the transfer that brought the party in
     * @param pickedUp whether another session fetched the call from it
     */
    LegWords(Party party, LegScene scene, Transfer.@Nullable Kind cameBy, boolean pickedUp) {
        this.party = party;
        this.scene = scene;
        this.cameBy = cameBy;
        this.pickedUp = pickedUp;
    }

    String type() {
        return isFax() ? CallLogTable.FAX : CallLogTable.VOICE;
    }

    /**
     * As the account sees it: RingCentral's own direction of an outside caller is Outbound, and of one who is called outside
     * Inbound. Both legs of a RingOut go out.
     */
    @Nullable
    String direction() {
        if (scene.session().isRingOut()) {
            return CallLogTable.OUTBOUND;
        }
        if (!party.isInbound() && !party.isOutbound()) {
            return null;
        }
        boolean own = party.extensionId() != null;
        return party.isOutbound() == own ? CallLogTable.OUTBOUND : CallLogTable.INBOUND;
    }

    String action() {
        if (isFax()) {
            return CallLogTable.INCOMING_FAX;
        }
        if (party.isSupervisor()) {
            return CallLogTable.MONITORING;
        }
        if (scene.session().isRingOut()) {
            return CallLogTable.RING_OUT_WEB;
        }
        if (scene.session().isConference()) {
            return CallLogTable.CONFERENCE_CALL;
        }
        if (isParked()) {
            return isParkedAtLocation() ? CallLogTable.PARK_LOCATION : CallLogTable.CALL_PARK;
        }
        if (fetched()) {
            return CallLogTable.PICKUP;
        }
        return cameBy == Transfer.Kind.BLIND ? CallLogTable.TRANSFER : CallLogTable.PHONE_CALL;
    }

    String legType(String accountId) {
        if (isFax()) {
            return CallLogTable.UNKNOWN;
        }
        if (party.isSupervisor()) {
            return CallLogTable.LEG_MONITORING;
        }
        if (scene.session().isRingOut()) {
            return scene.session().isRingOutInitiator(party)
                    ? CallLogTable.LEG_RING_OUT_TO_SUBSCRIBER
                    : CallLogTable.LEG_RING_OUT_TO_CALLER;
        }
        if (scene.session().isConference()) {
            return CallLogTable.LEG_CONFERENCE;
        }
        if (isParked()) {
            return isParkedAtLocation() ? CallLogTable.LEG_PARK_LOCATION : CallLogTable.LEG_CALL_PARK;
        }
        if (fetched()) {
            return CallLogTable.LEG_PICKUP;
        }
        return cameBy == Transfer.Kind.BLIND ? CallLogTable.LEG_TRANSFER : plainLegType(accountId);
    }

    private String plainLegType(String accountId) {
        if (party.queueCall() && party.isInbound() && !party.isQueue()) {
            return CallLogTable.LEG_HUNTING;
        }
        if (party.extensionId() != null) {
            return scene.calledFromExtension() && party.isInbound()
                    ? CallLogTable.LEG_EXTENSION_TO_EXTENSION
                    : party.isInbound() ? CallLogTable.LEG_ACCEPT : CallLogTable.UNKNOWN;
        }
        boolean otherAccount = party.accountId() != null && !party.accountId().equals(accountId);
        return party.isOutbound() && !otherAccount ? CallLogTable.LEG_PSTN_TO_SIP : CallLogTable.UNKNOWN;
    }

    /**
     * How it came out for this party.
     *
     * @param live whether the call goes on
     */
    String result(boolean live) {
        if (live && !party.isOver()) {
            return CallLogTable.IN_PROGRESS;
        }
        if (isFax()) {
            return CallLogTable.RECEIVED;
        }
        if (party.isSupervisor()) {
            return CallLogTable.CONNECTED;
        }
        return scene.answers(party) ? resultOfCalled() : resultOfCaller();
    }

    private String resultOfCalled() {
        if (party.answerTime() != null) {
            return isOutgoing() ? CallLogTable.CONNECTED : CallLogTable.ACCEPTED;
        }
        if (party.timeline().wasIn(Status.VOICEMAIL)) {
            return CallLogTable.VOICEMAIL;
        }
        String endReason = endReason();
        if (Reason.AGENT_ANSWERED.equals(endReason)
                || Reason.PICKUP.equals(endReason)
                || (pickedUp && rang())
                || (rang() && scene.wasAnsweredElsewhere(party))) {
            return CallLogTable.ANSWERED_ELSEWHERE;
        }
        if (isOutgoing() || CallLogTable.tellsWhy(endReason)) {
            return CallLogTable.unanswered(endReason);
        }
        // A menu, or a queue's own party: it neither rings nor answers, so it misses nothing.
        return rang() ? CallLogTable.MISSED : CallLogTable.UNKNOWN;
    }

    private String resultOfCaller() {
        if (scene.wasAnswered()) {
            return isOutgoing() ? CallLogTable.CONNECTED : CallLogTable.ACCEPTED;
        }
        if (scene.wentToVoicemail()) {
            return CallLogTable.VOICEMAIL;
        }
        if (isOutgoing()) {
            return CallLogTable.unanswered(scene.lastReason());
        }
        return scene.wasForQueue() ? CallLogTable.ABANDONED : CallLogTable.MISSED;
    }

    @Nullable
    String endReason() {
        return party.end() == null ? null : party.end().reason();
    }

    private boolean isOutgoing() {
        return CallLogTable.OUTBOUND.equals(direction());
    }

    private boolean isFax() {
        return party.timeline().wasIn(Status.FAX_RECEIVE);
    }

    private boolean rang() {
        return party.timeline().wasIn(Status.PROCEEDING);
    }

    private boolean isParked() {
        return party.timeline().wasIn(Status.PARKED);
    }

    private boolean isParkedAtLocation() {
        return party.timeline().steps().stream()
                .anyMatch(step -> step.status().equals(Status.PARKED) && Reason.PARK_LOCATION.equals(step.reason()));
    }

    private boolean fetched() {
        return cameBy == Transfer.Kind.PICKUP || cameBy == Transfer.Kind.PARK;
    }
}
