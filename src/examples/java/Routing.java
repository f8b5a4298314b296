import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Forwards important callers to a supervisor while the call rings. Arguments: brokers, topic party-events, group, extension
 * number of the supervisor, numbers of important callers or their beginnings. Environment: as of "callweave local".
 */
public final class Routing {

    public static void main(String[] args) throws Exception {
        if (args.length < 5) {
            System.err.println("Usage: Routing BROKERS TOPIC GROUP EXTENSION_NUMBER CALLER...");
            System.exit(2);
        }
        List<String> important = Arrays.asList(args).subList(4, args.length);
        Set<String> forwarded = new HashSet<>(); // the supervisor's phone rings in the same session
        CallControl callControl = new CallControl();
        callControl.signIn();
        PartyEvents.follow(args[0], args[1], args[2], (event, received) -> {
            String session = event.get("telephonySessionId").asText();
            String caller = event.at("/party/from/phoneNumber").asText();
            if (isRinging(event) && important.stream().anyMatch(caller::startsWith) && forwarded.add(session)) {
                long seen = PartyEvents.millisecondsSince(received);
                String answer = callControl.post(event, "forward", Map.of("extensionNumber", args[3]));
                Lines.print(session + " " + event.get("partyId").asText() + " seen after " + seen
                        + " ms, forward " + answer + " after " + PartyEvents.millisecondsSince(received) + " ms");
            }
        });
    }

    private static boolean isRinging(JsonNode event) {
        return event.get("status").asText().equals("Proceeding") && PartyEvents.isInboundToExtension(event);
    }
}
