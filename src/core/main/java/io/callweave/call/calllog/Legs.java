package io.callweave.call.calllog;

import io.callweave.call.AnsweredBy;
import io.callweave.call.AnsweringParties;
import io.callweave.call.Call;
import io.callweave.call.CallAddresses;
import io.callweave.call.CallDirection;
import io.callweave.call.event.PartyRef;
import io.callweave.call.event.Recording;
import io.callweave.call.event.Status;
import io.callweave.call.joining.Link;
import io.callweave.call.session.FoldedSession;
import io.callweave.call.session.Party;
import io.callweave.call.transfer.Transfers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The legs of a call as its Call Log record would have them: one for each party that is neither a bridge nor a supervisor
 * who never got through.
 */
public final class Legs {

    private final Call call;
    private final CallDirection direction;
    private final CallResult outcome;
    private final CallAddresses addresses;
    private final long until;
    private final Map<PartyRef, WarmTransfer> warmTransfers = new HashMap<>();
    private final Set<PartyRef> pickedUp;

    /** The other sessions of a warm transfer, as one of its parties sees them. */
    private record WarmTransfer(
            @Nullable String target, @Nullable String transferee) {
        static final WarmTransfer NONE = new WarmTransfer(null, null);
    }

    /**
     * Prepares the legs of a call.
     *
     * @param outcome of the whole call
     * @param addresses of the whole call
     * @param until when everything that is not over ends
     */
    public Legs(
            Call call,
            CallDirection direction,
            CallResult outcome,
            CallAddresses addresses,
            List<Link> links,
            long until) {
        this.call = call;
        this.direction = direction;
        this.outcome = outcome;
        this.addresses = addresses;
        this.until = until;
        pickedUp = Transfers.pickedUp(links);
        for (Transfers.Leavers leavers : Transfers.leavers(call, links)) {
            PartyRef earlier = leavers.earlier();
            PartyRef later = leavers.later();
            warmTransfers.putIfAbsent(earlier, new WarmTransfer(later.telephonySessionId(), null));
            warmTransfers.putIfAbsent(later, new WarmTransfer(null, earlier.telephonySessionId()));
        }
    }

    /** The master leg first, as in the Call Log, then the others by session and first sequence. */
    public List<Leg> legs() {
        PartyRef master = master();
        List<Leg> legs = new ArrayList<>(call.parties().size());
        for (FoldedSession session : call.sessions()) {
            LegContext context = LegContext.of(session);
            for (Party party : session.parties()) {
                if (party.ref().equals(master)) {
                    legs.add(0, leg(party, context, true));
                } else if (hasLeg(party)) {
                    legs.add(leg(party, context, false));
                }
            }
        }
        return legs;
    }

    /** The incoming connection: the caller, else the first party that has a leg; null if none has. */
    private @Nullable PartyRef master() {
        Party caller = CallDirection.caller(call.first());
        if (caller != null && hasLeg(caller)) {
            return caller.ref();
        }
        return call.parties().stream()
                .filter(Legs::hasLeg)
                .map(Party::ref)
                .findFirst()
                .orElse(null);
    }

    private static boolean hasLeg(Party party) {
        return !party.isBridge() && !(party.isSupervisor() && party.answerTime() == null);
    }

    private Leg leg(Party party, LegContext context, boolean master) {
        // RingCentral shows the phone that is called first in a RingOut the other end as the caller.
        boolean ofCall = master && context.session().isRingOut();
        LegWords words = new LegWords(party, context, pickedUp.contains(party.ref()));
        String result = master ? outcome.result() : words.result();
        long end = party.end() == null ? until : party.end().time();
        WarmTransfer warm = warmTransfers.getOrDefault(party.ref(), WarmTransfer.NONE);
        return new Leg(
                party.ref(),
                master,
                master ? legTypeOfMaster() : words.legType(),
                master ? outcome.type() : words.type(),
                master ? direction.wireName() : words.direction(),
                master ? outcome.action() : words.action(),
                result,
                CallLogTable.reason(result, words.endReason()),
                ofCall ? addresses.from() : party.from(),
                ofCall ? addresses.to() : party.to(),
                party.queueExtensionId(),
                party.startTime(),
                Math.max(0, end - party.startTime()),
                new CallLogRefs(
                        party.ref().partyId(),
                        extension(party, master),
                        recording(party),
                        warm.target(),
                        warm.transferee()));
    }

    /** The samples show the incoming connection of a plain call only. */
    private String legTypeOfMaster() {
        boolean incomingCall = !direction.isOutbound() && outcome.action().equals(CallLogTable.PHONE_CALL);
        return incomingCall ? CallLogTable.LEG_ACCEPT : CallLogTable.UNKNOWN;
    }

    /** In the samples, the incoming connection has the extension of the user whom the caller wanted. */
    private @Nullable String extension(Party party, boolean master) {
        if (party.extensionId() == null && master) {
            return ownExtension();
        }
        return party.isQueue() ? null : party.extensionId();
    }

    /**
     * The references of the whole call: the party that provides {@code from} and {@code to}, and what its sessions and
     * legs refer to.
     */
    public CallLogRefs refsOfCall(List<Leg> legs) {
        WarmTransfer warm = call.first().parties().stream()
                .map(party -> warmTransfers.get(party.ref()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(WarmTransfer.NONE);
        return new CallLogRefs(
                addresses.party().partyId(),
                ownExtension(),
                legs.stream()
                        .map(leg -> leg.refs().recording())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                warm.target(),
                warm.transferee());
    }

    /** The extension that called. For a call from outside: the one that answered first, or the only one that rang. */
    private @Nullable String ownExtension() {
        if (direction.isOutbound()) {
            return call.first().parties().stream()
                    .filter(party -> party.isOutbound() || call.first().isRingOutInitiator(party))
                    .filter(party -> !party.isSupervisor() || call.isMonitoring())
                    .filter(party -> party.extensionId() != null)
                    .map(Party::extensionId)
                    .findFirst()
                    .orElse(null);
        }
        List<Party> own = AnsweringParties.of(call).stream()
                .filter(party -> party.extensionId() != null)
                .toList();
        Party answered = AnsweredBy.first(own);
        if (answered != null) {
            return answered.extensionId();
        }
        List<String> rang = own.stream()
                .filter(party -> party.timeline().wasIn(Status.PROCEEDING))
                .map(Party::extensionId)
                .distinct()
                .limit(2)
                .toList();
        return rang.size() == 1 ? rang.get(0) : null;
    }

    private @Nullable RecordingRef recording(Party party) {
        for (Recording recording : party.recordings()) {
            if (recording.id() != null) {
                return new RecordingRef(call.accountId(), recording.id());
            }
        }
        return null;
    }
}
