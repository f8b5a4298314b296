package io.callweave.record;

import static io.callweave.value.Meaning.says;

import io.callweave.call.calllog.Leg;
import io.callweave.call.calllog.RecordingRef;
import io.callweave.value.ValueType;
import org.jspecify.annotations.Nullable;

/** A leg as a RingCentral Call Log record has it, and what such a record names. */
final class LegFields {

    static final ValueType<Long> EXTENSION_REF = ValueType.<Long>named(
                    "extensionRef", says("An extension, as in a Call Log record."))
            .titled("extension reference")
            .integer("id", Long::longValue, says("Its id, an integer as in the Call Log."))
            .end();

    static final ValueType<RecordingRef> RECORDING_REF = ValueType.<RecordingRef>named(
                    "recordingRef", says("A recording, as in a Call Log record."))
            .titled("recording reference")
            .text("id", RecordingRef::id, says("Its id."))
            .text("contentUri", RecordingRef::contentUri, says("Where its sound is."))
            .end();

    static final ValueType<String> SESSION_REF = ValueType.<String>named(
                    "sessionRef", says("Another session, as in a Call Log record."))
            .titled("session reference")
            .text("telephonySessionId", id -> id, says("The session."))
            .end();

    static final ValueType<Leg> LEG = ValueType.<Leg>named(
                    "leg",
                    says("A party as a leg of a RingCentral Call Log record.").see("records.md#legs"))
            .time("startTime", Leg::startTime, says("The party's."))
            .seconds("duration", leg -> leg.durationMs() / 1000, says("`durationMs` in seconds, rounded down."))
            .millis(
                    "durationMs",
                    Leg::durationMs,
                    says("From `startTime` to the party's end, else to the call's `endTime`."))
            .text(
                    "type",
                    Leg::type,
                    says("`Fax` if the party was in FaxReceive, else `Voice`.").oneOf("Voice", "Fax"))
            .textOrNull(
                    "direction",
                    Leg::direction,
                    says("Master leg: that of the call. A phone that was rung: Outbound. Others as the "
                                    + "account sees it: an outside caller is Inbound, a called outside number Outbound.")
                            .oneOf("Inbound", "Outbound"))
            .text(
                    "action",
                    Leg::action,
                    says("Master leg: that of the call. Others, the first that fits: `Incoming Fax`; "
                                    + "`Monitoring` (a supervisor); `RingOut Web`; `Conference Call`; `VoIP Call` (a phone "
                                    + "that was rung); `Unknown`.")
                            .known(
                                    "Phone Call",
                                    "Incoming Fax",
                                    "Monitoring",
                                    "RingOut Web",
                                    "Conference Call",
                                    "VoIP Call",
                                    "Unknown"))
            .text(
                    "result",
                    Leg::result,
                    says("The outcome for this party.")
                            .known(KnownWords.results("Answered Elsewhere"))
                            .see("records.md#the-result-of-a-leg"))
            .textOrNull(
                    "reason",
                    Leg::reason,
                    says("The Call Log's reason for the result, if it is certain.")
                            .known(
                                    "Accepted",
                                    "Stopped",
                                    "Line Busy",
                                    "Not Answered",
                                    "No Answer",
                                    "Hang Up",
                                    "Wrong Number",
                                    "International Disabled",
                                    "No Credit"))
            .objectOrNull(
                    "from",
                    AddressFields.ADDRESS,
                    Leg::from,
                    says("The party's; of the master leg of a RingOut, the call's."))
            .objectOrNull(
                    "to",
                    AddressFields.ADDRESS,
                    Leg::to,
                    says("The party's; of the master leg of a RingOut, the call's."))
            .text("telephonySessionId", leg -> leg.party().telephonySessionId(), says("The party's session."))
            .textOrNull("partyId", leg -> leg.refs().partyId(), says("The party's id."))
            .objectOrNull(
                    "extension",
                    EXTENSION_REF,
                    leg -> integer(leg.refs().extensionId()),
                    says("The party's own extension; if it has none, in the master leg that of the call."))
            .objectOrNull(
                    "recording", RECORDING_REF, leg -> leg.refs().recording(), says("The party's first recording."))
            .objectOrNull(
                    "transferTarget",
                    SESSION_REF,
                    leg -> leg.refs().transferTarget(),
                    says("On the leg of the transferring party in the earlier session of an attended "
                            + "transfer: the later session."))
            .objectOrNull(
                    "transferee",
                    SESSION_REF,
                    leg -> leg.refs().transferee(),
                    says("On its leg in the later session: the earlier session."))
            .text(
                    "legType",
                    Leg::legType,
                    says("`Accept` (the incoming connection), `PstnToSip` (a user's phone that was rung), "
                                    + "else `Unknown`.")
                            .known("Accept", "PstnToSip", "Unknown"))
            .flag(
                    "master",
                    Leg::master,
                    says("True for the first leg, the incoming connection. Its `type`, `direction`, `action` "
                            + "and `result` are those of the call."))
            .textOrNull(
                    "queueExtensionId",
                    Leg::queueExtensionId,
                    says("The queue that rang the party. Not in the Call Log."))
            .end();

    /** The digits of which every integer fits. */
    private static final int LONGEST_INTEGER = 18;

    /** The Call Log has extension ids as integers, so an id that is not an integer is left out. */
    static @Nullable Long integer(@Nullable String id) {
        if (id == null
                || id.isEmpty()
                || id.length() > LONGEST_INTEGER
                || !id.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        return Long.valueOf(id);
    }

    private LegFields() {}
}
