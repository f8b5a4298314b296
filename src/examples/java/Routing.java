import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Forwards important callers to a supervisor while the call rings. Arguments: brokers, topic party-events, group, extension
 * number of the supervisor, numbers of important callers. Environment: as of "callweave local".
 */
public final class Routing {

    public static void main(String[] args) throws Exception {
        Set<String> important = Set.copyOf(Arrays.asList(args).subList(4, args.length));
        Set<String> forwarded = new HashSet<>(); // the supervisor's phone rings in the same session
        CallControl callControl = new CallControl();
        callControl.signIn();
        PartyEvents.follow(args[0], args[1], args[2], (event, received) -> {
            String session = event.get("telephonySessionId").asText();
            if (isRinging(event) && important.contains(event.at("/party/from/phoneNumber").asText())
                    && forwarded.add(session)) {
                long seen = PartyEvents.millisecondsSince(received);
                String answer = callControl.post(event, "forward", Map.of("extensionNumber", args[3]));
                System.out.println(session + " " + event.get("partyId").asText() + " seen after " + seen
                        + " ms, forward " + answer + " after " + PartyEvents.millisecondsSince(received) + " ms");
            }
        });
    }

    private static boolean isRinging(JsonNode event) {
        return event.get("status").asText().equals("Proceeding") && PartyEvents.isInboundToExtension(event);
    }
}
