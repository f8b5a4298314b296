package io.callweave.notification;

import io.callweave.call.PartyEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of one notification. */
public sealed interface Reading {

    Known known();

    /** The party events to use; empty if there are none. */
    default List<PartyEvent> events() {
        return List.of();
    }

    /** Why the bytes belong to the dead letters; null if they do not. */
    default @Nullable Rejection rejection() {
        return null;
    }

    /**
     * At least one party can be used.
     *
     * @param rejection {@code badParty} if some other party cannot be used, else null
     */
    record Accepted(
            Known known, List<PartyEvent> events, @Nullable Rejection rejection) implements Reading {

        public Accepted {
            events = List.copyOf(events);
        }
    }

    /** Nothing can be used. */
    record Rejected(Known known, Rejection rejection) implements Reading {}

    /** Nothing of ours. */
    record Skipped(Known known, OtherEvent kind) implements Reading {}
}
