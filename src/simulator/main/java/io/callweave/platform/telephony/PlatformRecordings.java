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
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The recordings that are ready, and {@code recording/{recordingId}}, which shows them. RingCentral sends no event of them, and
 * keeps none under 30 s. Thread-safe.
 */
public final class PlatformRecordings {

    private static final String PATH = "/restapi/v1.0/account/{accountId}/recording/{recordingId}";
    private static final Pattern EVENT = Pattern.compile("/restapi/v1\\.0/account/[^/]+/recording/([^/?]+)");
    private static final int SHORTEST_S = 30;

    private final Map<String, ObjectNode> ready = new ConcurrentHashMap<>();
    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    private final Clock clock;

    /** Somebody asked for a recording. */
    public record Asked(Instant time, String account, String recording) {}

    public PlatformRecordings(Clock clock) {
        this.clock = clock;
    }

    /**
     * Keeps what the traffic says of a recording that is ready.
     *
     * @return false if it is another event
     */
    public boolean take(String account, JsonNode envelope) {
        Matcher event = EVENT.matcher(envelope.path("event").asText());
        if (!event.matches()) {
            return false;
        }
        if (envelope.at("/body/duration").asLong() >= SHORTEST_S) {
            ObjectNode metadata = envelope.path("body").deepCopy();
            metadata.remove("readyAt"); // RingCentral does not say it
            ready.put(account + "/" + event.group(1), metadata);
        }
        return true;
    }

    /** All requests that were not refused, in their order. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    public PlatformRoute route() {
        return new PlatformRoute("GET", PATH, UsageGroup.HEAVY, PlatformCredentials.READ_CALL_RECORDING, this::answer);
    }

    private PlatformReply answer(Caller caller, PlatformRequest request, Map<String, String> path) {
        String id = path.getOrDefault("recordingId", "");
        asked.add(new Asked(clock.instant(), caller.accountId(), id));
        ObjectNode metadata = ready.get(caller.accountId() + "/" + id);
        if (metadata == null) {
            throw PlatformError.notFound("recordingId");
        }
        return PlatformReply.ok(metadata.deepCopy().put("uri", request.base() + request.path()));
    }
}
