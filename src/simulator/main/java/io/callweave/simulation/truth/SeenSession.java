package io.callweave.simulation.truth;

import io.callweave.simulation.platform.Extension;
import io.callweave.simulation.platform.SimulatedAccount;
import io.callweave.simulation.platform.SimulatedLeg;
import io.callweave.simulation.platform.TelephonySession;
import io.callweave.simulation.platform.WireStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The part of a session that one account sees: its parties in the order of their first events. */
final class SeenSession {

    private static final long FIRST_VISIBLE = 2;

    private final TelephonySession session;
    private final List<SeenParty> parties;
    private final TreeSet<Long> sequences = new TreeSet<>();

    private SeenSession(TelephonySession session, List<SeenParty> parties) {
        this.session = session;
        this.parties = parties;
        parties.forEach(party -> party.events().forEach(event -> sequences.add(event.sequence())));
        settleDirections();
        SeenQueues.settle(parties);
    }

    /** Null if the account sees nothing of it. */
    static @Nullable SeenSession of(TelephonySession session, List<SimulatedLeg> legs, SimulatedAccount account) {
        List<SeenParty> parties = legs.stream()
                .filter(leg -> leg.session() == session)
                .filter(leg ->
                        leg.history().stream().anyMatch(event -> event.seenBy().contains(account)))
                .map(leg -> new SeenParty(leg, account))
                .sorted(Comparator.comparingLong(SeenParty::firstSequence))
                .toList();
        return parties.isEmpty() ? null : new SeenSession(session, parties);
    }

    /** A user who continues a call on another device keeps the direction of the call. */
    private void settleDirections() {
        Map<String, SeenParty> switched = new HashMap<>();
        for (SeenParty party : parties) {
            Extension extension = party.extension();
            if (extension == null) {
                continue;
            }
            SeenParty before = switched.get(extension.id());
            if (before != null) {
                party.goesOnAs(before.direction());
            }
            boolean hands = party.endedWith("CallSwitch") || party.endedWith("CallFlip");
            if (hands && (before == null || before.lastTime() <= party.lastTime())) {
                switched.put(extension.id(), party);
            }
        }
    }

    TelephonySession session() {
        return session;
    }

    List<SeenParty> parties() {
        return parties;
    }

    long startTime() {
        return parties.stream().mapToLong(SeenParty::startTime).min().orElseThrow();
    }

    long endTime() {
        return endTime(parties);
    }

    /** Of the parties that talk; if there are only supervisors, of those. */
    static long endTime(List<SeenParty> parties) {
        return parties.stream()
                .filter(party -> !party.supervises())
                .mapToLong(SeenParty::lastTime)
                .max()
                .orElseGet(() ->
                        parties.stream().mapToLong(SeenParty::lastTime).max().orElseThrow());
    }

    SortedSet<Long> sequences() {
        return sequences;
    }

    /** The sequence numbers up to the last seen one that the account did not receive. */
    SortedSet<Long> neverSent() {
        TreeSet<Long> missing = new TreeSet<>();
        for (long sequence = FIRST_VISIBLE; sequence < sequences.last(); sequence++) {
            if (!sequences.contains(sequence)) {
                missing.add(sequence);
            }
        }
        return missing;
    }

    /**
     * The called parties, and who took the call over: no caller, supervisor, stand-in, queue or menu, nor the party that requested the call from
     * the platform.
     */
    List<SeenParty> answering() {
        boolean nobodyCalled = parties.stream().noneMatch(party -> party.isInbound() && isThere(party));
        return parties.stream()
                .filter(party -> party.takesPart() && !isInitiator(party))
                .filter(party -> !party.endedWith("CallerInputRedirect") || party.wasIn(WireStatus.PROCEEDING))
                .filter(party ->
                        party.isInbound() || party.hasReason("TakeOver") || (nobodyCalled && party.extension() != null))
                .toList();
    }

    boolean isInitiator(SeenParty party) {
        if (!session.isRingOut()) {
            return false;
        }
        boolean roles = parties.stream().anyMatch(one -> one.leg().ringOutRole() != null);
        return roles ? "Initiator".equals(party.leg().ringOutRole()) : party == parties.get(0);
    }

    private static boolean isThere(SeenParty party) {
        return !party.supervises() && !party.standsIn();
    }

    /** The caller: the first Outbound party, supervisors last. */
    @Nullable
    SeenParty caller() {
        List<SeenParty> outbound = new ArrayList<>(
                parties.stream().filter(party -> !party.isInbound()).toList());
        outbound.sort(Comparator.comparing(SeenParty::supervises));
        return outbound.isEmpty() ? null : outbound.get(0);
    }

    @Nullable
    SeenParty called() {
        return parties.stream()
                .filter(party -> party.isInbound() && !party.supervises() && !isInitiator(party))
                .findFirst()
                .orElse(null);
    }
}
