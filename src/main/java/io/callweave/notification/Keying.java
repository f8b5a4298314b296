package io.callweave.notification;

import org.jspecify.annotations.Nullable;

/** What has to be known of a notification before it is stored under a key; the rest is found out by whoever reads it. */
public sealed interface Keying {

    /** The account, null where it is not known. */
    @Nullable
    String account();

    /** When RingCentral sent it, in milliseconds since the epoch; null where that is not known. */
    @Nullable
    Long timestamp();

    record Keyed(
            String telephonySessionId,
            @Nullable String account,
            @Nullable Long timestamp) implements Keying {}

    /** There is no key: too large, no JSON, no object, or no telephony session named. */
    record Unkeyed(
            Rejection rejection,
            @Nullable String account,
            @Nullable Long timestamp) implements Keying {}

    /** Nothing of ours. */
    record Skipped(
            OtherEvent kind,
            @Nullable String account,
            @Nullable Long timestamp) implements Keying {}
}
