package io.callweave.notification;

import io.callweave.call.event.PartyEvent;
import io.callweave.call.fact.FactNotice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of reading one notification. */
public sealed interface ParseResult {

    EnvelopeIds known();

    /** The usable party events; empty if there are none. */
    default List<PartyEvent> events() {
        return List.of();
    }

    /** Why the bytes go to the dead letters; null if they do not. */
    default @Nullable Rejection rejection() {
        return null;
    }

    /**
     * At least one party can be used.
     *
     * @param rejection {@code badParty} if another party cannot be used, else null
     */
    record Accepted(
            EnvelopeIds known,
            List<PartyEvent> events,
            @Nullable Rejection rejection) implements ParseResult {

        public Accepted {
            events = List.copyOf(events);
        }
    }

    /** A later fact. */
    record OfFact(EnvelopeIds known, FactNotice notice) implements ParseResult {}

    /** Nothing can be used. */
    record Rejected(EnvelopeIds known, Rejection rejection) implements ParseResult {}

    /** Neither a telephony session event nor a later fact. */
    record Skipped(EnvelopeIds known, OtherEvent kind) implements ParseResult {}
}
