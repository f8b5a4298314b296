package io.callweave.call;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One party of one session, folded from its events.
 *
 * @param direction as RingCentral sent it, or of the device it took over from ({@link DeviceSwitch})
 * @param accountId the account it says it is of, null if it says none
 * @param extensionId its own extension; null for a party outside the account
 * @param queueExtensionId the queue that it was rung by
 * @param muted null if no event says
 * @param lastEventTime the latest time of its events
 */
record Party(
        PartyRef ref,
        Role role,
        @Nullable String direction,
        @Nullable String accountId,
        @Nullable String extensionId,
        @Nullable String queueExtensionId,
        @Nullable Address from,
        @Nullable Address to,
        boolean queueCall,
        boolean missed,
        @Nullable Boolean muted,
        @Nullable String ringOutRole,
        @Nullable String parkData,
        @Nullable Peer peer,
        List<Recording> recordings,
        long firstSequence,
        long startTime,
        @Nullable Long answerTime,
        long lastEventTime,
        Timeline timeline,
        Timeline.@Nullable End end) {

    static final String INBOUND = "Inbound";
    static final String OUTBOUND = "Outbound";

    /**
     * Folds the events of one party.
     *
     * @param account the account whose view this is; a party that says it is of another one is an outside party
     * @param events the party's events in sequence order, at least one
     */
    static Party of(String account, PartyRef ref, List<PartyEvent> events) {
        Timeline timeline = Timeline.of(events);
        long startTime = Long.MAX_VALUE;
        long lastEventTime = Long.MIN_VALUE;
        Long answerTime = null;
        boolean missed = false;
        for (PartyEvent event : events) {
            long time = event.eventTime();
            startTime = Math.min(startTime, time);
            lastEventTime = Math.max(lastEventTime, time);
            missed |= isTrue(event.facts().missedCall());
            if (event.facts().status().equals(Status.ANSWERED)) {
                answerTime = answerTime == null ? time : Math.min(answerTime, time);
            }
        }
        String accountId = Latest.of(events, event -> event.facts().accountId());
        boolean outside = accountId != null && !accountId.equals(account);
        Address to = Latest.of(events, event -> event.facts().to());
        boolean queueCall = isTrue(Latest.of(events, event -> event.facts().queueCall()));
        List<Recording> recordings = Latest.of(events, event -> {
            List<Recording> sent = event.facts().recordings();
            return sent.isEmpty() ? null : sent;
        });
        return new Party(
                ref,
                Role.of(events, timeline),
                Latest.of(events, event -> event.facts().direction()),
                accountId,
                outside ? null : Latest.of(events, event -> event.facts().extensionId()),
                outside || !queueCall || to == null ? null : to.extensionId(),
                Latest.of(events, event -> event.facts().from()),
                to,
                queueCall,
                missed,
                Latest.of(events, event -> event.facts().muted()),
                Latest.of(events, event -> event.facts().ringOutRole()),
                Latest.of(events, event -> event.facts().parkData()),
                Latest.of(events, event -> event.facts().peer()),
                recordings == null ? List.of() : recordings,
                events.get(0).sequence(),
                startTime,
                answerTime,
                lastEventTime,
                timeline,
                timeline.end());
    }

    private static boolean isTrue(@Nullable Boolean value) {
        return value != null && value;
    }

    Party withDirection(@Nullable String other) {
        return new Party(
                ref,
                role,
                other,
                accountId,
                extensionId,
                queueExtensionId,
                from,
                to,
                queueCall,
                missed,
                muted,
                ringOutRole,
                parkData,
                peer,
                recordings,
                firstSequence,
                startTime,
                answerTime,
                lastEventTime,
                timeline,
                end);
    }

    String id() {
        return ref.partyId() == null ? "" : ref.partyId();
    }

    boolean isOver() {
        return end != null;
    }

    /** Why it ended; empty if it is not over, or nobody said why. */
    String endReason() {
        return end == null || end.reason() == null ? "" : end.reason();
    }

    boolean isInbound() {
        return INBOUND.equals(direction);
    }

    boolean isOutbound() {
        return OUTBOUND.equals(direction);
    }

    /** Whether this is the queue itself, in which a caller waits, and not an agent whom it rings. */
    boolean isQueue() {
        return extensionId != null && extensionId.equals(queueExtensionId);
    }

    boolean isSupervisor() {
        return role == Role.SUPERVISOR;
    }

    boolean isBridge() {
        return role == Role.BRIDGE;
    }

    /** When it ended; while it has not, when it was last heard of. */
    long lastKnownTime() {
        return end != null ? end.time() : lastEventTime;
    }

    boolean endedWith(String reason) {
        return end != null && reason.equals(end.reason());
    }
}
