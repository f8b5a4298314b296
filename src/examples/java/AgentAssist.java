import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * Listens to each call from outside that an agent answers. Arguments: brokers, topic party-events, group, device id of the
 * supervisor. Environment: as of "callweave local".
 */
public final class AgentAssist {

    public static void main(String[] args) throws Exception {
        if (args.length != 4) {
            System.err.println("Usage: AgentAssist BROKERS TOPIC GROUP SUPERVISOR_DEVICE_ID");
            System.exit(2);
        }
        CallControl callControl = new CallControl();
        callControl.signIn();
        PartyEvents.follow(args[0], args[1], args[2], (event, received) -> {
            if (isAnswered(event)) {
                long seen = PartyEvents.millisecondsSince(received);
                String agent = event.at("/party/extensionId").asText();
                String answer = callControl.post(
                        event,
                        "supervise",
                        Map.of("mode", "Listen", "supervisorDeviceId", args[3], "agentExtensionId", agent));
                Lines.print(event.get("telephonySessionId").asText() + " "
                        + event.get("partyId").asText()
                        + " agent " + agent + " seen after " + seen + " ms, supervise " + answer + " after "
                        + PartyEvents.millisecondsSince(received) + " ms");
            }
        });
    }

    /** Not again after hold or park, and not for the supervisor's own party. */
    private static boolean isAnswered(JsonNode event) {
        String before = event.path("previousStatus").asText();
        return event.get("status").asText().equals("Answered")
                && !before.equals("Answered")
                && !before.equals("Hold")
                && !before.equals("Parked")
                && !event.path("reason").asText().equals("Supervising")
                && PartyEvents.isInboundToExtension(event);
    }
}
