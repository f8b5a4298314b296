package io.callweave.bench.dsl;

import io.callweave.bench.dsl.DslNotification.Body;
import io.callweave.bench.dsl.DslNotification.Party;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One party of a notification, as the topic of party events has it. */
public record DslPartyEvent(
        String accountId,
        String telephonySessionId,
        @Nullable String sessionId,
        long sequence,
        String eventTime,
        @Nullable String origin,
        String partyId,
        String status,
        @Nullable String reason,
        Party party) {

    /** One for each party of a notification. */
    public static List<DslPartyEvent> of(DslNotification notification) {
        Body body = notification.body();
        return body.parties().stream()
                .map(party -> new DslPartyEvent(
                        notification.ownerId(),
                        body.telephonySessionId(),
                        body.sessionId(),
                        body.sequence(),
                        body.eventTime(),
                        body.originType(),
                        party.id(),
                        party.status().code(),
                        party.status().reason(),
                        party))
                .toList();
    }
}
