package io.callweave.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.platform.directory.PlatformDirectory;
import io.callweave.platform.rest.PlatformError;
import io.callweave.platform.rest.PlatformReply;
import io.callweave.platform.rest.PlatformRequest;
import io.callweave.platform.telephony.LogDifference;
import io.callweave.simulation.delivery.DeliveryFaults;
import io.callweave.simulation.platform.WireJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@code /control}, which RingCentral does not have: GET shows counts and examples, POST makes something go wrong. A
 * body has any of the names below, such as {@code {"disconnect": true}}.
 */
final class ControlEndpoint {

    static final String PATH = "/control";

    private static final JsonNode EXAMPLES = WireJson.read("""
            {"deliver": "shuffled=5s,duplicated=5%,dropped=1%", "dropNext": 3, "duplicateNext": 3, "reverseNext": 3,
             "refuse": {"path": "/restapi", "status": 429, "times": 2, "retryAfter": 5}, "expireAccessTokens": true,
             "forgetTokens": true, "expireSubscriptions": true, "blacklist": true, "disconnect": true,
             "disconnectForGood": true, "pubNubAway": true, "forgetSyncTokens": true,
             "plantInLog": {"difference": "result", "calls": 1},
             "rename": {"account": "400001001", "extension": "62001001001", "name": "Ann Doe"}}""");

    private final PlatformFaults faults;
    private final Map<String, Consumer<JsonNode>> controls = new LinkedHashMap<>();

    ControlEndpoint(PlatformFaults faults, PlatformDirectory directory) {
        this.faults = faults;
        controls.put("deliver", value -> faults.deliver(DeliveryFaults.parse(value.asText())));
        controls.put("dropNext", value -> faults.dropNext(value.asInt()));
        controls.put("duplicateNext", value -> faults.duplicateNext(value.asInt()));
        controls.put("reverseNext", value -> faults.reverseNext(value.asInt()));
        controls.put(
                "refuse",
                value -> faults.refuse(
                        value.path("path").asText("/restapi"),
                        value.path("status").asInt(503),
                        value.path("times").asInt(1),
                        value.path("retryAfter").asInt(0)));
        controls.put("expireAccessTokens", value -> faults.expireAccessTokens());
        controls.put("forgetTokens", value -> faults.forgetTokens());
        controls.put("expireSubscriptions", value -> faults.expireSubscriptions());
        controls.put("blacklist", value -> faults.blacklist());
        controls.put("disconnect", value -> faults.disconnect());
        controls.put("pubNubAway", value -> faults.pubNubAway(value.asBoolean()));
        controls.put(
                "rename",
                value -> directory.rename(
                        value.path("account").asText(),
                        value.path("extension").asText(),
                        value.path("name").asText()));
        controls.put("disconnectForGood", value -> faults.disconnectForGood());
        controls.put("forgetSyncTokens", value -> faults.forgetSyncTokens());
        controls.put(
                "plantInLog",
                value -> faults.plantInLog(
                        LogDifference.of(value.path("difference").asText()),
                        value.path("calls").asInt(1)));
    }

    PlatformReply answer(PlatformRequest request) {
        try {
            if (request.method().equals("POST")) {
                apply(request.json());
            }
            return PlatformReply.ok(state());
        } catch (PlatformError error) {
            return error.reply();
        } catch (IllegalArgumentException e) {
            return new PlatformError(400, "CONTROL", String.valueOf(e.getMessage())).reply();
        }
    }

    private void apply(JsonNode body) {
        body.properties().forEach(control -> {
            Consumer<JsonNode> action = controls.get(control.getKey());
            if (action == null) {
                throw new IllegalArgumentException(
                        "\"" + control.getKey() + "\" is none of " + String.join(", ", controls.keySet()) + ".");
            }
            action.accept(control.getValue());
        });
    }

    private ObjectNode state() {
        ObjectNode state = PlatformRequest.object()
                .put("subscriptions", faults.subscriptions())
                .put("connections", faults.connections())
                .put("sent", faults.sent())
                .put("taken", faults.taken());
        ArrayNode planted = state.putArray("planted");
        faults.planted()
                .forEach(each -> planted.addObject()
                        .put("difference", each.difference().word())
                        .put("accountId", each.accountId())
                        .put("telephonySessionId", each.telephonySessionId()));
        state.set("controls", EXAMPLES.deepCopy());
        return state;
    }
}
