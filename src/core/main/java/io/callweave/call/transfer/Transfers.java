package io.callweave.call.transfer;

import io.callweave.call.Call;
import io.callweave.call.event.PartyRef;
import io.callweave.call.event.Peer;
import io.callweave.call.event.Reason;
import io.callweave.call.event.Status;
import io.callweave.call.joining.Link;
import io.callweave.call.session.FoldedSession;
import io.callweave.call.session.Party;
import io.callweave.call.session.PartyPresence;
import io.callweave.call.session.Timeline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds a call's transfers: inside a session by how a party ended, between two sessions by their links. */
public final class Transfers {

    private final Map<String, FoldedSession> sessions = new HashMap<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<PartyRef, Party> parties = new HashMap<>();
    private final Map<String, PartyPresence> attendances = new HashMap<>();
    private final Set<String> missing;

    private Transfers(Call call) {
        missing = call.missingSessions();
        for (FoldedSession session : call.sessions()) {
            places.put(session.id(), places.size());
            sessions.put(session.id(), session);
        }
        for (Party party : call.parties()) {
            parties.put(party.ref(), party);
        }
    }

    /**
     * All transfers, by time, then by the party.
     *
     * @param links of the call, in their order
     */
    public static List<Transfer> of(Call call, List<Link> links) {
        List<Transfer> transfers = new ArrayList<>();
        Set<PartyRef> pickedUp = pickedUp(links);
        for (FoldedSession session : call.sessions()) {
            addInside(session, pickedUp, transfers);
        }
        if (!links.isEmpty()) {
            new Transfers(call).addBetween(links, transfers);
        }
        transfers.sort(Transfer.ORDER);
        return transfers;
    }

    /**
     * The transfers inside one session, sorted.
     *
     * @param links of the call
     */
    static List<Transfer> inside(FoldedSession session, List<Link> links) {
        List<Transfer> transfers = new ArrayList<>();
        addInside(session, pickedUp(links), transfers);
        transfers.sort(Transfer.ORDER);
        return transfers;
    }

    /**
     * The parties that a pick-up from another session names. The link is the transfer, whether or not they name it too.
     */
    public static Set<PartyRef> pickedUp(List<Link> links) {
        Set<PartyRef> parties = new HashSet<>();
        for (Link link : links) {
            if (link.kind() == Link.Kind.PICKUP || link.kind() == Link.Kind.PARK_RETRIEVAL) {
                parties.add(link.from());
                parties.add(link.to());
            }
        }
        return parties;
    }

    private static void addInside(FoldedSession session, Set<PartyRef> pickedUp, List<Transfer> transfers) {
        PartyPresence attendance = null;
        for (Party party : session.parties()) {
            Timeline.End end = party.end();
            Transfer.Kind kind = end == null || party.isSupervisor() ? null : kindOf(end);
            boolean byLink = kind == Transfer.Kind.PICKUP && (party.peer() != null || pickedUp.contains(party.ref()));
            if (end != null && kind != null && !byLink) {
                attendance = attendance == null ? new PartyPresence(session.parties()) : attendance;
                // A party that begins later cannot be the one that stays.
                Party from = attendance.firstThere(end.time(), end.sequence(), other -> true);
                Party to = attendance.successor(party);
                transfers.add(new Transfer(kind, end.time(), party.ref(), ref(from), ref(to)));
            }
        }
    }

    private static Transfer.@Nullable Kind kindOf(Timeline.End end) {
        if (!end.status().equals(Status.DISCONNECTED) || end.reason() == null) {
            return null;
        }
        return switch (end.reason()) {
            case Reason.BLIND_TRANSFER, Reason.RCC_TRANSFER, Reason.DTMF_TRANSFER -> Transfer.Kind.BLIND;
            case Reason.CALL_FLIP -> Transfer.Kind.FLIP;
            case Reason.CALL_SWITCH -> Transfer.Kind.SWITCH;
            case Reason.PICKUP -> Transfer.Kind.PICKUP;
            default -> null;
        };
    }

    /** The kind of transfer that a link stands for. */
    static Transfer.@Nullable Kind kindOf(Link link) {
        return switch (link.kind()) {
            case ATTENDED_TRANSFER -> Transfer.Kind.ATTENDED;
            case CONFERENCE -> Transfer.Kind.CONFERENCE;
            case PARK_RETRIEVAL -> Transfer.Kind.PARK;
            case PICKUP -> Transfer.Kind.PICKUP;
            case SUPERVISION, OTHER -> null;
        };
    }

    /** Two sessions and the kind of transfer that joined them. */
    private record Joint(Transfer.Kind kind, String earlier, String later) {}

