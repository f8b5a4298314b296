package io.callweave.simulation.platform;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The current state of a party; every notification shows all of it. */
public final class SimulatedLeg {

    public enum Direction {
        INBOUND("Inbound"),
        OUTBOUND("Outbound");

        private final String code;

        Direction(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    /** The role of the party. */
    public enum Standing {
        TALKS,
        HOSTS,
        SUPERVISES,
        /** A stand-in for a party of another session. */
        STANDS_IN,
        /** A queue's own party. */
        QUEUES
    }

    /** A recording; not active means paused. */
    public record Recording(String id, boolean active) {}

    private final TelephonySession session;
    private final String id;
    private final Direction direction;
    private final @Nullable SimulatedAccount account;
    private final @Nullable Extension extension;
    private final List<Recording> recordings = new ArrayList<>();

    private Contact from;
    private Contact to;
    private String status = WireStatus.SETUP;
    private @Nullable String reason;
    private @Nullable PeerRef peer;
    private @Nullable String parkData;
    private @Nullable Extension queue;
    private boolean queueCall;
    private boolean reported = true;
    private boolean numbered = true;
    private @Nullable String conferenceRole;
    private @Nullable String ringOutRole;
    private @Nullable String parkId;
    private Standing standing = Standing.TALKS;
    private final List<Happening> history = new ArrayList<>();
    private boolean rang;
    private boolean talked;
    private boolean offeredForPickup;
    private boolean missed;
    private boolean muted;

    /**
     * @param account the party's account, null for the stand-ins in a conference
     * @param extension the owner of the phone, null for a party in the public network
     * @param own the party's own address
     * @param other the address of the party at the other end
     */
    public SimulatedLeg(
            TelephonySession session,
            Direction direction,
            @Nullable SimulatedAccount account,
            @Nullable Extension extension,
            Contact own,
            Contact other) {
        this.session = session;
        this.id = session.nextPartyId();
        this.direction = direction;
        this.account = account;
        this.extension = extension;
        this.from = direction == Direction.OUTBOUND ? own : other;
        this.to = direction == Direction.OUTBOUND ? other : own;
    }

    /** Changes the status; reason and peer belong only to the event that brings them. */
    public SimulatedLeg becomes(String newStatus, @Nullable String newReason, @Nullable PeerRef newPeer) {
        boolean picksUp = newStatus.equals(WireStatus.ANSWERED) && status.equals(WireStatus.PROCEEDING);
        offeredForPickup = extension != null
                && direction == Direction.INBOUND
                && standing != Standing.QUEUES
                && (newStatus.equals(WireStatus.PROCEEDING) || (picksUp && offeredForPickup));
        status = newStatus;
        reason = newReason;
        peer = newPeer;
        rang |= newStatus.equals(WireStatus.PROCEEDING);
        talked |= newStatus.equals(WireStatus.ANSWERED);
        missed |= newStatus.equals(WireStatus.DISCONNECTED) && endsUnanswered();
        return this;
    }

    public SimulatedLeg becomes(String newStatus) {
        return becomes(newStatus, null, null);
    }

    /** Nobody answered this user's phone. Members of a queue miss nothing: another one answers, or nobody does. */
    private boolean endsUnanswered() {
        return rang
                && !talked
                && reason == null
                && extension != null
                && direction == Direction.INBOUND
                && queue == null;
    }

    public SimulatedLeg introduces(Contact newFrom, Contact newTo) {
        from = newFrom;
        to = newTo;
        return this;
    }

    public SimulatedLeg asMemberOf(Extension newQueue) {
        queue = newQueue;
        queueCall = true;
        return this;
    }

    /**
     * The queue's own party.
     *
     * @param marked whether it is reported as a queue call
     */
    public SimulatedLeg asQueue(Extension newQueue, boolean marked) {
        queue = newQueue;
        queueCall = marked;
        standing = Standing.QUEUES;
        return this;
    }

    /**
     * No event of the party is ever delivered.
     *
     * @param withNumbers whether its events still take sequence numbers
     */
    public SimulatedLeg unreported(boolean withNumbers) {
        reported = false;
        numbered = withNumbers;
        return this;
    }

    /** From the answer on, the event of a party that answers for a queue shows the device (as in the sample). */
    public SimulatedLeg knowsDevice() {
        Extension owner = extension;
        if (owner != null && queue != null && direction == Direction.INBOUND && to.deviceId() == null) {
            to = to.onDevice(owner.deviceId());
        }
        return this;
    }

    /** Whether events are marked as a queue call. */
    public boolean isQueueCall() {
        return queueCall;
    }

    public boolean isReported() {
        return reported;
    }

    public boolean isNumbered() {
        return numbered;
    }

    /**
     * The SIP Call-ID of the phone after the answer; null if the subscriber may not answer the extension's calls, as
     * RingCentral's staff explain.
     */
    @Nullable
    public String sipCallId() {
        return talked && extension != null && extension.sharesSipData()
                ? UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString()
                : null;
    }

    public SimulatedLeg asHost() {
        conferenceRole = "Host";
        standing = Standing.HOSTS;
        return this;
    }

    public SimulatedLeg asConferenceStandIn() {
        conferenceRole = "Participant";
        return standsIn();
    }

    public SimulatedLeg standsIn() {
        standing = Standing.STANDS_IN;
        return this;
    }

    public SimulatedLeg supervises() {
        standing = Standing.SUPERVISES;
        return this;
    }

    /** A supervisor who takes a call over talks. */
    public SimulatedLeg takesOver() {
        standing = Standing.TALKS;
        return this;
    }

    public SimulatedLeg asRingOut(@Nullable String role) {
        ringOutRole = role;
        return this;
    }

    public SimulatedLeg parkedAt(String data) {
        parkData = data;
        return this;
    }

    /** Parked although the party belongs to nobody in the account: the number is in another field. */
    public SimulatedLeg parkedFromOutside(@Nullable String number) {
        parkId = number;
        return this;
    }

    public SimulatedLeg muted(boolean newMuted) {
        muted = newMuted;
        return this;
    }

    /** The party's only recording starts, pauses or continues. */
    public SimulatedLeg recording(Recording recording) {
        recordings.clear();
        recordings.add(recording);
        return this;
    }

    public void happened(Happening happening) {
        history.add(happening);
    }

    public List<Happening> history() {
        return history;
    }

    public Standing standing() {
        return standing;
    }

    @Nullable
    public String parkId() {
        return parkId;
    }

    /** Whether this is a party in the public network; a stand-in is not. */
    public boolean isOutside() {
        return extension == null && account != null && standing == Standing.TALKS;
    }

    public TelephonySession session() {
        return session;
    }

    public String id() {
        return id;
    }

    public Direction direction() {
        return direction;
    }

    @Nullable
    public SimulatedAccount account() {
        return account;
    }

    @Nullable
    public Extension extension() {
        return extension;
    }

    public Contact from() {
        return from;
    }

    public Contact to() {
        return to;
    }

    /** Whether the phone shows the queue that rings it. */
    public boolean showsQueue() {
        return queue != null && queueCall;
    }

    /** The caller's name that such a phone shows, without the queue's before it; null if the number stands there. */
    public @Nullable String announcedName(Contact caller) {
        String name = caller.name();
        if (queue == null || !queueCall || name == null) {
            return null;
        }
        String prefix = queue.name() + " - ";
        String announced = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
        return announced.equals(String.valueOf(caller.phoneNumber()).replace("+", "")) ? null : announced;
    }

    /** The party's own address. */
    public Contact own() {
        return direction == Direction.OUTBOUND ? from : to;
    }

    public String status() {
        return status;
    }

    public boolean is(String someStatus) {
        return status.equals(someStatus);
    }

    public boolean isOpen() {
        return !is(WireStatus.DISCONNECTED) && !is(WireStatus.GONE);
    }

    @Nullable
    public String reason() {
        return reason;
    }

    @Nullable
    PeerRef peer() {
        return peer;
    }

    @Nullable
    public String parkData() {
        return parkData;
    }

    @Nullable
    public Extension queue() {
        return queue;
    }

    @Nullable
    String conferenceRole() {
        return conferenceRole;
    }

    @Nullable
    public String ringOutRole() {
        return ringOutRole;
    }

    public List<Recording> recordings() {
        return recordings;
    }

    /** Whether a mobile application may take the call. The platform then says how. */
    boolean offeredForPickup() {
        return offeredForPickup;
    }

    public boolean isMissed() {
        return missed;
    }

    public boolean isMuted() {
        return muted;
    }
}
