package io.callweave.platform.telephony;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.platform.oauth.PlatformCredentials;
import io.callweave.platform.rest.Caller;
import io.callweave.platform.rest.PlatformError;
import io.callweave.platform.rest.PlatformReply;
import io.callweave.platform.rest.PlatformRequest;
import io.callweave.platform.rest.PlatformRoute;
import io.callweave.platform.rest.UsageGroup;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Call Control: supervise a session, and forward a ringing party. */
public final class CallControlEndpoints {

    private static final String PARTY = SessionStatusEndpoint.PATH + "/parties/{partyId}";
    private static final int CONFLICT = 409;
    private static final Set<String> RINGING = Set.of("Setup", "Proceeding");
    private static final Set<String> TALKING = Set.of("Answered", "Hold");

    private final PlatformCalls history;
    private final ControlledCalls calls;

    public CallControlEndpoints(PlatformCalls history, ControlledCalls calls) {
        this.history = history;
        this.calls = calls;
    }

    public List<PlatformRoute> routes() {
        String permission = PlatformCredentials.CALL_CONTROL;
        return List.of(
                new PlatformRoute(
                        "POST",
                        SessionStatusEndpoint.PATH + "/supervise",
                        UsageGroup.LIGHT,
                        permission,
                        this::supervise),
                new PlatformRoute("POST", PARTY + "/supervise", UsageGroup.LIGHT, permission, this::supervise),
                new PlatformRoute("POST", PARTY + "/forward", UsageGroup.LIGHT, permission, this::forward));
    }

    private PlatformReply supervise(Caller caller, PlatformRequest request, Map<String, String> path) {
        JsonNode body = request.json();
        if (!body.path("mode").asText().equals("Listen")) {
            throw PlatformError.parameter("mode");
        }
        String device = body.path("supervisorDeviceId").asText();
        if (!device.matches("8\\d{10}")) {
            throw PlatformError.parameter("supervisorDeviceId");
        }
        SessionHistory session = session(caller, path);
        JsonNode agent = session.parties(history.now()).values().stream()
                .map(SessionHistory.Sent::party)
                .filter(party -> isAgent(party, body) && TALKING.contains(status(party)))
                .findFirst()
                .orElseThrow(() -> PlatformError.notFound("agentExtensionId"));
        return PlatformReply.created(SessionStatusEndpoint.party(calls.supervise(session, agent, device)));
    }

    private static boolean isAgent(JsonNode party, JsonNode body) {
        String id = body.path("agentExtensionId").asText();
        String number = body.path("agentExtensionNumber").asText();
        String extension = party.path("extensionId").asText();
        return !extension.isEmpty()
                && (extension.equals(id) || ControlledCalls.numberOf(extension).equals(number));
    }

    private PlatformReply forward(Caller caller, PlatformRequest request, Map<String, String> path) {
        SessionHistory session = session(caller, path);
        SessionHistory.Sent party = session.parties(history.now()).get(path.getOrDefault("partyId", ""));
        if (party == null) {
            throw PlatformError.notFound("partyId");
        }
        JsonNode body = request.json();
        ObjectNode target = PlatformRequest.object();
        for (String field : List.of("phoneNumber", "voicemail", "extensionNumber", "extensionId")) {
            if (body.has(field)) {
                target.put(field, body.path(field).asText());
            }
        }
        if (target.size() != 1) {
            throw PlatformError.parameter("phoneNumber");
        }
        if (!RINGING.contains(status(party.party()))) {
            throw new PlatformError(CONFLICT, "CMN-211", "Incorrect state of the call party");
        }
        return PlatformReply.ok(SessionStatusEndpoint.party(calls.forward(session, party.party(), target)));
    }

    private SessionHistory session(Caller caller, Map<String, String> path) {
        return history.session(caller.accountId(), path.getOrDefault("telephonySessionId", ""));
    }

    private static String status(JsonNode party) {
        return party.at("/status/code").asText();
    }
}
