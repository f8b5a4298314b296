package io.callweave.call.fact;

import io.callweave.call.event.EventBody;
import org.jspecify.annotations.Nullable;

/**
 * Something that became known of a session beside its party events.
 *
 * @param modifiedAt {@code lastModifiedTime} in milliseconds since the epoch; null if it was not sent
 * @param body the raw {@code body} of the notification; distinguishes facts of the same identity and time
 */
public record LaterFact(FactId id, @Nullable Long modifiedAt, EventBody body, FactContent content) {

    /**
     * Whether this one counts instead of the other one, which has the same identity. The newest counts; of equally new
     * ones, the one with the greater SHA-256, so that the order of arrival does not matter.
     */
    public boolean supersedes(LaterFact other) {
        long mine = modifiedAt == null ? Long.MIN_VALUE : modifiedAt;
        long others = other.modifiedAt == null ? Long.MIN_VALUE : other.modifiedAt;
        return mine == others ? body.isGreaterThan(other.body) : mine > others;
    }

    /** The same fact without the text it was sent in. */
    public LaterFact withoutText() {
        return new LaterFact(id, modifiedAt, body.withoutText(), content);
    }
}
