package io.callweave.simulation.truth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.simulation.artifact.LeftArtifact;
import io.callweave.simulation.platform.WireJson;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/**
 * The truth about a call, in the view of one account, from its script.
 *
 * @param startTime of the call
 * @param json one line: fields of a call record with their final values if everything that was sent arrives, and
 *     {@code dropped}, the lost sequences of each session
 */
public record CallTruth(String accountId, String callId, Instant startTime, String json) {

    private static final Comparator<LeftArtifact> ORDER =
            Comparator.comparing(LeftArtifact::kind).thenComparing(LeftArtifact::id);

    /** With {@code artifacts}: those of these that are of the call. */
    public CallTruth with(Collection<LeftArtifact> left) {
        ObjectNode truth = (ObjectNode) WireJson.read(json);
        Set<String> sessions = new HashSet<>();
        for (JsonNode session : truth.path("sessions")) {
            sessions.add(session.path("telephonySessionId").asText());
        }
        ArrayNode artifacts = truth.putArray("artifacts");
        left.stream()
                .filter(each -> each.accountId().equals(accountId) && sessions.contains(each.telephonySessionId()))
                .sorted(ORDER)
                .forEach(each -> artifacts
                        .addObject()
                        .put("kind", each.kind())
                        .put("id", each.id())
                        .put("telephonySessionId", each.telephonySessionId())
                        .put("partyId", each.partyId()));
        return new CallTruth(accountId, callId, startTime, WireJson.text(truth));
    }
}
