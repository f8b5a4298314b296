package io.callweave.console.app;

import io.callweave.access.AccessTokens;
import io.callweave.console.api.AccountZones;
import io.callweave.console.api.ExampleCall;
import io.callweave.console.feed.FeedConfig;
import io.callweave.metrics.ServiceGoals;
import io.callweave.topology.calls.CallOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What a console runs with.
 *
 * @param port 0 takes a free one
 * @param tokens may be empty on loopback only
 * @param zones of days on the wallboard
 * @param goals of service levels on the wallboard
 * @param dataDirectory for the store; deleted at each start
 * @param rules what {@code streams} assembles calls by, to explain them
 * @param application the identity of the installation: the engine page shows its consumer groups
 * @param examples calls that the page offers first
 * @param liveSince calls from which nothing was heard since then are not live
 * @param httpPort of health and metrics; 0 takes a free one
 */
public record ConsoleConfig(
        String host,
        int port,
        AccessTokens tokens,
        AccountZones zones,
        ServiceGoals goals,
        Path dataDirectory,
        FeedConfig feed,
        CallOptions rules,
        String application,
        List<ExampleCall> examples,
        Instant liveSince,
        String httpHost,
        int httpPort) {

    /** Copies the examples. */
    public ConsoleConfig {
        examples = List.copyOf(examples);
    }

    public ConsoleConfig withPort(int newPort) {
        return new ConsoleConfig(
                host,
                newPort,
                tokens,
                zones,
                goals,
                dataDirectory,
                feed,
                rules,
                application,
                examples,
                liveSince,
                httpHost,
                httpPort);
    }

    /**
     * As part of the whole product: its store in this folder, these calls first.
     *
     * @param started of the product: events that it missed before do not come, so calls of an earlier run never end
     */
    public ConsoleConfig beside(Path newDataDirectory, List<ExampleCall> newExamples, Instant started) {
        return new ConsoleConfig(
                host,
                port,
                tokens,
                zones,
                goals,
                newDataDirectory,
                feed,
                rules,
                application,
                newExamples,
                started,
                httpHost,
                httpPort);
    }

    @Override
    public String toString() {
        return "ConsoleConfig[" + host + ":" + port + "]";
    }
}
