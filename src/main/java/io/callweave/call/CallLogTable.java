package io.callweave.call;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The words of RingCentral's Call Log, and what of a call stands for which: the one place for {@code type}, {@code
 * action}, {@code result}, {@code reason} and {@code legType} of records and legs. The words are those of the enumerations of
 * {@code CallLogRecord} and {@code CallLogRecordLegInfo} in RingCentral's API specification; the Java SDK's classes quote
 * what the specification says of a reason. It does not say which course of a call gives which word, so which stands for
 * what is taken from the words themselves. INFER.
 */
final class CallLogTable {

    // type: "The type of call: Voice, Fax"

    static final String VOICE = "Voice";
    static final String FAX = "Fax";

    // direction: "The direction of a call: Inbound, Outbound"

    static final String INBOUND = "Inbound";
    static final String OUTBOUND = "Outbound";

    // action: "The internal action corresponding to the call operation"

    static final String PHONE_CALL = "Phone Call";
    static final String INCOMING_FAX = "Incoming Fax";
    static final String MONITORING = "Monitoring";
    static final String RING_OUT_WEB = "RingOut Web";
    static final String CONFERENCE_CALL = "Conference Call";
    static final String CALL_PARK = "Call Park";
    static final String PARK_LOCATION = "Park Location";
    static final String PICKUP = "Pickup";
    static final String TRANSFER = "Transfer";

    // result: "The result of the call operation"

    static final String IN_PROGRESS = "In Progress";
    static final String ACCEPTED = "Accepted";
    static final String CONNECTED = "Call connected";
    static final String RECEIVED = "Received";
    static final String VOICEMAIL = "Voicemail";
    static final String ABANDONED = "Abandoned";
    static final String MISSED = "Missed";
    static final String ANSWERED_ELSEWHERE = "Answered Elsewhere";
    static final String NO_ANSWER = "No Answer";

    /** A word of {@code action}, {@code result} and {@code legType}. */
    static final String UNKNOWN = "Unknown";

    /** The reasons for which an outgoing call comes to nothing, and what its result is then. */
    private static final Map<String, String> UNANSWERED = Map.of(
            "TargetBusy",
            "Busy",
            "Rejected",
            "Rejected",
            "InvalidNumber",
            "Wrong Number",
            "InternationalDisabled",
            "International Disabled",
            "DestinationBlocked",
            "Blocked",
            "NotEnoughFunds",
            "No Calling Credit",
            "InternalError",
            "Internal Error",
            Reason.CANCELLED,
            "Hang Up",
            Reason.CALLER_DROPPED,
            "Hang Up");

    /** What the specification says of each reason; a result that is not here has none that is certain. */
    private static final Map<String, String> REASONS = Map.of(
            // "The call was connected to and accepted by this number"
            ACCEPTED,
            "Accepted",
            CONNECTED,
            "Accepted",
            // "This attempt was stopped because the call was answered by another phone"
            ANSWERED_ELSEWHERE,
            "Stopped",
            // "The phone number you dialed was busy"
            "Busy",
            "Line Busy",
            // "The phone number you dialed was not answered"
            NO_ANSWER,
            "Not Answered",
            // "You did not answer the call"
            MISSED,
            "No Answer",
            // "The caller hung up before the call was answered"
            "Hang Up",
            "Hang Up",
            "Wrong Number",
            "Wrong Number",
            "International Disabled",
            "International Disabled",
            // "There was not enough Calling Credit on your account to make this call"
            "No Calling Credit",
            "No Credit");

    // legType: "Leg type"

    static final String LEG_ACCEPT = "Accept";
    static final String LEG_PSTN_TO_SIP = "PstnToSip";
    static final String LEG_EXTENSION_TO_EXTENSION = "ExtensionToExtension";
    static final String LEG_HUNTING = "Hunting";
    static final String LEG_TRANSFER = "TransferCall";
    static final String LEG_CONFERENCE = "ConferenceCall";
    static final String LEG_CALL_PARK = "CallPark";
    static final String LEG_PARK_LOCATION = "ParkLocation";
    static final String LEG_PICKUP = "Pickup";
    static final String LEG_MONITORING = "Monitoring";
    static final String LEG_RING_OUT_TO_SUBSCRIBER = "RingOutWebToSubscriber";
    static final String LEG_RING_OUT_TO_CALLER = "RingOutWebToCaller";

    private CallLogTable() {}

    /** The result of what was dialled and not answered, by the last reason. */
    static String unanswered(@Nullable String lastReason) {
        return lastReason == null ? NO_ANSWER : UNANSWERED.getOrDefault(lastReason, NO_ANSWER);
    }

    /** Whether a reason tells of itself why nobody answered, whoever dialled. */
    static boolean tellsWhy(@Nullable String reason) {
        return reason != null && UNANSWERED.containsKey(reason) && !isCallersEnd(reason);
    }

    /** Whether the one who called gave up. */
    static boolean isCallersEnd(@Nullable String reason) {
        return Reason.CANCELLED.equals(reason) || Reason.CALLER_DROPPED.equals(reason);
    }

    /** The Call Log's reason for a result, null if none is certain. */
    static @Nullable String reason(String result, @Nullable String endReason) {
        return result.equals(MISSED) && isCallersEnd(endReason) ? "Hang Up" : REASONS.get(result);
    }
}
