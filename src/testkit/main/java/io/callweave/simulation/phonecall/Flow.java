package io.callweave.simulation.phonecall;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.simulation.platform.Notification;
import java.util.List;

/** Notifications in a short form, to compare them: one line each. */
public final class Flow {

    private Flow() {}

    /** Direction, status and, if any, reason of each notification. */
    public static List<String> of(List<Notification> notifications) {
        return notifications.stream().map(Flow::shape).toList();
    }

    /** The same, of one of the call's sessions. */
    public static List<String> of(PhoneCall call, int session) {
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
