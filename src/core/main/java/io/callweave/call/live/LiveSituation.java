package io.callweave.call.live;

import io.callweave.call.event.PartyRef;
import io.callweave.call.event.Status;
import io.callweave.call.session.Party;
import io.callweave.call.session.Role;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The state of a live call, and its start. docs/figures.md has the same table.
 *
 * @param since the earliest start of the open segments that make the state, in milliseconds since the epoch
 */
record LiveSituation(LiveState state, long since) {

    /** What decides about a party besides its own status. */
    private record Scene(Set<PartyRef> answering, Set<String> pausedSessions) {}

    /**
     * Finds the state.
     *
     * @param present the parties that are not over, without supervisors and bridges
     * @param answering the parties that can answer the call
     * @param startTime of the call, in milliseconds since the epoch
     */
    static LiveSituation of(List<Party> present, List<Party> answering, long startTime) {
        Scene scene = scene(present, answering);
        for (LiveState state : LiveState.values()) {
            long since = Long.MAX_VALUE;
            boolean found = false;
            for (Party party : present) {
                if (isMadeBy(party, state, scene)) {
                    found = true;
                    since = Math.min(since, party.timeline().lastStep().time());
                }
            }
            if (found) {
                return new LiveSituation(state, since);
            }
        }
        return new LiveSituation(LiveState.CONNECTING, startTime);
    }

    private static boolean isMadeBy(Party party, LiveState state, Scene scene) {
        String status = party.timeline().lastStatus();
        boolean answering = scene.answering().contains(party.ref());
        return switch (state) {
            case VOICEMAIL -> Status.isVoicemail(status);
            case FAX -> status.equals(Status.FAX_RECEIVE);
            case TALKING ->
                answering
                        && status.equals(Status.ANSWERED)
                        && !scene.pausedSessions().contains(party.ref().telephonySessionId());
            case ON_HOLD -> status.equals(Status.HOLD);
            case PARKED -> status.equals(Status.PARKED);
            case QUEUED ->
                party.role() == Role.QUEUE || (party.queueExtensionId() != null && !status.equals(Status.ANSWERED));
            case RINGING -> answering && status.equals(Status.PROCEEDING);
            case CONNECTING -> false;
        };
    }

    private static Scene scene(List<Party> present, List<Party> answering) {
        Set<PartyRef> refs = new HashSet<>();
        for (Party party : answering) {
            refs.add(party.ref());
        }
        Set<String> paused = new HashSet<>();
        for (Party party : present) {
            String status = party.timeline().lastStatus();
            if (status.equals(Status.HOLD) || status.equals(Status.PARKED)) {
                paused.add(party.ref().telephonySessionId());
            }
        }
        return new Scene(refs, paused);
    }
}
