package io.callweave.console.api;

import io.callweave.console.feed.Kept;
import io.callweave.console.feed.RawNotifications;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What the server shows, and to whom. */
public record ServerConfig(
        ConsoleOptions options,
        String version,
        Kept kept,
        State state,
        RawNotifications notifications,
        InstantSource clock) {

    /**
     * How the feed is.
     *
     * @param behindMs how far it is behind; empty until the store is filled
     * @param endOffsets how far each topic has been read
     * @param lags what consumer groups have not read, by group
     * @param clockLags how old the oldest notification is that {@code streams} has not processed, by partition
     */
    public record State(
            BooleanSupplier ready,
            Supplier<OptionalLong> behindMs,
            Supplier<Map<String, Long>> endOffsets,
            Supplier<Map<String, Long>> lags,
            Supplier<Map<Integer, OptionalLong>> clockLags) {}
}