    /**
     * The two parties that left an attended transfer: the transferor's party in the earlier session and in the later
     * one.
     */
    public record Leavers(PartyRef earlier, PartyRef later) {}

    /** The parties that left in each attended transfer, in the order of the links. */
    public static List<Leavers> leavers(Call call, List<Link> links) {
        if (links.isEmpty()) {
            return List.of();
        }
        Transfers transfers = new Transfers(call);
        List<Leavers> leavers = new ArrayList<>();
        transfers.joints(links).forEach((joint, ofJoint) -> {
            if (joint.kind() == Transfer.Kind.ATTENDED) {
                leavers.add(new Leavers(
                        transfers.leaving(joint, joint.earlier(), ofJoint),
                        transfers.leaving(joint, joint.later(), ofJoint)));
            }
        });
        return leavers;
    }

    private void addBetween(List<Link> links, List<Transfer> transfers) {
        joints(links).forEach((joint, ofJoint) -> transfers.add(between(joint, ofJoint)));
    }

    private Map<Joint, List<Link>> joints(List<Link> links) {
        Map<Joint, List<Link>> joints = new LinkedHashMap<>();
        for (Link link : links) {
            Transfer.Kind kind = kindOf(link);
            String from = link.from().telephonySessionId();
            String to = link.to().telephonySessionId();
            // A session that was seen and is not part of this call belongs to another call: no transfer led there.
            if (kind != null && ofThisCall(from) && ofThisCall(to)) {
                Joint joint = place(from) <= place(to) ? new Joint(kind, from, to) : new Joint(kind, to, from);
                joints.computeIfAbsent(joint, any -> new ArrayList<>(2)).add(link);
            }
        }
        return joints;
    }

    private boolean ofThisCall(String session) {
        return sessions.containsKey(session) || missing.contains(session);
    }

    private Transfer between(Joint joint, List<Link> links) {
        long time = links.get(0).time();
        PartyRef by = leaving(joint, joint.earlier(), links);
        PartyRef other = leaving(joint, joint.later(), links);
        // The transferor is in both sessions, and may leave the other one a moment later.
        boolean attended = joint.kind() == Transfer.Kind.ATTENDED;
        Predicate<Party> stays = party -> !party.ref().equals(by)
                && !(attended && (party.ref().equals(other) || (party.peer() != null && left(party, joint))));
        return new Transfer(
                joint.kind(), time, by, first(joint.earlier(), time, stays), first(joint.later(), time, stays));
    }

    /**
     * The linked party of one of the two sessions. A party that stays may name a peer too, so the party that left is
     * better. One end may name only the session of the other, or a party id that does not exist, so a party that was
     * seen is better.
     */
    private PartyRef leaving(Joint joint, String session, List<Link> links) {
        boolean attended = joint.kind() == Transfer.Kind.ATTENDED;
        PartyRef seen = null;
        PartyRef named = null;
        for (Link link : links) {
            PartyRef ref = link.from().telephonySessionId().equals(session) ? link.from() : link.to();
            Party party = parties.get(ref);
            if (party != null && attended && left(party, joint)) {
                return ref;
            }
            seen = seen == null && party != null ? ref : seen;
            named = named == null && ref.partyId() != null ? ref : named;
        }
        if (seen != null) {
            return seen;
        }
        String left = attended ? whoLeft(session, joint) : null;
        return left == null && named != null ? named : new PartyRef(session, left);
    }

    private @Nullable String whoLeft(String session, Joint joint) {
        FoldedSession folded = sessions.get(session);
        return folded == null
                ? null
                : folded.parties().stream()
                        .filter(party -> left(party, joint))
                        .map(Party::id)
                        .findFirst()
                        .orElse(null);
    }

    /** Whether a party is one of the transferor's, who leaves both sessions. */
    private static boolean left(Party party, Joint joint) {
        Peer peer = party.peer();
        return party.endedWith(Reason.ATTENDED_TRANSFER)
                && (peer == null
                        || peer.telephonySessionId().equals(joint.earlier())
                        || peer.telephonySessionId().equals(joint.later()));
    }

    private int place(String session) {
        return places.getOrDefault(session, Integer.MAX_VALUE);
    }

    private @Nullable PartyRef first(String session, long time, Predicate<Party> fits) {
        FoldedSession folded = sessions.get(session);
        if (folded == null) {
            return null;
        }
        PartyPresence attendance = attendances.computeIfAbsent(session, any -> new PartyPresence(folded.parties()));
        return ref(attendance.firstThere(time, Long.MAX_VALUE, fits));
    }

    private static @Nullable PartyRef ref(@Nullable Party party) {
        return party == null ? null : party.ref();
    }
}
