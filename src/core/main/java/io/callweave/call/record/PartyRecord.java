package io.callweave.call.record;

import io.callweave.call.event.Address;
import io.callweave.call.event.PartyRef;
import io.callweave.call.event.Peer;
import io.callweave.call.event.Recording;
import io.callweave.call.event.Status;
import io.callweave.call.session.Interval;
import io.callweave.call.session.Party;
import io.callweave.call.session.Role;
import io.callweave.call.session.Segment;
import io.callweave.call.session.Timeline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One party of a call record. Durations are milliseconds.
 *
 * @param endTime null while the party is not over, like {@code endStatus} and {@code endReason}
 * @param ringMs null for a party that never rang
 * @param parkData the park extension that it was parked on
 * @param muted null if it was never sent
 * @param queueCall whether an event says so: a queue rang it, or it is the queue
 * @param answering whether its answer is the call's
 * @param ringOutInitiator whether it requested the RingOut
 */
public record PartyRecord(
        PartyRef ref,
        @Nullable String direction,
        Role role,
        @Nullable String accountId,
        @Nullable String extensionId,
        @Nullable String queueExtensionId,
        @Nullable Address from,
        @Nullable Address to,
        long startTime,
        @Nullable Long answerTime,
        @Nullable Long endTime,
        @Nullable String endStatus,
        @Nullable String endReason,
        long setupMs,
        @Nullable Long ringMs,
        long talkMs,
        long holdMs,
        long parkMs,
        boolean missed,
        @Nullable Boolean muted,
        @Nullable String parkData,
        @Nullable Peer peer,
        List<Segment> segments,
        List<Recording> recordings,
        boolean queueCall,
        boolean answering,
        boolean ringOutInitiator,
        @Nullable String sipCallId,
        @Nullable String deviceId) {

    static PartyRecord of(Party party, boolean answering, boolean ringOutInitiator, long until) {
        List<Segment> segments = party.timeline().segments(until);
        Interval ringing = party.timeline().ringing(until);
        Timeline.End end = party.end();
        return new PartyRecord(
                party.ref(),
                party.direction(),
                party.role(),
                party.accountId(),
                party.extensionId(),
                party.queueExtensionId(),
                party.from(),
                party.to(),
                party.startTime(),
                party.answerTime(),
                end == null ? null : Long.valueOf(end.time()),
                end == null ? null : end.status(),
                end == null ? null : end.reason(),
                timeIn(Status.SETUP, segments),
                ringing == null ? null : Long.valueOf(ringing.length()),
                timeIn(Status.ANSWERED, segments),
                timeIn(Status.HOLD, segments),
                timeIn(Status.PARKED, segments),
                party.missed(),
                party.muted(),
                party.parkData(),
                party.peer(),
                segments,
                party.recordings(),
                party.queueCall(),
                answering,
                ringOutInitiator,
                party.sipCallId(),
                party.deviceId());
    }

    /** The party's own end of the leg: where an Outbound party calls from, and where an Inbound party is reached. */
    public @Nullable Address ownAddress() {
        if (Party.OUTBOUND.equals(direction)) {
            return from;
        }
        return Party.INBOUND.equals(direction) ? to : null;
    }

    private static long timeIn(String status, List<Segment> segments) {
        long sum = 0;
        for (Segment segment : segments) {
            if (segment.status().equals(status)) {
                sum += segment.durationMs();
            }
        }
        return sum;
    }
}
