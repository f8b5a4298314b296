package io.callweave.record;

import static io.callweave.value.Meaning.sameAs;
import static io.callweave.value.Meaning.says;

import io.callweave.call.live.LiveCall;
import io.callweave.call.live.LiveParty;
import io.callweave.value.ValueType;

/** A call that goes on as one line of JSON: docs/figures.md, always all fields in one order. */
public final class LiveCallJson {

    static final ValueType<LiveParty> LIVE_PARTY = ValueType.<LiveParty>named(
                    "liveParty",
                    says("A party of a live call that is not over.").see("figures.md#live-parties"))
            .titled("live party")
            .text(
                    "telephonySessionId",
                    party -> party.ref().telephonySessionId(),
                    sameAs(PartyFields.PARTY, "telephonySessionId"))
            .text("partyId", party -> LinkFields.idOf(party.ref()), sameAs(PartyFields.PARTY, "partyId"))
            .text("role", party -> EnumNames.lowerCase(party.role()), sameAs(PartyFields.PARTY, "role"))
            .textOrNull("direction", LiveParty::direction, sameAs(PartyFields.PARTY, "direction"))
            .textOrNull("extensionId", LiveParty::extensionId, sameAs(PartyFields.PARTY, "extensionId"))
            .textOrNull("queueExtensionId", LiveParty::queueExtensionId, sameAs(PartyFields.PARTY, "queueExtensionId"))
            .textOrNull(
                    "phoneNumber",
                    LiveParty::phoneNumber,
                    says("Of the party's own address: `from` if it is Outbound, `to` if it is Inbound."))
            .textOrNull(
                    "name",
                    LiveParty::name,
                    says("Of the party's own address: `from` if it is Outbound, `to` if it is Inbound."))
            .text(
                    "status",
                    LiveParty::status,
                    says("The party's status, in one spelling.").examples(KnownWords.liveStatuses()))
            .textOrNull("reason", LiveParty::reason, says("The first reason that was sent in that status."))
            .time("since", LiveParty::since, says("When that status began: the `eventTime` of its first event."))
            .end();

    static final ValueType<LiveCall> LIVE_CALL = ValueType.<LiveCall>named(
                    "live-calls",
                    says("What a wallboard needs of each live call; a tombstone when the call is no longer "
                                    + "live under this id.")
                            .see("figures.md#live-calls"))
            .keyed("accountId/callId", true, "account", "schemaVersion", "lastReceivedAt", "epoch")
            .text("accountId", LiveCall::accountId, sameAs(CallRecordJson.CALL, "accountId"))
            .text("callId", LiveCall::callId, sameAs(CallRecordJson.CALL, "callId"))
            .text("status", call -> "live", says("Always `live`.").oneOf("live"))
            .text(
                    "state",
                    call -> call.state().wireName(),
                    says("What the call is doing: `voicemail`, `fax`, `talking`, `onHold`, `parked`, `queued`, "
                                    + "`ringing` or `connecting`.")
                            .known("voicemail", "fax", "talking", "onHold", "parked", "queued", "ringing", "connecting")
                            .see("figures.md#states"))
            .time("since", LiveCall::since, says("When the state began; for `connecting`, when the call began."))
            .text("direction", LiveCall::direction, sameAs(CallRecordJson.CALL, "direction"))
            .flag("internal", LiveCall::internal, sameAs(CallRecordJson.CALL, "internal"))
            .text("action", LiveCall::action, sameAs(CallRecordJson.CALL, "action"))
            .time("startTime", LiveCall::startTime, sameAs(CallRecordJson.CALL, "startTime"))
            .timeOrNull("answerTime", LiveCall::answerTime, sameAs(CallRecordJson.CALL, "answerTime"))
            .objectOrNull("from", AddressFields.ADDRESS, LiveCall::from, sameAs(CallRecordJson.CALL, "from"))
            .objectOrNull("to", AddressFields.ADDRESS, LiveCall::to, sameAs(CallRecordJson.CALL, "to"))
            .objectOrNull(
                    "answeredBy",
                    AddressFields.ANSWERED_BY,
                    LiveCall::answeredBy,
                    sameAs(CallRecordJson.CALL, "answeredBy"))
            .texts("sessions", LiveCall::sessions, id -> id, says("Ids of its telephony sessions, by start, then id."))
            .objects(
                    "parties",
                    LIVE_PARTY,
                    LiveCall::parties,
                    says("Its parties that are not over, by session, then first sequence."))
            .end();

    private static final int USUAL_SIZE = 1024;

    private LiveCallJson() {}

    /** Writes one: UTF-8, no line break. */
    public static byte[] write(LiveCall call) {
        return LIVE_CALL.json(call, USUAL_SIZE);
    }
}
