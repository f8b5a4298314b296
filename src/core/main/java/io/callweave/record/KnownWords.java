package io.callweave.record;

import java.util.List;
import java.util.stream.Stream;

/** The words that several fields have in common, as the descriptions of these fields list them. */
final class KnownWords {

    /** Statuses in which a party is still there. */
    private static final List<String> LIVE = List.of(
            "Setup", "Proceeding", "Answered", "Hold", "Parked", "Voicemail", "VMScreening", "FaxReceive", "Tds");

    private static final List<String> RESULTS = List.of(
            "Accepted",
            "Call connected",
            "Received",
            "Voicemail",
            "Abandoned",
            "Missed",
            "Busy",
            "Rejected",
            "Wrong Number",
            "International Disabled",
            "Blocked",
            "No Calling Credit",
            "Internal Error",
            "Hang Up",
            "No Answer",
            "Unknown");

    /** Of the Call Log, by RingCentral's API specification. */
    private static final List<String> LOGGED_ACTIONS = List.of(
            "Accept Call",
            "Barge In Call",
            "Call Park",
            "Call Return",
            "CallOut-CallMe",
            "Calling Card",
            "Conference Call",
            "E911 Update",
            "Emergency",
            "External Application",
            "FindMe",
            "FollowMe",
            "FreeSPDL",
            "Hunting",
            "Incoming Fax",
            "Monitoring",
            "Move",
            "Outgoing Fax",
            "Paging",
            "Park Location",
            "Phone Call",
            "Phone Login",
            "Pickup",
            "RC Meetings",
            "Ring Directly",
            "RingMe",
            "RingOut Mobile",
            "RingOut PC",
            "RingOut Web",
            "Sip Forwarding",
            "Support",
            "Text Relay",
            "Transfer",
            "Unknown",
            "VoIP Call",
            "VoiceChat Call");

    /** Of the Call Log, besides those of our own records. */
    private static final List<String> LOGGED_RESULTS = List.of(
            "911",
            "933",
            "Answered Elsewhere",
            "Answered Not Accepted",
            "Call Failed",
            "Call Failure",
            "Callback requested",
            "Carrier is not active",
            "Declined",
            "EDGE trunk misconfigured",
            "Fax Not Sent",
            "Fax Partially Sent",
            "Fax Poor Line",
            "Fax Receipt Error",
            "Fax on Demand",
            "IP Phone Offline",
            "In Progress",
            "International Restricted",
            "Not Allowed",
            "Partial Receive",
            "Phone Login",
            "Receive Error",
            "Reply",
            "Restricted Number",
            "Send Error",
            "Sent",
            "Sent to Voicemail",
            "Stopped",
            "Suspended account");

    private KnownWords() {}

    /** Actions of the Call Log. */
    static String[] loggedActions() {
        return LOGGED_ACTIONS.toArray(String[]::new);
    }

    /** Results of the Call Log. */
    static String[] loggedResults() {
        return results(LOGGED_RESULTS.toArray(String[]::new));
    }

    /** Statuses of a party that is still there. */
    static String[] liveStatuses() {
        return LIVE.toArray(String[]::new);
    }

    /** All statuses of a party. */
    static String[] statuses() {
        return and(LIVE, "Disconnected", "Gone");
    }

    /** Results of a call and of a leg. */
    static String[] results(String... more) {
        return and(RESULTS, more);
    }

    private static String[] and(List<String> words, String... more) {
        return Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new);
    }
}
