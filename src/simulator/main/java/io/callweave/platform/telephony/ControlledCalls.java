package io.callweave.platform.telephony;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.platform.rest.PlatformRequest;
import io.callweave.simulation.platform.WireJson;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What happens in a call after a client took control: its script ends, and another one begins. */
public final class ControlledCalls {

    private static final Duration RINGS = Duration.ofSeconds(2);
    private static final Duration TALKS = Duration.ofSeconds(10);
    private static final int SESSION_DIGITS = 32;

    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final Consumer<JsonNode> publisher;
    private final Set<String> takenOver = ConcurrentHashMap.newKeySet();

    /** @param publisher sends the notifications that follow */
    public ControlledCalls(Clock clock, ScheduledExecutorService timer, Consumer<JsonNode> publisher) {
        this.clock = clock;
        this.timer = timer;
        this.publisher = publisher;
    }

    /** Whether the rest of a session's script must not be sent. */
    public boolean isTakenOver(String telephonySessionId) {
        return takenOver.contains(telephonySessionId);
    }

    /** The short number of a simulated extension, from its id. */
    static String numberOf(String extensionId) {
        return extensionId.matches("62\\d{9}") ? extensionId.substring(2, 8).replaceFirst("^0+", "") : "";
    }

    /**
     * A supervisor listens in, from a session of its own: Setup, Answered, and Gone with the agent as its peer.
     *
     * @return the supervisor's party when it is connected
     */
    JsonNode supervise(SessionHistory session, JsonNode agent, String deviceId) {
        String extension = "62" + deviceId.substring(2);
        String digits = UUID.randomUUID().toString().replace("-", "").substring(0, SESSION_DIGITS);
        ObjectNode party = PlatformRequest.object()
                .put("accountId", agent.path("accountId").asText())
                .put("extensionId", extension)
                .put("id", "p-" + digits + "-1")
                .put("direction", "Outbound");
        party.putObject("from")
                .put("phoneNumber", numberOf(extension))
                .put("name", "Agent " + numberOf(extension))
                .put("extensionId", extension)
                .put("deviceId", deviceId);
        String agentId = agent.path("extensionId").asText();
        party.putObject("to").put("phoneNumber", numberOf(agentId)).put("extensionId", agentId);
        party.putObject("status").put("code", "Setup").put("rcc", false);
        party.put("missedCall", false).put("standAlone", false).put("muted", false);

        ObjectNode first = session.next(party, time());
        String account = agent.path("accountId").asText();
        first.put("event", "/restapi/v1.0/account/" + account + "/extension/" + extension + "/telephony/sessions");
        ObjectNode body = (ObjectNode) first.path("body");
        body.put("sequence", 2)
                .put("telephonySessionId", "s-" + digits)
                .put("sessionId", Long.toString(Math.floorMod(digits.hashCode(), 1_000_000_000L)));
        publisher.accept(first);
        publisher.accept(changed(first, 3, "Answered", "Supervising"));
        ObjectNode gone = changed(first, 4, "Gone", "Supervising");
        ((ObjectNode) gone.at("/body/parties/0/status"))
                .putObject("peerId")
                .put("telephonySessionId", session.id())
                .put("sessionId", session.legacyId())
                .put("partyId", agent.path("id").asText());
        publisher.accept(gone);
        endWith(session, changed(first, 5, "Disconnected", ""));
        return changed(first, 3, "Answered", "Supervising").at("/body/parties/0");
    }

    /** The supervisor's party ends after the call. */
    private void endWith(SessionHistory session, ObjectNode end) {
        after(Duration.ofSeconds(1), () -> {
            if (session.isOver(clock.instant())) {
                ((ObjectNode) end.path("body")).put("eventTime", time());
                publisher.accept(end);
            } else {
                endWith(session, end);
            }
        });
    }

    /**
     * The ringing party ends with BlindTransfer, and another one rings, answers and talks.
     *
     * @param target one of phoneNumber, voicemail, extensionNumber and extensionId
     * @return the party that was forwarded, as it is now
     */
    JsonNode forward(SessionHistory session, JsonNode party, ObjectNode target) {
        takenOver.add(session.id());
        JsonNode left = send(session, party, "Disconnected", "BlindTransfer");
        ObjectNode next = reached(session, party, target);
        send(session, next, "Setup", "");
        send(session, next, "Proceeding", "");
        boolean voicemail = target.has("voicemail");
        after(RINGS, () -> send(session, next, voicemail ? "VoiceMail" : "Answered", voicemail ? "Voicemail" : ""));
        after(RINGS.plus(TALKS), () -> {
            for (Map.Entry<String, SessionHistory.Sent> open :
                    session.parties(clock.instant()).entrySet()) {
                JsonNode one = open.getValue().party();
                if (SessionHistory.isOpen(one)) {
                    send(session, one, "Disconnected", "");
                }
            }
        });
        return left;
    }

    private static ObjectNode reached(SessionHistory session, JsonNode party, ObjectNode target) {
        int parties = session.beginnings().size();
        ObjectNode next = party.deepCopy();
        next.put("id", session.id().replaceFirst("^s-", "p-") + "-" + (parties + 1));
        next.remove("queueCall");
        next.remove("uiCallInfo");
        if (target.has("phoneNumber")) {
            next.remove("extensionId");
            next.putObject("to").put("phoneNumber", target.path("phoneNumber").asText());
            return next;
        }
        String account = party.path("accountId").asText();
        String extension = target.has("extensionNumber")
                ? "62"
                        + "%6s"
                                .formatted(target.path("extensionNumber").asText())
                                .replace(' ', '0') + account.substring(account.length() - 3)
                : target.elements().next().asText();
        next.put("extensionId", extension);
        next.putObject("to")
                .put("phoneNumber", numberOf(extension))
                .put("name", "Agent " + numberOf(extension))
                .put("extensionId", extension);
        return next;
    }

    private JsonNode send(SessionHistory session, JsonNode party, String status, String reason) {
        ObjectNode envelope = session.next(party, time());
        String base = "/restapi/v1.0/account/" + party.path("accountId").asText();
        envelope.put(
                "event",
                (party.has("extensionId")
                                ? base + "/extension/"
                                        + party.path("extensionId").asText()
                                : base) + "/telephony/sessions");
        setStatus(envelope, status, reason);
        publisher.accept(envelope);
        return envelope.at("/body/parties/0");
    }

    private static ObjectNode changed(ObjectNode envelope, long sequence, String status, String reason) {
        ObjectNode copy = envelope.deepCopy();
        ((ObjectNode) copy.path("body")).put("sequence", sequence);
        setStatus(copy, status, reason);
        return copy;
    }

    private static void setStatus(ObjectNode envelope, String code, String reason) {
        ObjectNode status = ((ObjectNode) envelope.at("/body/parties/0"))
                .putObject("status")
                .put("code", code);
        if (!reason.isEmpty()) {
            status.put("reason", reason);
        }
        status.put("rcc", false);
    }

    private String time() {
        return WireJson.time(clock.instant());
    }

    private void after(Duration time, Runnable what) {
        var unused = timer.schedule(what, time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
