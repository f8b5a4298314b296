package io.callweave.record;

import static io.callweave.value.Meaning.says;

import io.callweave.call.event.PartyEvent;
import io.callweave.value.ValueType;
import org.jspecify.annotations.Nullable;

/** A party event as it goes out in sequence order, for routing and agent assist. */
public final class PartyEventJson {

    /**
     * A party event in its place in the order of its session.
     *
     * @param late whether one with a higher sequence went out before
     * @param previousStatus of the party's event with the next lower sequence, null if there is none
     * @param previousTime when that event was, in milliseconds since the epoch; null with it
     */
    record EmittedEvent(
            PartyEvent event,
            boolean late,
            @Nullable String previousStatus,
            @Nullable Long previousTime) {

        @Nullable
        Long previousStatusMs() {
            return previousTime == null ? null : Long.valueOf(Math.max(0, event.eventTime() - previousTime));
        }
    }

    static final ValueType<EmittedEvent> PARTY_EVENT = ValueType.<EmittedEvent>named(
                    "party-events",
                    says("Each party event once, in sequence order, for routing and agent assist.")
                            .see("topics.md#party-events"))
            .keyed("telephonySessionId", false, "account", "schemaVersion", "lastReceivedAt", "epoch")
            .text(
                    "accountId",
                    emitted -> emitted.event().session().accountId(),
                    says("The account that sees the call."))
            .text("telephonySessionId", emitted -> emitted.event().session().telephonySessionId(), says("The session."))
            .textOrNull(
                    "sessionId",
                    emitted -> emitted.event().sessionId(),
                    says("The legacy session id, as sent with this event."))
            .integer(
                    "sequence",
                    emitted -> emitted.event().sequence(),
                    says("The event's place in the session.").atMost(9007199254740991L))
            .time("eventTime", emitted -> emitted.event().eventTime(), says("As sent."))
            .textOrNull("origin", emitted -> emitted.event().origin(), says("`origin.type`, as sent with this event."))
            .text("partyId", emitted -> emitted.event().partyId(), says("The party."))
            .text(
                    "status",
                    emitted -> emitted.event().facts().status(),
                    says("The party's status, in one spelling.")
                            .examples(KnownWords.statuses())
                            .see("records.md#segments"))
            .textOrNull("reason", emitted -> emitted.event().facts().reason(), says("Why."))
            .textOrNull(
                    "previousStatus",
                    EmittedEvent::previousStatus,
                    says("Status in the party's previous event by sequence."))
            .millisOrNull(
                    "previousStatusMs",
                    EmittedEvent::previousStatusMs,
                    says("From the `eventTime` of that event to this one, at least 0."))
            .flag("late", EmittedEvent::late, says("True if a later event of this session was emitted earlier."))
            .json("party", emitted -> emitted.event().body().partyBytes(), says("The party as received."))
            .end();

    private static final int USUAL_SIZE = 1024;

    private PartyEventJson() {}

    /**
     * Writes one event.
     *
     * @param late whether one with a higher sequence went out before
     * @param previousStatus of the party's event with the next lower sequence, null if there is none
     * @param previousTime when that event was, in milliseconds since the epoch; null with it
     * @return UTF-8, no line break
     */
    public static byte[] write(
            PartyEvent event, boolean late, @Nullable String previousStatus, @Nullable Long previousTime) {
        return PARTY_EVENT.json(new EmittedEvent(event, late, previousStatus, previousTime), USUAL_SIZE);
    }
}
