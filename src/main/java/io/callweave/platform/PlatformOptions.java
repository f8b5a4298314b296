package io.callweave.platform;

import io.callweave.platform.oauth.PlatformCredentials;
import io.callweave.platform.websocket.GatewayTimes;
import io.callweave.simulation.delivery.DeliveryFaults;
import java.time.Duration;
import java.util.List;

/**
 * How the server behaves. The defaults are RingCentral's.
 *
 * @param port 0 takes a free one
 * @param accounts who may sign in
 * @param rateLimits whether requests are limited as RingCentral limits them
 * @param accessLife how long an access token is valid
 * @param refreshLife how long a refresh token is valid
 * @param subscriptionLimit how many subscriptions a user may have with one application
 * @param webhookPatience how long a webhook may take to answer
 * @param blacklistAfter how long a webhook may fail before its subscription is blacklisted
 * @param gateway times of the WebSocket gateway
 * @param faults what goes wrong on the way, for a share of all notifications
 * @param seed decides which notifications the faults hit
 */
public record PlatformOptions(
        String host,
        int port,
        List<PlatformCredentials> accounts,
        boolean rateLimits,
        Duration accessLife,
        Duration refreshLife,
        int subscriptionLimit,
        Duration webhookPatience,
        Duration blacklistAfter,
        GatewayTimes gateway,
        DeliveryFaults faults,
        long seed) {

    private static final int SUBSCRIPTION_LIMIT = 20;

    public PlatformOptions {
        accounts = List.copyOf(accounts);
    }

    /** At a free port of this machine, for these accounts. */
    public static PlatformOptions of(List<String> accounts) {
        return new PlatformOptions(
                "127.0.0.1",
                0,
                accounts.stream().map(PlatformCredentials::of).toList(),
                true,
                Duration.ofSeconds(7200),
                Duration.ofDays(7),
                SUBSCRIPTION_LIMIT,
                Duration.ofSeconds(3),
                Duration.ofMinutes(10),
                GatewayTimes.DEFAULT,
                DeliveryFaults.NONE,
                1);
    }

    public PlatformOptions at(String newHost, int newPort) {
        return new PlatformOptions(
                newHost,
                newPort,
                accounts,
                rateLimits,
                accessLife,
                refreshLife,
                subscriptionLimit,
                webhookPatience,
                blacklistAfter,
                gateway,
                faults,
                seed);
    }

    public PlatformOptions with(List<PlatformCredentials> newAccounts) {
        return new PlatformOptions(
                host,
                port,
                newAccounts,
                rateLimits,
                accessLife,
                refreshLife,
                subscriptionLimit,
                webhookPatience,
                blacklistAfter,
                gateway,
                faults,
                seed);
    }

    public PlatformOptions withoutRateLimits() {
        return new PlatformOptions(
                host,
                port,
                accounts,
                false,
                accessLife,
                refreshLife,
                subscriptionLimit,
                webhookPatience,
                blacklistAfter,
                gateway,
                faults,
                seed);
    }

    public PlatformOptions withTokens(Duration newAccessLife, Duration newRefreshLife) {
        return new PlatformOptions(
                host,
                port,
                accounts,
                rateLimits,
                newAccessLife,
                newRefreshLife,
                subscriptionLimit,
                webhookPatience,
                blacklistAfter,
                gateway,
                faults,
                seed);
    }

    public PlatformOptions withSubscriptionLimit(int newLimit) {
        return new PlatformOptions(
                host,
                port,
                accounts,
                rateLimits,
                accessLife,
                refreshLife,
                newLimit,
                webhookPatience,
                blacklistAfter,
                gateway,
                faults,
                seed);
    }

    public PlatformOptions withBlacklistAfter(Duration newBlacklistAfter) {
        return new PlatformOptions(
                host,
                port,
                accounts,
                rateLimits,
                accessLife,
                refreshLife,
                subscriptionLimit,
                webhookPatience,
                newBlacklistAfter,
                gateway,
                faults,
                seed);
    }

    public PlatformOptions with(GatewayTimes newGateway) {
        return new PlatformOptions(
                host,
                port,
                accounts,
                rateLimits,
                accessLife,
                refreshLife,
                subscriptionLimit,
                webhookPatience,
                blacklistAfter,
                newGateway,
                faults,
                seed);
    }

    public PlatformOptions with(DeliveryFaults newFaults, long newSeed) {
        return new PlatformOptions(
                host,
                port,
                accounts,
                rateLimits,
                accessLife,
                refreshLife,
                subscriptionLimit,
                webhookPatience,
                blacklistAfter,
                gateway,
                newFaults,
                newSeed);
    }
}
