package io.callweave.bench.dsl;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A notification as plain values that Jackson reads. */
public record DslNotification(
        @Nullable String uuid,
        @Nullable String event,
        @Nullable String timestamp,
        @Nullable String subscriptionId,
        String ownerId,
        Body body) {

    /** The content of a notification. */
    public record Body(
            long sequence,
            @Nullable String sessionId,
            String telephonySessionId,
            @Nullable String serverId,
            String eventTime,
            List<Party> parties,
            @Nullable Origin origin) {

        /** Null if the notification does not say it. */
        @Nullable
        public String originType() {
            return origin == null ? null : origin.type();
        }
    }

    public record Origin(@Nullable String type) {}

    public record Party(
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

    public record End(
            @Nullable String phoneNumber,
            @Nullable String name,
            @Nullable String extensionId,
            @Nullable String extensionNumber) {}

    public record Status(
            String code, @Nullable String reason, @Nullable Boolean rcc) {}
}
