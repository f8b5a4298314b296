package io.callweave.bench.dsl;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A notification as plain values that Jackson reads. */
record DslNotification(
        @Nullable String uuid,
        @Nullable String event,
        @Nullable String timestamp,
        @Nullable String subscriptionId,
        String ownerId,
        Body body) {

    /** The content of a notification. */
    record Body(
            long sequence,
            @Nullable String sessionId,
            String telephonySessionId,
            @Nullable String serverId,
            String eventTime,
            List<Party> parties,
            @Nullable Origin origin) {

        @Nullable
        String originType() {
            return origin == null ? null : origin.type();
        }
    }

    record Origin(@Nullable String type) {}

    record Party(
            @Nullable String accountId,
            @Nullable String extensionId,
            String id,
            @Nullable String direction,
            @Nullable End from,
            @Nullable End to,
            Status status,
            @Nullable Boolean missedCall,
            @Nullable Boolean standAlone,
            @Nullable Boolean muted) {}

    record End(
            @Nullable String phoneNumber,
            @Nullable String name,
            @Nullable String extensionId,
            @Nullable String extensionNumber) {}

    record Status(
            String code, @Nullable String reason, @Nullable Boolean rcc) {}
}
