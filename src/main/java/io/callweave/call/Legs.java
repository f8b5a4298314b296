package io.callweave.call;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The legs of a call as its Call Log record would have them: one for each party that is no bridge. */
final class Legs {

    private final Call call;
    private final CallDirection direction;
    private final CallResult outcome;
    private final long until;
    private final boolean live;
    private final Map<PartyRef, Transfer.Kind> cameBy = new HashMap<>();
    private final Map<PartyRef, WarmTransfer> warmTransfers = new HashMap<>();
    private final Set<PartyRef> pickedUp;

    /** The other sessions of a warm transfer, for one of its ends. */
    private record WarmTransfer(
            @Nullable String target, @Nullable String transferee) {
        static final WarmTransfer NONE = new WarmTransfer(null, null);
    }

    /**
     * Prepares the legs of a call.
     *
     * @param outcome of the whole call
     * @param until until when what is not over lasts
     */
    Legs(
            Call call,
            CallDirection direction,
            CallResult outcome,
            List<Link> links,
            List<Transfer> transfers,
            long until,
            boolean live) {
        this.call = call;
        this.direction = direction;
        this.outcome = outcome;
        this.until = until;
        this.live = live;
        for (Transfer transfer : transfers) {
            if (transfer.to() != null) {
                cameBy.putIfAbsent(transfer.to(), transfer.kind());
            }
        }
        pickedUp = Transfers.pickedUp(links);
        for (Transfers.Leavers leavers : Transfers.leavers(call, links)) {
            PartyRef earlier = leavers.earlier();
            PartyRef later = leavers.later();
            warmTransfers.putIfAbsent(earlier, new WarmTransfer(later.telephonySessionId(), null));
            warmTransfers.putIfAbsent(later, new WarmTransfer(null, earlier.telephonySessionId()));
        }
    }

    List<Leg> legs() {
        List<Leg> legs = new ArrayList<>(call.parties().size());
        for (FoldedSession session : call.sessions()) {
            LegScene scene = LegScene.of(session);
            for (Party party : session.parties()) {
                if (!party.isBridge()) {
                    legs.add(leg(party, scene, legs.isEmpty()));
                }
            }
        }
        return legs;
    }

    private Leg leg(Party party, LegScene scene, boolean master) {
        LegWords words = new LegWords(party, scene, cameBy.get(party.ref()), pickedUp.contains(party.ref()));
        String result = master ? outcome.result() : words.result(live);
        long end = party.end() == null ? until : party.end().time();
        WarmTransfer warm = warmTransfers.getOrDefault(party.ref(), WarmTransfer.NONE);
        return new Leg(
                party.ref(),
                master,
                words.legType(call.accountId()),
                master ? outcome.type() : words.type(),
                master ? direction.wireName() : words.direction(),
                master ? outcome.action() : words.action(),
                result,
                CallLogTable.reason(result, words.endReason()),
                party.from(),
                party.to(),
                party.queueExtensionId(),
                party.startTime(),
                Math.max(0, end - party.startTime()),
                new CallLogRefs(
                        party.ref().partyId(),
                        party.isQueue() ? null : party.extensionId(),
                        recordingId(party),
                        warm.target(),
                        warm.transferee()));
    }

    /** What the whole call names: the party that gives it {@code from} and {@code to}, and what its sessions and legs name. */
    CallLogRefs refsOfCall(List<Leg> legs) {
        WarmTransfer warm = call.first().parties().stream()
                .map(party -> warmTransfers.get(party.ref()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(WarmTransfer.NONE);
        return new CallLogRefs(
                call.first().parties().get(0).ref().partyId(),
                ownExtension(),
                legs.stream()
                        .map(leg -> leg.refs().recordingId())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                warm.target(),
                warm.transferee());
    }

    /** The extension that called; of a call from outside the one that answered first, or the only one that rang. */
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
                .filter(party -> party.extensionId() != null && !party.isQueue())
                .toList();
        Party answered = own.stream()
                .filter(party -> party.answerTime() != null)
                .min(Comparator.comparing(Party::answerTime, Comparator.nullsLast(Comparator.naturalOrder())))
                .orElse(null);
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

    private static @Nullable String recordingId(Party party) {
        for (Recording recording : party.recordings()) {
            if (recording.id() != null) {
                return recording.id();
            }
        }
        return null;
    }
}
