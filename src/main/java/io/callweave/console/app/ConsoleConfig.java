package io.callweave.console.app;

import io.callweave.access.AccessTokens;
import io.callweave.console.api.AccountZones;
import io.callweave.console.api.ExampleCall;
import io.callweave.console.api.ServerConfig;
import io.callweave.console.feed.FeedConfig;
import java.nio.file.Path;
import java.util.List;

/**
 * What a console runs with.
 *
 * @param port 0 takes a free one
 * @param tokens may be empty on loopback only
 * @param zones of days on the wallboard
 * @param dataDirectory for the store; deleted at each start
 * @param application the identity of the installation: the engine page shows its consumer groups
 * @param examples calls that the page offers first
 */
public record ConsoleConfig(
        String host,
        int port,
        AccessTokens tokens,
        AccountZones zones,
        Path dataDirectory,
        FeedConfig feed,
        ServerConfig.Rules rules,
        String application,
        List<ExampleCall> examples) {

    /** Copies the examples. */
    public ConsoleConfig {
        examples = List.copyOf(examples);
    }

    public ConsoleConfig withPort(int newPort) {
        return new ConsoleConfig(host, newPort, tokens, zones, dataDirectory, feed, rules, application, examples);
    }

    /** Offers these calls first. */
    public ConsoleConfig showing(List<ExampleCall> newExamples) {
        return new ConsoleConfig(host, port, tokens, zones, dataDirectory, feed, rules, application, newExamples);
    }

    /** With its store in this folder. */
    public ConsoleConfig in(Path newDataDirectory) {
        return new ConsoleConfig(host, port, tokens, zones, newDataDirectory, feed, rules, application, examples);
    }

    @Override
    public String toString() {
        return "ConsoleConfig[" + host + ":" + port + "]";
    }
}
