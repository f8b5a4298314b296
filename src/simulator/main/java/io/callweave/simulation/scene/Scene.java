package io.callweave.simulation.scene;

import io.callweave.simulation.platform.Callee;
import io.callweave.simulation.platform.Contact;
import io.callweave.simulation.platform.Extension;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.QueueForm;
import io.callweave.simulation.platform.SimulatedAccount;
import io.callweave.simulation.platform.SimulatedLeg;
import io.callweave.simulation.platform.TelephonySession;
import io.callweave.simulation.platform.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A call while it is played: the clock, its parties, and what the platform has sent so far. */
public final class Scene {

    private final SimulatedAccount account;
    private final Wire wire;
    private final SplittableRandom random;
    private final Sessions sessions;
    private final Feed feed;
    private final List<SimulatedLeg> legs = new ArrayList<>();
    private final List<HandOver> handOvers = new ArrayList<>();

    private Instant now;
    private @Nullable Instant answeredAt;
    private @Nullable SimulatedLeg far;
    private @Nullable SimulatedLeg near;
    private @Nullable SimulatedLeg menu;
    private @Nullable SimulatedLeg queueParty;
    private final Set<Extension> rung = new HashSet<>();
    private @Nullable SimulatedLeg supervisor;
    private @Nullable Consultation consultation;
    private List<SimulatedLeg> ringing = List.of();

    /**
     * @param account the account of the call
     * @param otherSubscribers further accounts that receive the events of their own parties
     * @param wire how the platform reports the call
     * @param seed decides what the script leaves open
     */
    public Scene(
            SimulatedAccount account, List<SimulatedAccount> otherSubscribers, Instant time, Wire wire, long seed) {
        this.account = account;
        this.wire = wire;
        this.random = new SplittableRandom(seed);
        this.now = time;
        sessions = new Sessions(random, wire.skew());
        feed = new Feed(account, otherSubscribers, wire, random);
    }

    // Clock and chance

    public Wire wire() {
        return wire;
    }

    SimulatedAccount account() {
        return account;
    }

    Instant now() {
        return now;
    }

    public void pass(Duration time) {
        now = now.plus(time);
    }

    /** The time that machines take between two events that follow from each other. */
    void moment() {
        pass(between(Duration.ofMillis(3), Duration.ofMillis(40)));
    }

    public Duration between(Duration shortest, Duration longest) {
        return Duration.ofMillis(random.nextLong(shortest.toMillis(), longest.toMillis() + 1));
    }

    /** How long people ring, talk or think if the script does not say. */
    public Duration someSeconds() {
        return between(Duration.ofSeconds(2), Duration.ofSeconds(9));
    }

    TelephonySession session(String origin) {
        return sessions.add(origin, null);
    }

    /** @param legacyId null for a random one */
    TelephonySession session(String origin, @Nullable String legacyId) {
        return sessions.add(origin, legacyId);
    }

    /** From now on, these two parties' sessions are one call. */
    void join(SimulatedLeg one, SimulatedLeg other) {
        sessions.join(one.session(), other.session());
    }

    SimulatedLeg outbound(TelephonySession session, Extension extension, Contact own, Contact other) {
        return add(
                new SimulatedLeg(session, SimulatedLeg.Direction.OUTBOUND, extension.account(), extension, own, other));
    }

    SimulatedLeg inbound(TelephonySession session, Callee callee, Contact other) {
        Extension extension = callee.extension();
        SimulatedAccount owner = extension == null ? account() : extension.account();
        return add(
                new SimulatedLeg(session, SimulatedLeg.Direction.INBOUND, owner, extension, callee.contact(), other));
    }

    SimulatedLeg add(SimulatedLeg leg) {
        legs.add(leg);
        return leg;
    }

    /** The platform sends the current state of the party to those who may see it. */
    void send(SimulatedLeg leg) {
        feed.send(leg, null, now);
    }

    void send(SimulatedLeg leg, String status) {
        send(leg.becomes(status));
    }

    void send(SimulatedLeg leg, String status, @Nullable String reason) {
        send(leg.becomes(status, reason, null));
    }

    void send(SimulatedLeg leg, String status, @Nullable String reason, SimulatedLeg peer) {
        feed.send(leg.becomes(status, reason, wire.peerForm().write(peer)), peer, now);
    }

    /** The same for the other end, which may not have to name this one. */
    void sendAnswering(SimulatedLeg leg, String status, @Nullable String reason, SimulatedLeg peer) {
        if (wire.bothEndsNamePeer()) {
            send(leg, status, reason, peer);
        } else {
            send(leg.becomes(status, reason, null));
        }
    }

    <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    String randomId() {
        return feed.randomId();
    }

    // The parties

