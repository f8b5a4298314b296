package io.callweave.simulation.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A notification that the platform sends.
 *
 * @param account the id of the account that subscribed
 * @param sequence the event's place in its telephony session
 * @param eventTime when it happened
 * @param sentAt when the platform sent it
 * @param json the text that is delivered, one line
 */
public record Notification(
        String account, String telephonySessionId, long sequence, Instant eventTime, Instant sentAt, String json) {

    public static Notification of(SimulatedEnvelope envelope, SimulatedLeg leg, Wire wire) {
        return new Notification(
                envelope.account().id(),
                leg.session().id(),
                envelope.sequence(),
                envelope.eventTime(),
                envelope.sentAt(),
                WireJson.write(envelope, leg, wire));
    }

    public byte[] bytes() {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    /** The envelope without anything around it, for a look inside. */
    public JsonNode tree() {
        return WireJson.unwrapped(WireJson.read(json));
    }

    /** Its one party. */
    public JsonNode party() {
        return tree().at("/body/parties/0");
    }

    /** The same event for a subscription to its extension: only what is around the event differs. */
    public Notification forSubscription(String uuid, String subscriptionId, Instant sent) {
        EnvelopeForm form = WireJson.formOf(WireJson.read(json));
        ObjectNode copy = (ObjectNode) tree();
        copy.put("uuid", uuid).put("subscriptionId", subscriptionId).put("timestamp", WireJson.time(sent));
        return new Notification(account, telephonySessionId, sequence, eventTime, sent, WireJson.wrapped(copy, form));
    }

    @Override
    public String toString() {
        return json;
    }
}
