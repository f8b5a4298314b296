package io.callweave.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A notification as it leaves the platform.
 *
 * @param account the id of the account whose subscription it is for
 * @param sequence the event's place in its telephony session
 * @param eventTime when it happened
 * @param sentAt when the platform sent it
 * @param json the text that is delivered, one line
 */
public record Notification(
        String account, String telephonySessionId, long sequence, Instant eventTime, Instant sentAt, String json) {

    static Notification of(Envelope envelope, Leg leg, Wire wire) {
        return new Notification(
                envelope.account().id(),
                leg.session().id(),
                envelope.sequence(),
                envelope.eventTime(),
                envelope.sentAt(),
                NotificationJson.write(envelope, leg, wire));
    }

    public byte[] bytes() {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    /** The envelope without what may be around it, to look into. */
    public JsonNode tree() {
        return NotificationJson.unwrapped(NotificationJson.read(json));
    }

    /** Its one party. */
    public JsonNode party() {
        return tree().at("/body/parties/0");
    }

    /** The same event as a subscription to its extension gets it: only what is around the event differs. */
    Notification forSubscription(String uuid, String subscriptionId, Instant sent) {
        EnvelopeForm form = NotificationJson.formOf(NotificationJson.read(json));
        ObjectNode copy = (ObjectNode) tree();
        copy.put("uuid", uuid).put("subscriptionId", subscriptionId).put("timestamp", NotificationJson.time(sent));
        return new Notification(
                account, telephonySessionId, sequence, eventTime, sent, NotificationJson.wrapped(copy, form));
    }

    @Override
    public String toString() {
        return json;
    }
}
