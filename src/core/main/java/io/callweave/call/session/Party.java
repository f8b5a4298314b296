package io.callweave.call.session;

import io.callweave.call.event.Address;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.PartyFacts;
import io.callweave.call.event.PartyRef;
import io.callweave.call.event.Peer;
import io.callweave.call.event.Reason;
import io.callweave.call.event.Recording;
import io.callweave.call.event.Status;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One party of one session, folded from its events.
 *
 * @param role until {@link SessionQueues} has seen the whole session, never {@link Role#QUEUE}
 * @param own whether it belongs to the account of the session
 * @param direction as RingCentral sent it, or of the device that it follows ({@link DeviceSwitch}); {@code from},
 *     {@code to} and the devices are seen from this direction
 * @param accountId the account that it names, null if it names none
 * @param extensionId its own extension; null for a party outside the account
 * @param queueExtensionId the queue that rang it, or the queue that it is
 * @param queuesCalled {@code to.extensionId} of its events with {@code queueCall}; empty for a party outside the account
 * @param queueCall whether an event says so
 * @param tookOver whether an event says that it took the call over
 * @param muted null if no event says
 * @param lastEventTime the latest time of its events
 */
public record Party(
        PartyRef ref,
        Role role,
        boolean own,
        @Nullable String direction,
        @Nullable String accountId,
        @Nullable String extensionId,
        @Nullable String queueExtensionId,
        Set<String> queuesCalled,
        @Nullable Address from,
        @Nullable Address to,
        boolean queueCall,
        boolean tookOver,
        boolean missed,
        @Nullable Boolean muted,
        @Nullable String ringOutRole,
        @Nullable String parkData,
        @Nullable Peer peer,
        @Nullable String sipCallId,
        @Nullable String fromDeviceId,
        @Nullable String toDeviceId,
        List<Recording> recordings,
        long firstSequence,
        long startTime,
        @Nullable Long answerTime,
        long lastEventTime,
        Timeline timeline,
        Timeline.@Nullable End end) {

    public static final String INBOUND = "Inbound";
    public static final String OUTBOUND = "Outbound";

    /**
     * Folds the events of one party.
     *
     * @param account the account of the session; a party that names another one is an outside party
     * @param events the party's events in sequence order, at least one
     */
    static Party of(String account, PartyRef ref, List<PartyEvent> events) {
        Timeline timeline = Timeline.of(events);
        long startTime = Long.MAX_VALUE;
        long lastEventTime = Long.MIN_VALUE;
        Long answerTime = null;
        boolean missed = false;
        boolean queueCall = false;
        Set<String> queuesCalled = Set.of();
        for (PartyEvent event : events) {
            PartyFacts facts = event.facts();
            long time = event.eventTime();
            startTime = Math.min(startTime, time);
            lastEventTime = Math.max(lastEventTime, time);
            missed |= isTrue(facts.missedCall());
            if (facts.status().equals(Status.ANSWERED)) {
                answerTime = answerTime == null ? time : Math.min(answerTime, time);
            }
            if (isTrue(facts.queueCall())) {
                queueCall = true;
                if (facts.to() != null && facts.to().extensionId() != null) {
                    queuesCalled = queuesCalled.isEmpty() ? new HashSet<>() : queuesCalled;
                    queuesCalled.add(facts.to().extensionId());
                }
            }
        }
        String accountId = Latest.of(events, event -> event.facts().accountId());
        boolean own = accountId == null || accountId.equals(account);
        List<Recording> recordings = Latest.of(events, event -> {
            List<Recording> sent = event.facts().recordings();
            return sent.isEmpty() ? null : sent;
        });
        return new Party(
                ref,
                Role.of(events, timeline),
                own,
                Latest.of(events, event -> event.facts().direction()),
                accountId,
                own ? Latest.of(events, event -> event.facts().extensionId()) : null,
                null,
                own ? queuesCalled : Set.of(),
                Latest.of(events, event -> event.facts().from()),
                Latest.of(events, event -> event.facts().to()),
                queueCall,
                Role.hasReason(events, Reason.TAKE_OVER),
                missed,
                Latest.of(events, event -> event.facts().muted()),
                Latest.of(events, event -> event.facts().ringOutRole()),
                Latest.of(events, event -> event.facts().parkData()),
                Latest.of(events, event -> event.facts().peer()),
                Latest.of(events, event -> event.facts().sipCallId()),
                Latest.of(events, event -> event.facts().fromDeviceId()),
                Latest.of(events, event -> event.facts().toDeviceId()),
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

    /** This party seen from another direction: {@code from} and {@code to} change places unless none was sent. */
    Party withDirection(String other) {
        boolean turned = direction != null && !direction.equals(other);
        return with(role, queueExtensionId, turned ? queuesCalledByFrom() : queuesCalled, other, turned);
    }

    /** In an event that was sent the other way round, {@code from} can be the queue that was called. */
    private Set<String> queuesCalledByFrom() {
        String called = own && queueCall && from != null ? from.extensionId() : null;
        return called == null || called.equals(extensionId) ? Set.of() : Set.of(called);
    }

    /** This party with the role and the queue that the whole session shows. */
    Party in(Role newRole, @Nullable String queue) {
        return with(newRole, queue, queuesCalled, direction, false);
    }

    private Party with(
            Role newRole,
            @Nullable String queue,
            Set<String> newQueuesCalled,
            @Nullable String newDirection,
            boolean turned) {
        return new Party(
                ref,
                newRole,
                own,
                newDirection,
                accountId,
                extensionId,
                queue,
                newQueuesCalled,
                turned ? to : from,
                turned ? from : to,
                queueCall,
                tookOver,
                missed,
                muted,
                ringOutRole,
                parkData,
                peer,
                sipCallId,
                turned ? toDeviceId : fromDeviceId,
                turned ? fromDeviceId : toDeviceId,
                recordings,
                firstSequence,
                startTime,
                answerTime,
                lastEventTime,
                timeline,
                end);
    }

    public String id() {
        return ref.partyId() == null ? "" : ref.partyId();
    }

    public boolean isOver() {
        return end != null;
    }

    /** Whether it was there after this sequence. */
    boolean isThereAfter(long sequence) {
        return end == null || end.sequence() > sequence;
    }

    /** Why it ended; empty if it is not over, or no reason was sent. */
    public String endReason() {
        return end == null || end.reason() == null ? "" : end.reason();
    }

    public boolean isInbound() {
        return INBOUND.equals(direction);
    }

    public boolean isOutbound() {
        return OUTBOUND.equals(direction);
    }

    /** Whether this is the queue itself, in which a caller waits. An agent whom the queue rings is not. */
    public boolean isQueue() {
        return role == Role.QUEUE;
    }

    /** Whether this is a menu that the caller left by pressing a key. A mailbox's owner was rung before. INFER. */
    public boolean isMenu() {
        return endedWith(Reason.CALLER_INPUT_REDIRECT) && !timeline.wasIn(Status.PROCEEDING);
    }

    public boolean isSupervisor() {
        return role == Role.SUPERVISOR;
    }

    public boolean isBridge() {
        return role == Role.BRIDGE;
    }

    /** The party's own end of the leg: where an Outbound party calls from, and where an Inbound party is reached. */
    @Nullable
    public Address ownAddress() {
        return isOutbound() ? from : isInbound() ? to : null;
    }

    /** The device at the party's own end. */
    @Nullable
    public String deviceId() {
        return isOutbound() ? fromDeviceId : isInbound() ? toDeviceId : null;
    }

    /** When it ended, or the time of its last event while it has not. */
    public long lastKnownTime() {
        return end != null ? end.time() : lastEventTime;
    }

    public boolean endedWith(String reason) {
        return end != null && reason.equals(end.reason());
    }
}
