package io.callweave.call.calllog;

import io.callweave.call.event.Reason;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The words of RingCentral's Call Log: the only place that chooses {@code type}, {@code action}, {@code result},
 * {@code reason} and {@code legType} of records and legs. The words come from the enumerations of {@code CallLogRecord}
 * and {@code CallLogRecordLegInfo} in RingCentral's API specification; the Java SDK quotes what the specification says
 * about a reason. The specification does not say when each word applies, so this table infers it from the words. INFER.
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
    static final String VOIP_CALL = "VoIP Call";

    // result: "The result of the call operation"

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

    /** The reasons why an outgoing call is not answered, each with the result of the call. */
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

    /**
     * The reason for each result, as the specification describes it; a result that is not listed has no certain reason.
     */
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

    /** The incoming connection of a call. */
    static final String LEG_ACCEPT = "Accept";

    /** The connection to a phone that was rung. */
    static final String LEG_PSTN_TO_SIP = "PstnToSip";

    private CallLogTable() {}

    /** The result of an outgoing call that was not answered, by its last reason. */
    static String unanswered(@Nullable String lastReason) {
        return lastReason == null ? NO_ANSWER : UNANSWERED.getOrDefault(lastReason, NO_ANSWER);
    }

    /** Whether a reason says why nobody answered, for incoming and outgoing calls alike. */
    static boolean tellsWhy(@Nullable String reason) {
        return reason != null && UNANSWERED.containsKey(reason) && !isCallersEnd(reason);
    }

    /** Whether the caller hung up. */
    static boolean isCallersEnd(@Nullable String reason) {
        return Reason.CANCELLED.equals(reason) || Reason.CALLER_DROPPED.equals(reason);
    }

    /** The Call Log's reason for a result, null if none is certain. */
    static @Nullable String reason(String result, @Nullable String endReason) {
        return result.equals(MISSED) && isCallersEnd(endReason) ? "Hang Up" : REASONS.get(result);
    }
}
