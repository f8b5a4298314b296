package io.callweave.record;

import static io.callweave.value.Meaning.says;

import io.callweave.call.event.PartyRef;
import io.callweave.call.joining.Link;
import io.callweave.call.transfer.Transfer;
import io.callweave.value.ValueType;
import java.util.Objects;

/** How the sessions and parties of a call hang together: who names whom, and who handed the call to whom. */
final class LinkFields {

    static final ValueType<PartyRef> PARTY_REF = ValueType.<PartyRef>named(
                    "partyRef", says("Which party of which session."))
            .titled("party reference")
            .text("telephonySessionId", PartyRef::telephonySessionId, says("The session."))
            .textOrNull("partyId", PartyRef::partyId, says("The party; null where only its session is known."))
            .end();

    static final ValueType<Link> LINK = ValueType.<Link>named(
                    "link",
                    says("Two parties, one of which names the other as its peer.")
                            .see("records.md#links"))
            .text(
                    "kind",
                    link -> kind(link.kind()),
                    says("What joins the two parties; it follows from the reason.")
                            .known("attendedTransfer", "conference", "supervision", "parkRetrieval", "pickup", "other")
                            .see("records.md#links"))
            .textOrNull("reason", Link::reason, says("As in the earliest event that names the peer."))
            .time("time", Link::time, says("The `eventTime` of that event."))
            .object("from", PARTY_REF, Link::from, says("The party of that event."))
            .object("to", PARTY_REF, Link::to, says("The party that it names."))
            .end();

    static final ValueType<Transfer> TRANSFER = ValueType.<Transfer>named(
                    "transfer",
                    says("Who handed the call over, or fetched it. A hand-over by an IVR menu or a queue is "
                                    + "not a transfer.")
                            .see("records.md#transfers"))
            .text(
                    "kind",
                    transfer -> EnumNames.lowerCase(transfer.kind()),
                    says("How the call was handed over.")
                            .known("attended", "blind", "park", "conference", "flip", "switch", "pickup")
                            .see("records.md#transfers"))
            .time(
                    "time",
                    Transfer::time,
                    says("When the party ended; between two sessions, the time of the earliest link between "
                            + "them."))
            .object(
                    "by",
                    PARTY_REF,
                    Transfer::by,
                    says("The party that handed the call over, or from which it was fetched."))
            .objectOrNull(
                    "from", PARTY_REF, Transfer::from, says("The party that stays; null if no party is seen to stay."))
            .objectOrNull(
                    "to",
                    PARTY_REF,
                    Transfer::to,
                    says("The party that has the call afterwards; null if none was seen."))
            .end();

    /** Of a party that was seen: only one that was just named can be without an id. */
    static String idOf(PartyRef seen) {
        return Objects.requireNonNull(seen.partyId());
    }

    static String kind(Link.Kind kind) {
        return switch (kind) {
            case ATTENDED_TRANSFER -> "attendedTransfer";
            case CONFERENCE -> "conference";
            case SUPERVISION -> "supervision";
            case PARK_RETRIEVAL -> "parkRetrieval";
            case PICKUP -> "pickup";
            case OTHER -> "other";
        };
    }

    private LinkFields() {}
}
