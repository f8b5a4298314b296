package io.callweave.call.event;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A party of a session; {@code partyId} is null if only the session was named. */
public record PartyRef(String telephonySessionId, @Nullable String partyId) implements Comparable<PartyRef> {

    private static final Comparator<PartyRef> ORDER = Comparator.comparing(
                    (PartyRef ref) -> ref.partyId == null ? "" : ref.partyId)
            .thenComparing(PartyRef::telephonySessionId);

    @Override
    public int compareTo(PartyRef other) {
        return ORDER.compare(this, other);
    }
}
