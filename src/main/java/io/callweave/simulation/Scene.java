package io.callweave.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A call while it is played: the clock, who is in it, and what the platform has sent so far. */
final class Scene {

    private static final int SHORTEST_LAG_MS = 20;
    private static final int LONGEST_LAG_MS = 120;

    private final CallStart start;
    private final SplittableRandom random;
    private final Set<Account> subscribers = new LinkedHashSet<>();
    private final Map<TelephonySession, Instant> lastSent = new HashMap<>();
    private final List<TelephonySession> sessions = new ArrayList<>();
    private final List<Set<TelephonySession>> calls = new ArrayList<>();
    private final List<Leg> legs = new ArrayList<>();
    private final List<HandOver> handOvers = new ArrayList<>();
    private final List<Notification> sent = new ArrayList<>();

    private Instant now;
    private int undelivered;
    private @Nullable Instant answeredAt;
    private @Nullable Leg far;
    private @Nullable Leg near;
    private @Nullable Leg menu;
    private @Nullable Leg supervisor;
    private @Nullable Consultation consultation;
    private List<Leg> ringing = List.of();

    Scene(CallStart start, long seed) {
        this.start = start;
        this.random = new SplittableRandom(seed);
        this.now = start.time();
        subscribers.add(start.account());
        subscribers.addAll(start.otherSubscribers());
    }

    // The world

    CallStart start() {
        return start;
    }

    Account account() {
        return start.account();
    }

    Instant now() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** What machines need between two events that follow from each other. */
    void moment() {
        pass(between(Duration.ofMillis(3), Duration.ofMillis(40)));
    }

    Duration between(Duration shortest, Duration longest) {
        return Duration.ofMillis(random.nextLong(shortest.toMillis(), longest.toMillis() + 1));
    }

    /** How long people ring, talk or think if the test does not say. */
    Duration someSeconds() {
        return between(Duration.ofSeconds(2), Duration.ofSeconds(9));
    }

    TelephonySession session(String origin) {
        return session(origin, null);
    }

    /** @param legacyId null for one at random */
    TelephonySession session(String origin, @Nullable String legacyId) {
        String body = "%016x%016x".formatted(random.nextLong(), random.nextLong());
        String digits =
                legacyId != null ? legacyId : origin.equals(TelephonySession.CONFERENCE) ? "0" : randomDigits(12);
        String serverId = "10.13.%d.%d.TAM".formatted(random.nextInt(20, 30), random.nextInt(10, 250));
        TelephonySession session = new TelephonySession(body, digits, serverId, origin, skew());
        sessions.add(session);
        calls.add(new LinkedHashSet<>(List.of(session)));
        return session;
    }

    private Duration skew() {
        Duration most = start.wire().skew();
        return most.isZero() ? most : between(most.negated(), most);
    }

    /** From now on these two parties' sessions are one call. */
    void join(Leg one, Leg other) {
        Set<TelephonySession> call = callOf(one);
        Set<TelephonySession> joined = callOf(other);
        if (call != joined) {
            boolean inOrder = calls.indexOf(call) < calls.indexOf(joined);
            Set<TelephonySession> earlier = inOrder ? call : joined;
            Set<TelephonySession> later = inOrder ? joined : call;
            earlier.addAll(later);
            calls.remove(later);
        }
    }

    private Set<TelephonySession> callOf(Leg leg) {
        return calls.stream()
                .filter(call -> call.contains(leg.session()))
                .findFirst()
                .orElseThrow();
    }

    Leg outbound(TelephonySession session, Extension extension, Contact own, Contact other) {
        return add(new Leg(session, Leg.Direction.OUTBOUND, extension.account(), extension, own, other));
    }

    Leg inbound(TelephonySession session, Callee callee, Contact other) {
        Extension extension = callee.extension();
        Account owner = extension == null ? account() : extension.account();
        return add(new Leg(session, Leg.Direction.INBOUND, owner, extension, callee.contact(), other));
    }

    Leg add(Leg leg) {
        legs.add(leg);
        return leg;
    }

    /** The platform sends the party as it is now, to those who may see it. */
    void send(Leg leg) {
        send(leg, (Leg) null);
    }

    private void send(Leg leg, @Nullable Leg peer) {
        Instant sentAt = now.plusMillis(random.nextInt(SHORTEST_LAG_MS, LONGEST_LAG_MS + 1));
        Instant last = lastSent.get(leg.session());
        if (last != null && last.isAfter(sentAt)) {
            sentAt = last;
        }
        lastSent.put(leg.session(), sentAt);
        long sequence = leg.session().nextSequence();
        Instant time = leg.session().clock(now);
        Set<Account> seenBy = new LinkedHashSet<>();
        for (Account subscriber : subscribers) {
            boolean own = subscriber.equals(leg.account() == null ? account() : leg.account());
            if ((own || start.wire().foreignParties()) && isDelivered(leg)) {
                seenBy.add(subscriber);
                // Another account's extension has no URI of its own in this account.
                Extension extension = own ? leg.extension() : null;
                Envelope envelope = new Envelope(
                        randomId(), subscriber, extension, subscriber.subscriptionId(), sequence, time, sentAt);
                sent.add(Notification.of(envelope, leg, start.wire()));
            }
        }
        if (seenBy.isEmpty()) {
            undelivered++;
        }
        leg.happened(new Happening(
                sequence, time, leg.status(), leg.reason(), peer, seenBy, leg.from(), leg.to(), leg.isMuted()));
    }

