package io.callweave.console.api;

import io.callweave.access.AccessTokens;
import io.callweave.console.feed.Kept;
import io.callweave.console.feed.RawNotifications;
import io.callweave.metrics.ServiceGoals;
import io.callweave.topology.calls.CallOptions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What the server shows, and to whom.
 *
 * @param port 0 takes a free one
 * @param tokens empty only on loopback: then everyone on this machine sees all
 * @param zones of days on the wallboard
 * @param goals of service levels on the wallboard
 * @param rules what {@code streams} assembles calls by, to explain them
 * @param examples what the page offers first; usually none
 */
public record ServerConfig(
        String host,
        int port,
        AccessTokens tokens,
        boolean masked,
        String version,
        AccountZones zones,
        ServiceGoals goals,
        Kept kept,
        State state,
        RawNotifications notifications,
        CallOptions rules,
        List<ExampleCall> examples,
        InstantSource clock) {

    /** Copies the examples. */
    public ServerConfig {
        examples = List.copyOf(examples);
    }

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

    @Override
    public String toString() {
        return "ServerConfig[" + host + ":" + port + "]";
    }
}
