package io.callweave.record;

import static io.callweave.value.Meaning.says;

import io.callweave.call.event.Peer;
import io.callweave.call.event.Recording;
import io.callweave.call.record.PartyRecord;
import io.callweave.call.session.Segment;
import io.callweave.value.ValueType;

/** A party as it stands in a call record. */
final class PartyFields {

    static final ValueType<Peer> PEER = ValueType.<Peer>named(
                    "peer", says("The party or session that an event names as its other side."))
            .text("telephonySessionId", Peer::telephonySessionId, says("The session that is named."))
            .textOrNull("sessionId", Peer::sessionId, says("Its legacy id, as sent."))
            .textOrNull("partyId", Peer::partyId, says("The party that is named."))
            .end();

    static final ValueType<Segment> SEGMENT = ValueType.<Segment>named(
                    "segment",
                    says("One status of a party, from its first event to the next status.")
                            .see("records.md#segments"))
            .text(
                    "status",
                    Segment::status,
                    says("The status. `Voicemail` and `VMScreening` have one spelling; others are as sent.")
                            .examples(KnownWords.statuses()))
            .textOrNull("reason", Segment::reason, says("The first reason that was sent with it."))
            .time("startTime", Segment::startTime, says("The `eventTime` of its first event."))
            .time("endTime", Segment::endTime, says("The `eventTime` of the next status, never before `startTime`."))
            .millis("durationMs", Segment::durationMs, says("`endTime` − `startTime`."))
            .end();

    static final ValueType<Recording> RECORDING = ValueType.<Recording>named(
                    "recording", says("A recording of a party, as in the last event that has it."))
            .textOrNull("id", Recording::id, says("Its id."))
            .flagOrNull("active", Recording::active, says("False while it is paused."))
            .end();

    static final ValueType<PartyRecord> PARTY = ValueType.<PartyRecord>named(
                    "party", says("One participant's part in one session.").see("records.md#parties"))
            .text("partyId", party -> LinkFields.idOf(party.ref()), says("The party's id."))
            .text("telephonySessionId", party -> party.ref().telephonySessionId(), says("Its session."))
            .textOrNull(
                    "direction",
                    PartyRecord::direction,
                    says("As sent; after CallSwitch or CallFlip, that of the party that it follows."))
            .text(
                    "role",
                    party -> EnumNames.lowerCase(party.role()),
                    says("The first that fits: `supervisor` (an event has the reason Supervising, and none has "
                                    + "TakeOver), `host` (`conferenceRole` is Host), `bridge` (every status is Gone), "
                                    + "`queue` (its own extension is a queue of the session), `participant`.")
                            .oneOf("participant", "queue", "supervisor", "host", "bridge")
                            .see("records.md#queues"))
            .textOrNull("accountId", PartyRecord::accountId, says("The account that the party names."))
            .textOrNull(
                    "extensionId",
                    PartyRecord::extensionId,
                    says("Its own extension. Null for outside parties and other accounts."))
            .textOrNull(
                    "queueExtensionId",
                    PartyRecord::queueExtensionId,
                    says("The queue that rang the party, or that the party is.").see("records.md#queues"))
            .objectOrNull(
                    "from",
                    AddressFields.ADDRESS,
                    PartyRecord::from,
                    says("All fields are from one event. They change places if a switch or flip turns the direction."))
            .objectOrNull(
                    "to",
                    AddressFields.ADDRESS,
                    PartyRecord::to,
                    says("All fields are from one event. They change places if a switch or flip turns the direction."))
            .time("startTime", PartyRecord::startTime, says("The smallest `eventTime` of its events."))
            .timeOrNull("answerTime", PartyRecord::answerTime, says("The smallest `eventTime` of its Answered events."))
            .timeOrNull(
                    "endTime",
                    PartyRecord::endTime,
                    says("When it ended; null if it is not over.").see("records.md#the-end-of-a-party"))
            .textOrNull(
                    "endStatus",
                    PartyRecord::endStatus,
                    says("The status that it ended with; null if it is not over.")
                            .see("records.md#the-end-of-a-party"))
            .textOrNull(
                    "endReason",
                    PartyRecord::endReason,
                    says("The first reason of its end.").see("records.md#the-end-of-a-party"))
            .millis("setupMs", PartyRecord::setupMs, says("Total time in Setup."))
            .millisOrNull(
                    "ringMs",
                    PartyRecord::ringMs,
                    says("From the first Proceeding to the next Answered, Voicemail, VMScreening, FaxReceive "
                            + "or final status, else to the call's `endTime`; null without Proceeding."))
            .millis("talkMs", PartyRecord::talkMs, says("Total time in Answered."))
            .millis("holdMs", PartyRecord::holdMs, says("Total time in Hold."))
            .millis("parkMs", PartyRecord::parkMs, says("Total time in Parked."))
            .flag("missed", PartyRecord::missed, says("True if an event says `missedCall`."))
            .flag("queueCall", PartyRecord::queueCall, says("True if an event says `queueCall`."))
            .flagOrNull("muted", PartyRecord::muted, says("As in the last event that has it."))
            .textOrNull(
                    "parkData",
                    PartyRecord::parkData,
                    says("The extension that it was parked on: `status.parkData`, else `park.id`."))
            .textOrNull(
                    "sipCallId",
                    PartyRecord::sipCallId,
                    says("SIP Call-ID of the party's phone: the latest `sipData.callId`.")
                            .see("records.md#from-a-softphone-to-the-call-log"))
            .textOrNull(
                    "deviceId",
                    PartyRecord::deviceId,
                    says("Its own device: the latest `from.deviceId` of an Outbound party, `to.deviceId` of "
                            + "an Inbound party."))
            .objectOrNull(
                    "peer",
                    PEER,
                    PartyRecord::peer,
                    says("The peer in its last event that names one.").see("calls.md#which-session-a-peer-names"))
            .objects("segments", SEGMENT, PartyRecord::segments, says("Its statuses, in sequence order."))
            .objects(
                    "recordings",
                    RECORDING,
                    PartyRecord::recordings,
                    says("As in the last event that has them; `active: false` means paused."))
            .end();

    private PartyFields() {}
}
