package io.callweave.notification;

import io.callweave.call.fact.FactKind;
import org.jspecify.annotations.Nullable;

/** What must be known about a notification before it is stored under a key. Its reader finds out the rest. */
public sealed interface RoutingResult {

    /** The account, null if unknown. */
    @Nullable
    String account();

    /** When RingCentral sent it, in milliseconds since the epoch; null if unknown. */
    @Nullable
    Long timestamp();

    record Keyed(
            String telephonySessionId,
            @Nullable String account,
            @Nullable Long timestamp) implements RoutingResult {}

    /**
     * A later fact.
     *
     * @param telephonySessionId null if it names none, or one that is too long
     */
    record OfFact(
            FactKind kind,
            @Nullable String telephonySessionId,
            @Nullable String account,
            @Nullable Long timestamp) implements RoutingResult {}

    /** There is no key: the input is too large, not JSON or not an object, or it names no telephony session that can be used. */
    record Unkeyed(
            Rejection rejection,
            @Nullable String account,
            @Nullable Long timestamp) implements RoutingResult {}

    /** Neither a telephony session event nor a later fact. */
    record Skipped(
            OtherEvent kind,
            @Nullable String account,
            @Nullable Long timestamp) implements RoutingResult {}
}
