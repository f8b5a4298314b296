package io.callweave.call;

import java.util.Comparator;
import java.util.Map;

/** What kind of call it was and how it came out, in the words of RingCentral's Call Log. */
public record CallResult(String type, String action, String result) {

    static final CallResult UNKNOWN = new CallResult("Voice", "Unknown", "Unknown");

    static final String IN_PROGRESS = "In Progress";

    private static final Comparator<PartyEvent> IN_TIME =
            Comparator.comparingLong(PartyEvent::eventTime).thenComparing(PartyEvent::place);

    /** The reasons for which an outgoing call comes to nothing, and the Call Log's words for them. INFER. */
    private static final Map<String, String> UNANSWERED = Map.of(
            "TargetBusy", "Busy",
            "Rejected", "Rejected",
            "InvalidNumber", "Wrong Number",
            "InternationalDisabled", "International Disabled",
            "DestinationBlocked", "Blocked",
            "NotEnoughFunds", "No Calling Credit",
            "InternalError", "Internal Error",
            "Cancelled", "Hang Up",
            "CallerDropped", "Hang Up");

    CallResult inProgress() {
        return new CallResult(type, action, IN_PROGRESS);
    }

    static CallResult of(Call call, CallDirection direction, boolean answered) {
        boolean fax = call.wasIn(Status.FAX_RECEIVE);
        return new CallResult(fax ? "Fax" : "Voice", action(call, fax), result(call, direction, fax, answered));
    }

    private static String action(Call call, boolean fax) {
        if (fax) {
            return "Incoming Fax";
        }
        if (call.isMonitoring()) {
            return "Monitoring";
        }
        if (call.first().isRingOut()) {
            return "RingOut Web";
        }
        return call.first().isConference() ? "Conference Call" : "Phone Call";
    }

    private static String result(Call call, CallDirection direction, boolean fax, boolean answered) {
        if (fax) {
            return "Received";
        }
        if (call.isMonitoring()) {
            return "Call connected";
        }
        if (answered) {
            return direction.isOutbound() ? "Call connected" : "Accepted";
        }
        if (call.wasIn(Status.VOICEMAIL)) {
            return "Voicemail";
        }
        if (direction.isOutbound()) {
            return unanswered(call);
        }
        return call.parties().stream().anyMatch(Party::queueCall) ? "Abandoned" : "Missed";
    }

    private static String unanswered(Call call) {
        return call.events()
                .filter(event -> event.facts().reason() != null)
                .max(IN_TIME)
                .map(event -> UNANSWERED.get(event.facts().reason()))
                .orElse("No Answer");
    }
}
