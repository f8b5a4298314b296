package io.callweave.record;

import static io.callweave.value.Meaning.says;

import io.callweave.call.record.CallRecord;
import io.callweave.call.record.Incomplete;
import io.callweave.value.ValueType;

/**
 * A call record as one line of JSON: docs/records.md, always all fields in one order, so that equal records are equal
 * bytes. Some are named as in a RingCentral Call Log record, so that code written for that reads these.
 */
public final class CallRecordJson {

    static final ValueType<EmittedCall> CALL = ValueType.<EmittedCall>named(
                    "calls",
                    says("One record per finished call, and a further revision whenever accepted later facts "
                                    + "change it.")
                            .see("records.md"))
            .keyed(
                    "accountId/callId",
                    false,
                    "account",
                    "schemaVersion",
                    "completionReason",
                    "feedGap?",
                    "changed?",
                    "lastReceivedAt",
                    "epoch")
            .text(
                    "callId",
                    emitted -> emitted.call().callId(),
                    says("Telephony session id of its first session.").see("calls.md#what-belongs-to-one-call"))
            .text(
                    "accountId",
                    emitted -> emitted.call().accountId(),
                    says("The account that sees the call. (`accountId`, `callId`) identifies a call."))
            .integer(
                    "revision",
                    EmittedCall::revision,
                    says("Counts the records of this call on `calls` from 1. `assemble` prints 1."))
            .integer(
                    "epoch",
                    EmittedCall::epoch,
                    says(
                            "When this state began. A new prefix or `application.id` has a greater one; restarts and restores keep"
                                    + " it. The record with the greater (`epoch`, "
                                    + "`revision`) is newer. `assemble` prints 0."))
            .text(
                    "status",
                    emitted -> emitted.call().state().word(),
                    says("Whether the record is complete.")
                            .oneOf("complete", "partial", "backfilled", "superseded")
                            .see("records.md#complete-partial-superseded"))
            .texts(
                    "incomplete",
                    emitted -> emitted.call().incomplete(),
                    Incomplete::wireName,
                    says("Why it is not complete, sorted.")
                            .known(
                                    "backfilled",
                                    "capped",
                                    "internalError",
                                    "missingSession",
                                    "noFinalStatus",
                                    "sequenceGap",
                                    "unseenContinuation"))
            .textOrNull("supersededBy", emitted -> null, says("The call that this one is part of."))
            .text("id", emitted -> emitted.call().callId(), says("`callId` under names of the Call Log."))
            .text(
                    "telephonySessionId",
                    emitted -> emitted.call().callId(),
                    says("`callId` under names of the Call Log."))
            .textOrNull(
                    "sessionId",
                    emitted -> emitted.call().isBackfilled()
                            ? null
                            : emitted.call().sessions().get(0).sessionId(),
                    says("Legacy id of that session. Not a key: all conferences have \"0\"."))
            .text(
                    "type",
                    emitted -> emitted.call().outcome().type(),
                    says("`Fax` if a party was in FaxReceive, else `Voice`.").oneOf("Voice", "Fax"))
            .text(
                    "direction",
                    emitted -> emitted.call().direction(),
                    says("The direction that the account sees.")
                            .oneOf("Inbound", "Outbound")
                            .see("records.md#direction"))
            .flag(
                    "internal",
                    emitted -> emitted.call().internal(),
                    says("True for an Outbound call to an extension of the same account."))
            .text(
                    "action",
                    emitted -> emitted.call().outcome().action(),
                    says("The first that fits: `Incoming Fax`; `Monitoring` (all parties are supervisors); "
                                    + "`RingOut Web`, `Conference Call` (origin of the first session); `Phone Call`. "
                                    + "`Unknown` if the call could not be assembled.")
                            .known(
                                    "Phone Call",
                                    "Incoming Fax",
                                    "Monitoring",
                                    "RingOut Web",
                                    "Conference Call",
                                    "Unknown"))
            .text(
                    "result",
                    emitted -> emitted.call().outcome().result(),
                    says("The outcome of the call.").known(KnownWords.results()).see("records.md#result"))
            .time(
                    "startTime",
                    emitted -> emitted.call().times().startTime(),
                    says("The smallest `eventTime` of the call."))
            .seconds(
                    "duration",
                    emitted -> emitted.call().times().durationMs() / 1000,
                    says("`durationMs` in seconds, rounded down."))
            .millis(
                    "durationMs",
                    emitted -> emitted.call().times().durationMs(),
                    says("`endTime` − `startTime`, at least 0."))
            .objectOrNull(
                    "from",
                    AddressFields.ADDRESS,
                    emitted -> emitted.call().from(),
                    says("Of the first session's party with the lowest sequence; of a RingOut, the user and the customer.")
                            .see("records.md#who-called-whom"))
            .objectOrNull(
                    "to",
                    AddressFields.ADDRESS,
                    emitted -> emitted.call().to(),
                    says("Of the first session's party with the lowest sequence; of a RingOut, the user and the customer.")
                            .see("records.md#who-called-whom"))
            .textOrNull(
                    "callerName",
                    emitted -> emitted.call().people().callerName(),
                    says("The name of the one who calls, without the queue that RingCentral puts before it.")
                            .see("records.md#the-callers-name"))
            .textOrNull("partyId", emitted -> emitted.call().people().refs().partyId(), says("Id of that party."))
            .objectOrNull(
                    "extension",
                    LegFields.EXTENSION_REF,
                    emitted -> LegFields.integer(emitted.call().people().refs().extensionId()),
                    says("The own extension that called; for a call from outside, the one that answered "
                            + "first, else the only one that rang. Null if its id is not an integer."))
            .objectOrNull(
                    "recording",
                    LegFields.RECORDING_REF,
                    emitted -> emitted.call().people().refs().recording(),
                    says("The first recording."))
            .objectOrNull(
                    "transferTarget",
                    LegFields.SESSION_REF,
                    emitted -> emitted.call().people().refs().transferTarget(),
                    says("From the first leg of the first session that has one.")
                            .see("records.md#legs"))
            .objectOrNull(
                    "transferee",
                    LegFields.SESSION_REF,
                    emitted -> emitted.call().people().refs().transferee(),
                    says("From the first leg of the first session that has one.")
                            .see("records.md#legs"))
            .objects(
                    "legs",
                    LegFields.LEG,
                    emitted -> emitted.call().graph().legs(),
                    says("The parties in the form of the Call Log."))
            .timeOrNull(
                    "answerTime",
                    emitted -> emitted.call().times().answerTime(),
                    says("Earliest Answered of an answering party; null if nobody answered.")
                            .see("records.md#answering-parties"))
            .timeOrNull(
                    "endTime",
                    emitted -> emitted.call().times().endTime(),
                    says("Latest end of a party; of a party that is not over, its latest `eventTime`. "
                            + "Supervisors count only if there is nobody else."))
            .objectOrNull(
                    "answeredBy",
                    AddressFields.ANSWERED_BY,
                    emitted -> emitted.call().answeredBy(),
                    says("Who answered; null if nobody did."))
            .objectOrNull(
                    "firstToLeave",
                    LinkFields.PARTY_REF,
                    emitted -> emitted.call().people().firstToLeave(),
                    says("The party that probably ended the conversation by leaving; null if unknown.")
                            .see("records.md#who-hung-up"))
            .objects(
                    "queues",
                    QueueFields.QUEUE,
                    emitted -> emitted.call().queues(),
                    says("Its queues, by `enterTime`, then id."))
            .millisOrNull(
                    "ringMs",
                    emitted -> emitted.call().times().ringMs(),
                    says("Time with an answering party ringing, up to `answerTime`; null if none rang."))
            .millisOrNull(
                    "talkMs",
                    emitted -> !emitted.call().isBackfilled(),
                    emitted -> emitted.call().times().talkMs(),
                    says("Time with an answering party Answered and no party in Hold or Parked, without "
                            + "supervisors."))
            .millisOrNull(
                    "holdMs",
                    emitted -> !emitted.call().isBackfilled(),
                    emitted -> emitted.call().times().holdMs(),
                    says("Time with a party in Hold, without supervisors."))
            .millisOrNull(
                    "parkMs",
                    emitted -> !emitted.call().isBackfilled(),
                    emitted -> emitted.call().times().parkMs(),
                    says("Time with a party Parked, without supervisors."))
            .millisOrNull(
                    "timeToAnswerMs",
                    emitted -> emitted.call().times().timeToAnswerMs(),
                    says("`answerTime` − `startTime`."))
            .objects(
                    "sessions",
                    SessionFields.SESSION,
                    emitted -> emitted.call().sessions(),
                    says("Its sessions, by `startTime`, then id."))
            .texts(
                    "missingSessions",
                    emitted -> emitted.call().missingSessions(),
                    id -> id,
                    says("Ids of named peer sessions that were never seen, sorted."))
            .objects(
                    "parties",
                    PartyFields.PARTY,
                    emitted -> emitted.call().parties(),
                    says("Its parties, by session, then first sequence."))
            .objects(
                    "links",
                    LinkFields.LINK,
                    emitted -> emitted.call().graph().links(),
                    says("Which parties name which, by time."))
            .objects(
                    "transfers",
                    LinkFields.TRANSFER,
                    emitted -> emitted.call().transfers(),
                    says("Who handed the call to whom, by time, then `partyId` of `by`."))
            .objects(
                    "numbers",
                    AddressFields.NUMBER,
                    emitted -> emitted.call().graph().numbers(),
                    says("Its numbers, by when they were first seen."))
            .objects(
                    "artifacts",
                    ArtifactFields.ARTIFACT,
                    emitted -> emitted.call().artifacts(),
                    says("Its recordings, voicemail and AI insights, by `kind`, then `id`.")
                            .see("records.md#artifacts"))
            .objects(
                    "callLog",
                    CallLogFields.ENTRY,
                    emitted -> emitted.call().callLog(),
                    says("What RingCentral's Call Log says of its sessions, by `startTime`, then `id`; empty unless "
                                    + "`audit` or `backfill` asked it.")
                            .see("records.md#the-call-log"))
            .end();

    private static final int USUAL_SIZE = 12_000;

    private CallRecordJson() {}

    /** Writes one record that no application state stands behind, as {@code assemble} does: its epoch is 0. */
    public static byte[] write(CallRecord call, long revision) {
        return write(call, revision, 0);
    }

    /**
     * Writes one record.
     *
     * @param revision counts the emissions of this call from 1; 0 while it is live
     * @param epoch of the application's state; 0 where there is none
     * @return UTF-8, no line break
     */
    public static byte[] write(CallRecord call, long revision, long epoch) {
        return CALL.json(new EmittedCall(call, revision, epoch), USUAL_SIZE);
    }
}
