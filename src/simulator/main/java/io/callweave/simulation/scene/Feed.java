package io.callweave.simulation.scene;

import io.callweave.simulation.platform.Extension;
import io.callweave.simulation.platform.Happening;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.SimulatedAccount;
import io.callweave.simulation.platform.SimulatedEnvelope;
import io.callweave.simulation.platform.SimulatedLeg;
import io.callweave.simulation.platform.TelephonySession;
import io.callweave.simulation.platform.Wire;
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

/** The notifications of a scene: numbers each event, decides which accounts receive it, and sends it a moment later. */
final class Feed {

    private static final int SHORTEST_LAG_MS = 20;
    private static final int LONGEST_LAG_MS = 120;

    private final SimulatedAccount account;
    private final Set<SimulatedAccount> subscribers = new LinkedHashSet<>();
    private final Wire wire;
    private final SplittableRandom random;
    private final Map<TelephonySession, Instant> lastSent = new HashMap<>();
    private final List<Notification> sent = new ArrayList<>();
    private int undelivered;

    /**
     * @param account the account of the call
     * @param otherSubscribers further accounts that receive the events of their own parties
     */
    Feed(SimulatedAccount account, List<SimulatedAccount> otherSubscribers, Wire wire, SplittableRandom random) {
        this.account = account;
        this.wire = wire;
        this.random = random;
        subscribers.add(account);
        subscribers.addAll(otherSubscribers);
    }

    /** Sends the current state of a party, with the peer that this event names. */
    void send(SimulatedLeg leg, @Nullable SimulatedLeg peer, Instant now) {
        if (!leg.isNumbered()) {
            return;
        }
        Instant sentAt = sentAt(leg.session(), now);
        long sequence = leg.session().nextSequence();
        Instant time = leg.session().clock(now);
        Set<SimulatedAccount> seenBy = new LinkedHashSet<>();
        for (SimulatedAccount subscriber : subscribers) {
            boolean own = subscriber.equals(leg.account() == null ? account : leg.account());
            if ((own || wire.foreignParties()) && isDelivered(leg)) {
                seenBy.add(subscriber);
                // Another account's extension has no URI of its own in this account.
                Extension extension = own ? leg.extension() : null;
                SimulatedEnvelope envelope = new SimulatedEnvelope(
                        randomId(), subscriber, extension, subscriber.subscriptionId(), sequence, time, sentAt);
                sent.add(Notification.of(envelope, leg, wire));
            }
        }
        if (seenBy.isEmpty()) {
            undelivered++;
        }
        leg.happened(new Happening(
                sequence,
                time,
                leg.status(),
                leg.reason(),
                peer,
                seenBy,
                leg.from(),
                leg.to(),
                leg.isMuted(),
                wire.sipData() ? leg.sipCallId() : null));
    }

    /** The events of a session are sent in the order in which they happen. */
    private Instant sentAt(TelephonySession session, Instant now) {
        Instant afterLag = now.plusMillis(random.nextInt(SHORTEST_LAG_MS, LONGEST_LAG_MS + 1));
        Instant last = lastSent.get(session);
        Instant sentAt = last != null && last.isAfter(afterLag) ? last : afterLag;
        lastSent.put(session, sentAt);
        return sentAt;
    }

    private boolean isDelivered(SimulatedLeg leg) {
        if (!leg.isReported()) {
            return false;
        }
        return switch (wire.outsideParties()) {
            case SHOWN -> true;
            case END_HIDDEN -> !leg.isOutside() || leg.isOpen();
            case HIDDEN -> !leg.isOutside();
        };
    }

    String randomId() {
        return Long.toString(random.nextLong(1L << 59, Long.MAX_VALUE));
    }

    /** In the order of sending. */
    List<Notification> sent() {
        return sent.stream().sorted(Comparator.comparing(Notification::sentAt)).toList();
    }

    /** The number of events that nobody received. */
    int undelivered() {
        return undelivered;
    }

    Set<SimulatedAccount> subscribers() {
        return subscribers;
    }
}
