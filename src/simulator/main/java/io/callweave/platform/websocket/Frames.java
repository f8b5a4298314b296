package io.callweave.platform.websocket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.platform.rest.PlatformReply;
import io.callweave.simulation.platform.WireJson;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Frames: lists of what a message is and, mostly, a body. */
final class Frames {

    static final int BUFFER_SIZE = 100;

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int OK = 200;

    private Frames() {}

    /**
     * The first frame of a connection.
     *
     * @param recovery how the recovery ended, null if none was asked for
     */
    static String connectionDetails(String wsc, Instant created, GatewayTimes times, @Nullable Recovery recovery) {
        ObjectNode meta = meta("ConnectionDetails", UUID.randomUUID().toString(), OK);
        meta.putObject("wsc").put("token", wsc).put("sequence", 1);
        ObjectNode body = MAPPER.createObjectNode()
                .put("creationTime", WireJson.time(created))
                .put("maxConnectionsPerSession", 50)
                .put("recoveryBufferSize", BUFFER_SIZE)
                .put("recoveryTimeout", times.recovery().toSeconds())
                .put("idleTimeout", times.idle().toSeconds())
                .put("absoluteTimeout", times.absolute().toSeconds())
                .put("maxActiveRequests", 10);
        if (recovery != null) {
            body.put("recoveryState", recovery.state());
            if (recovery.errorCode() != null) {
                body.put("recoveryErrorCode", recovery.errorCode());
            }
        }
        return frame(meta, body);
    }

    static String notification(ObjectNode envelope) {
        return frame(meta("ServerNotification", envelope.path("uuid").asText(), OK), envelope);
    }

    static String error(int status, String errorCode, String message) {
        return frame(
                meta("Error", UUID.randomUUID().toString(), status),
                MAPPER.createObjectNode().put("errorCode", errorCode).put("message", message));
    }

    /** RingCentral answers a ClientRequest with a frame of the same type; its own client accepts no other. */
    static String reply(String messageId, PlatformReply reply) {
        ObjectNode meta = meta("ClientRequest", messageId, reply.status());
        ObjectNode headers = meta.withObject("headers");
        reply.headers().forEach(headers::put);
        return frame(meta, reply.body());
    }

    static String heartbeat(String messageId) {
        return frame(MAPPER.createObjectNode().put("type", "Heartbeat").put("messageId", messageId), null);
    }

    /** Missing if it is no frame. */
    static JsonNode read(String text) {
        try {
            JsonNode frame = MAPPER.readTree(text);
            return frame.isArray() ? frame : frame.path("no frame");
        } catch (JsonProcessingException e) {
            return MAPPER.createObjectNode().path("no frame");
        }
    }

    private static ObjectNode meta(String type, String messageId, int status) {
        ObjectNode meta = MAPPER.createObjectNode()
                .put("type", type)
                .put("messageId", messageId)
                .put("status", status);
        meta.putObject("headers").put("RCRequestId", UUID.randomUUID().toString());
        return meta;
    }

    private static String frame(ObjectNode meta, @Nullable JsonNode body) {
        ArrayNode frame = MAPPER.createArrayNode().add(meta);
        return (body == null ? frame : frame.add(body)).toString();
    }
}
