package io.callweave.simulation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A party of a session as it stands now; every notification shows the whole of it. */
final class Leg {

    enum Direction {
        INBOUND("Inbound"),
        OUTBOUND("Outbound");

        private final String code;

        Direction(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    /** What the party is there for. */
    enum Standing {
        TALKS,
        HOSTS,
        SUPERVISES,
        /** Stands for a party of another session. */
        STANDS_IN
    }

    /** A recording; not active means paused. */
    record Recording(String id, boolean active) {}

    private final TelephonySession session;
    private final String id;
    private final Direction direction;
    private final @Nullable Account account;
    private final @Nullable Extension extension;
    private final List<Recording> recordings = new ArrayList<>();

    private Contact from;
    private Contact to;
    private String status = Status.SETUP;
    private @Nullable String reason;
    private @Nullable PeerRef peer;
    private @Nullable String parkData;
    private @Nullable Extension queue;
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
     * @param account whose party it is, null for the stand-ins in a conference
     * @param extension whose phone it is, null for a party in the public network
     * @param own the party's own address
     * @param other the address of the party at the other end
     */
    Leg(
            TelephonySession session,
            Direction direction,
            @Nullable Account account,
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

    /** Changes the status; reason and peer belong to the one event that brings them. */
    Leg becomes(String newStatus, @Nullable String newReason, @Nullable PeerRef newPeer) {
        boolean picksUp = newStatus.equals(Status.ANSWERED) && status.equals(Status.PROCEEDING);
        offeredForPickup = extension != null
                && direction == Direction.INBOUND
                && (newStatus.equals(Status.PROCEEDING) || (picksUp && offeredForPickup));
        status = newStatus;
        reason = newReason;
        peer = newPeer;
        rang |= newStatus.equals(Status.PROCEEDING);
        talked |= newStatus.equals(Status.ANSWERED);
        missed |= newStatus.equals(Status.DISCONNECTED) && endsUnanswered();
        return this;
    }

    Leg becomes(String newStatus) {
        return becomes(newStatus, null, null);
    }

    /** A user's phone that rang in vain. Members of a queue miss nothing: another one answers, or nobody does. */
    private boolean endsUnanswered() {
        return rang
                && !talked
                && reason == null
                && extension != null
                && direction == Direction.INBOUND
                && queue == null;
    }

    Leg introduces(Contact newFrom, Contact newTo) {
        from = newFrom;
        to = newTo;
        return this;
    }

    Leg asMemberOf(Extension newQueue) {
        queue = newQueue;
        return this;
    }

    Leg asHost() {
        conferenceRole = "Host";
        standing = Standing.HOSTS;
        return this;
    }

    Leg asConferenceStandIn() {
        conferenceRole = "Participant";
        return standsIn();
    }

    Leg standsIn() {
        standing = Standing.STANDS_IN;
        return this;
    }

    Leg supervises() {
        standing = Standing.SUPERVISES;
        return this;
    }

    /** A supervisor who takes a call over is one who talks. */
    Leg takesOver() {
        standing = Standing.TALKS;
        return this;
    }

    Leg asRingOut(@Nullable String role) {
        ringOutRole = role;
        return this;
    }

    Leg parkedAt(String data) {
        parkData = data;
        return this;
    }

    /** Parked although the party is of nobody in the account: the number stands in another place. */
    Leg parkedFromOutside(@Nullable String number) {
        parkId = number;
        return this;
    }

    Leg muted(boolean newMuted) {
        muted = newMuted;
        return this;
    }

    /** The one recording of the party starts, pauses or goes on. */
    Leg recording(Recording recording) {
        recordings.clear();
        recordings.add(recording);
        return this;
    }

    void happened(Happening happening) {
        history.add(happening);
    }

    List<Happening> history() {
        return history;
    }

    Standing standing() {
        return standing;
    }

    @Nullable
    String parkId() {
        return parkId;
    }

    /** A party in the public network; a stand-in is not. */
    boolean isOutside() {
        return extension == null && account != null && standing == Standing.TALKS;
    }

    TelephonySession session() {
        return session;
    }

    String id() {
        return id;
    }

    Direction direction() {
        return direction;
    }

    @Nullable
    Account account() {
        return account;
    }

    @Nullable
    Extension extension() {
        return extension;
    }

    Contact from() {
        return from;
    }

    Contact to() {
        return to;
    }

    /** The party's own address. */
    Contact own() {
        return direction == Direction.OUTBOUND ? from : to;
    }

    String status() {
        return status;
    }

    boolean is(String someStatus) {
        return status.equals(someStatus);
    }

    boolean isOpen() {
        return !is(Status.DISCONNECTED) && !is(Status.GONE);
    }

    @Nullable
    String reason() {
        return reason;
    }

    @Nullable
    PeerRef peer() {
        return peer;
    }

    @Nullable
    String parkData() {
        return parkData;
    }

    @Nullable
    Extension queue() {
        return queue;
    }

    @Nullable
    String conferenceRole() {
        return conferenceRole;
    }

    @Nullable
    String ringOutRole() {
        return ringOutRole;
    }

    List<Recording> recordings() {
        return recordings;
    }

    /** True while a mobile application may take the call; the platform then says how. */
    boolean offeredForPickup() {
        return offeredForPickup;
    }

    boolean isMissed() {
        return missed;
    }

    boolean isMuted() {
        return muted;
    }
}
