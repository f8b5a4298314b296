package io.callweave.platform;

import io.callweave.platform.oauth.PlatformCredentials;
import io.callweave.platform.websocket.GatewayTimes;
import io.callweave.simulation.delivery.DeliveryFaults;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * How the server behaves. The defaults are RingCentral's.
 *
 * @param port 0 takes a free one
 * @param accounts who may sign in
 * @param rateLimits whether requests are limited as RingCentral limits them
 * @param speed how many times faster than RingCentral's limits of requests, and the call log, are
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
        double speed,
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
                1,
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
        return changed(next -> {
            next.host = newHost;
            next.port = newPort;
        });
    }

    public PlatformOptions with(List<PlatformCredentials> newAccounts) {
        return changed(next -> next.accounts = newAccounts);
    }

    public PlatformOptions withoutRateLimits() {
        return changed(next -> next.rateLimits = false);
    }

    public PlatformOptions withSpeed(double newSpeed) {
        return changed(next -> next.speed = newSpeed);
    }

    public PlatformOptions withTokens(Duration newAccessLife, Duration newRefreshLife) {
        return changed(next -> {
            next.accessLife = newAccessLife;
            next.refreshLife = newRefreshLife;
        });
    }

    public PlatformOptions withSubscriptionLimit(int newLimit) {
        return changed(next -> next.subscriptionLimit = newLimit);
    }

    public PlatformOptions withBlacklistAfter(Duration newBlacklistAfter) {
        return changed(next -> next.blacklistAfter = newBlacklistAfter);
    }

    public PlatformOptions with(GatewayTimes newGateway) {
        return changed(next -> next.gateway = newGateway);
    }

    public PlatformOptions with(DeliveryFaults newFaults, long newSeed) {
        return changed(next -> {
            next.faults = newFaults;
            next.seed = newSeed;
        });
    }

    private PlatformOptions changed(Consumer<Next> change) {
        Next next = new Next(this);
        change.accept(next);
        return next.options();
    }

    /** The same options, to be changed. */
    private static final class Next {

        private String host;
        private int port;
        private List<PlatformCredentials> accounts;
        private boolean rateLimits;
        private double speed;
        private Duration accessLife;
        private Duration refreshLife;
        private int subscriptionLimit;
        private Duration webhookPatience;
        private Duration blacklistAfter;
        private GatewayTimes gateway;
        private DeliveryFaults faults;
        private long seed;

        private Next(PlatformOptions now) {
            host = now.host;
            port = now.port;
            accounts = now.accounts;
            rateLimits = now.rateLimits;
            speed = now.speed;
            accessLife = now.accessLife;
            refreshLife = now.refreshLife;
            subscriptionLimit = now.subscriptionLimit;
            webhookPatience = now.webhookPatience;
            blacklistAfter = now.blacklistAfter;
            gateway = now.gateway;
            faults = now.faults;
            seed = now.seed;
        }

        private PlatformOptions options() {
            return new PlatformOptions(
                    host,
                    port,
                    accounts,
                    rateLimits,
                    speed,
                    accessLife,
                    refreshLife,
                    subscriptionLimit,
                    webhookPatience,
                    blacklistAfter,
                    gateway,
                    faults,
                    seed);
        }
    }
}