    /** The party at the other end of the acting one; it stays when the call is transferred. */
    SimulatedLeg far() {
        return there(far, "Nobody is at the other end: the call has not begun");
    }

    /** The acting party: it holds, transfers, parks. */
    SimulatedLeg near() {
        return there(near, "Nobody has the call yet: say who rings or answers");
    }

    /** The extension of the acting party. */
    Extension nearExtension() {
        return there(near().extension(), "An outside party has the call and cannot do that");
    }

    boolean hasNear() {
        return near != null;
    }

    void far(SimulatedLeg leg) {
        far = leg;
    }

    void near(SimulatedLeg leg) {
        near = leg;
    }

    List<SimulatedLeg> ringing() {
        return ringing;
    }

    void ringing(List<SimulatedLeg> newRinging) {
        ringing = newRinging;
    }

    void ring(SimulatedLeg leg) {
        ringing = List.of(leg);
    }

    /** The session in which the next phone rings: that of the acting party, now or before. */
    TelephonySession line() {
        return near == null ? far().session() : near.session();
    }

    /** The IVR menu that the caller listens to. */
    @Nullable
    SimulatedLeg menu() {
        return menu;
    }

    void menu(@Nullable SimulatedLeg newMenu) {
        menu = newMenu;
    }

    /** The own party of the queue in which the caller waits. */
    @Nullable
    SimulatedLeg queueParty() {
        return queueParty;
    }

    void queueParty(@Nullable SimulatedLeg newQueueParty) {
        queueParty = newQueueParty;
    }

    QueueForm queueForm() {
        return wire.queues();
    }

    /** Whether the queue has rung members. */
    boolean hasRung(Extension queue) {
        return rung.contains(queue);
    }

    void rung(Extension queue) {
        rung.add(queue);
    }

    SimulatedLeg supervisor() {
        return there(supervisor, "Nobody supervises the call");
    }

    void supervisor(SimulatedLeg leg) {
        supervisor = leg;
    }

    Consultation consultation() {
        return there(consultation, "Nobody is being consulted");
    }

    void consultation(@Nullable Consultation newConsultation) {
        consultation = newConsultation;
    }

    /** A call of the acting party while the other end waits. */
    record Consultation(SimulatedLeg caller, SimulatedLeg callee) {}

    public List<SimulatedLeg> legs() {
        return legs;
    }

    /**
     * A transfer inside a session, in which another party stays.
     *
     * @param time when the transferor left
     */
    void handedOver(HandOver.Kind kind, Instant time, SimulatedLeg by, @Nullable SimulatedLeg to) {
        SimulatedLeg from = staying(by.session(), to == null ? Set.of(by) : Set.of(by, to));
        handOvers.add(new HandOver(kind, by.session().clock(time), by, null, from, to));
    }

    /**
     * Two sessions become one call: the parties that stay in them talk from now on.
     *
     * @param by the party in one session that names the other
     * @param other the party in the other session
     */
    void bridges(HandOver.Kind kind, SimulatedLeg by, SimulatedLeg other) {
        handOvers.add(new HandOver(
                kind,
                by.session().clock(now),
                by,
                other,
                staying(by.session(), Set.of(by)),
                staying(other.session(), Set.of(other))));
    }

    /** The party of the session that continues to talk, other than these. */
    private @Nullable SimulatedLeg staying(TelephonySession session, Set<SimulatedLeg> others) {
        return legs.stream()
                .filter(leg -> leg.session() == session && !others.contains(leg) && leg.isOpen())
                .filter(leg ->
                        leg.standing() == SimulatedLeg.Standing.TALKS || leg.standing() == SimulatedLeg.Standing.HOSTS)
                .findFirst()
                .orElse(null);
    }

    public List<HandOver> handOvers() {
        return handOvers;
    }

    List<SimulatedLeg> openLegs() {
        return legs.stream().filter(SimulatedLeg::isOpen).toList();
    }

    void answered() {
        if (answeredAt == null) {
            answeredAt = now;
        }
    }

    // Results

    /** In the order of sending. */
    public List<Notification> sent() {
        return feed.sent();
    }

    /** The number of events that nobody received. */
    public int undelivered() {
        return feed.undelivered();
    }

    /** The sessions of each call. */
    public List<Set<TelephonySession>> calls() {
        return sessions.calls();
    }

    public List<TelephonySession> sessions() {
        return sessions.all();
    }

    public Set<SimulatedAccount> subscribers() {
        return feed.subscribers();
    }

    @Nullable
    public Instant answeredAt() {
        return answeredAt;
    }

    private static <T> T there(@Nullable T value, String message) {
        if (value == null) {
            throw new IllegalStateException(message);
        }
        return value;
    }
}