    private boolean isDelivered(Leg leg) {
        return switch (start.wire().outsideParties()) {
            case SHOWN -> true;
            case END_HIDDEN -> !leg.isOutside() || leg.isOpen();
            case HIDDEN -> !leg.isOutside();
        };
    }

    void send(Leg leg, String status) {
        send(leg.becomes(status));
    }

    void send(Leg leg, String status, String reason) {
        send(leg.becomes(status, reason, null));
    }

    void send(Leg leg, String status, @Nullable String reason, Leg peer) {
        send(leg.becomes(status, reason, start.wire().peerForm().write(peer)), peer);
    }

    /** The same for the end that need not name the other, as that one does. */
    void sendAnswering(Leg leg, String status, @Nullable String reason, Leg peer) {
        if (start.wire().bothEndsNamePeer()) {
            send(leg, status, reason, peer);
        } else {
            send(leg.becomes(status, reason, null));
        }
    }

    String randomId() {
        return Long.toString(random.nextLong(1L << 59, Long.MAX_VALUE));
    }

    private String randomDigits(int count) {
        StringBuilder digits = new StringBuilder().append(random.nextInt(1, 10));
        while (digits.length() < count) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }

    // The people

    /** The party at the other end of the one who acts; it stays when that one hands the call over. */
    Leg far() {
        return there(far, "Nobody is at the other end: the call has not begun");
    }

    /** The party that acts: holds, transfers, parks. */
    Leg near() {
        return there(near, "Nobody has the call yet: say who rings or answers");
    }

    /** The extension of the party that acts. */
    Extension nearExtension() {
        return there(near().extension(), "An outside party has the call and cannot do that");
    }

    boolean hasNear() {
        return near != null;
    }

    void far(Leg leg) {
        far = leg;
    }

    void near(Leg leg) {
        near = leg;
    }

    List<Leg> ringing() {
        return ringing;
    }

    void ringing(List<Leg> newRinging) {
        ringing = newRinging;
    }

    void ring(Leg leg) {
        ringing = List.of(leg);
    }

    /** The session in which the next phone rings: that of whoever has, or had, the call. */
    TelephonySession line() {
        return near == null ? far().session() : near.session();
    }

    /** The IVR menu that the caller listens to. */
    @Nullable
    Leg menu() {
        return menu;
    }

    void menu(@Nullable Leg newMenu) {
        menu = newMenu;
    }

    Leg supervisor() {
        return there(supervisor, "Nobody supervises the call");
    }

    void supervisor(Leg leg) {
        supervisor = leg;
    }

    Consultation consultation() {
        return there(consultation, "Nobody is being consulted");
    }

    void consultation(@Nullable Consultation newConsultation) {
        consultation = newConsultation;
    }

    /** A call that the party who acts makes while the other end waits. */
    record Consultation(Leg caller, Leg callee) {}

    List<Leg> legs() {
        return legs;
    }

    /**
     * Somebody handed the call on inside a session: another party there stays.
     *
     * @param time when the one who handed it on left
     */
    void handedOver(HandOver.Kind kind, Instant time, Leg by, Leg to) {
        Leg from = staying(by.session(), Set.of(by, to));
        handOvers.add(new HandOver(kind, by.session().clock(time), by, null, from, to));
    }

    /**
     * Two sessions become one call: the parties that stay in them talk from now on.
     *
     * @param by the party in the one session that names the other
     * @param other the party in the other
     */
    void bridges(HandOver.Kind kind, Leg by, Leg other) {
        handOvers.add(new HandOver(
                kind,
                by.session().clock(now),
                by,
                other,
                staying(by.session(), Set.of(by)),
                staying(other.session(), Set.of(other))));
    }

    /** The party of the session, but for these others, that talks on. */
    private @Nullable Leg staying(TelephonySession session, Set<Leg> others) {
        return legs.stream()
                .filter(leg -> leg.session() == session && !others.contains(leg) && leg.isOpen())
                .filter(leg -> leg.standing() == Leg.Standing.TALKS || leg.standing() == Leg.Standing.HOSTS)
                .findFirst()
                .orElse(null);
    }

    List<HandOver> handOvers() {
        return handOvers;
    }

    List<Leg> openLegs() {
        return legs.stream().filter(Leg::isOpen).toList();
    }

    void answered() {
        if (answeredAt == null) {
            answeredAt = now;
        }
    }

    // What came of it

    List<Notification> sent() {
        return sent.stream().sorted(Comparator.comparing(Notification::sentAt)).toList();
    }

    int undelivered() {
        return undelivered;
    }

    List<Set<TelephonySession>> calls() {
        return calls;
    }

    List<TelephonySession> sessions() {
        return sessions;
    }

    Set<Account> subscribers() {
        return subscribers;
    }

    @Nullable
    Instant answeredAt() {
        return answeredAt;
    }

    private static <T> T there(@Nullable T value, String message) {
        if (value == null) {
            throw new IllegalStateException(message);
        }
        return value;
    }
}
