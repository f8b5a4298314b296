package io.callweave.call.calllog;

import io.callweave.call.event.Address;
import io.callweave.call.event.PartyRef;
import org.jspecify.annotations.Nullable;

/**
 * A party as a leg of a RingCentral Call Log record, in the words of {@link CallLogTable}. Times are milliseconds.
 *
 * @param master the leg that stands for the whole call; each call that has legs has one
 * @param direction as the account sees it; null if the party has none
 * @param queueExtensionId the queue that rang the party; Call Log legs do not have this
 */
public record Leg(
        PartyRef party,
        boolean master,
        String legType,
        String type,
        @Nullable String direction,
        String action,
        String result,
        @Nullable String reason,
        @Nullable Address from,
        @Nullable Address to,
        @Nullable String queueExtensionId,
        long startTime,
        long durationMs,
        CallLogRefs refs) {}
