package io.callweave.testcalls;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.simulation.Notification;
import io.callweave.simulation.PhoneCall;
import java.util.List;

/** Notifications in short, to be compared: one line each. */
final class Flow {

    private Flow() {}

    /** Of each notification: direction, status and, if any, reason. */
    static List<String> of(List<Notification> notifications) {
        return notifications.stream().map(Flow::shape).toList();
    }

    /** The same, of one of the call's sessions. */
    static List<String> of(PhoneCall call, int session) {
        String id = call.telephonySessionIds().get(session);
        return of(call.notifications().stream()
                .filter(notification -> notification.telephonySessionId().equals(id))
                .toList());
    }

    private static String shape(Notification notification) {
        JsonNode party = notification.party();
        String id = party.path("id").asText();
        String shape = "%s %s %s"
                .formatted(
                        id.substring(id.lastIndexOf('-') + 1),
                        party.path("direction").asText(),
                        party.at("/status/code").asText());
        JsonNode reason = party.at("/status/reason");
        return reason.isMissingNode() ? shape : shape + " " + reason.asText();
    }
}
