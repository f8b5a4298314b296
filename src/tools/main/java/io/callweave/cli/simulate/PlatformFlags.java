package io.callweave.cli.simulate;

import io.callweave.cli.common.WrongUsage;
import io.callweave.platform.PlatformOptions;
import io.callweave.platform.oauth.PlatformCredentials;
import io.callweave.settings.value.Durations;
import io.callweave.simulation.delivery.DeliveryFaults;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of the simulated platform. */
final class PlatformFlags {

    private static final Pattern ADDRESS = Pattern.compile("(?:(.+):)?(\\d{1,5})");
    private static final int HIGHEST_PORT = 65_535;

    @Option(
            names = "--platform",
            paramLabel = "[HOST:]PORT",
            arity = "0..1",
            fallbackValue = "8090",
            description = "Serve these calls as RingCentral does: API, webhooks, WebSockets (127.0.0.1:8090).")
    private @Nullable String address;

    @Option(
            names = "--subscriptions",
            paramLabel = "N",
            defaultValue = "1",
            description = "With --platform: begin when there are so many subscriptions (1).")
    private int subscriptions;

    @Option(
            names = "--access-token-life",
            paramLabel = "DURATION",
            defaultValue = "2h",
            description = "With --platform: how long an access token is valid (2h).")
    private String accessLife = "";

    @Option(
            names = "--blacklist-after",
            paramLabel = "DURATION",
            defaultValue = "10m",
            description = "With --platform: how long a webhook may fail before it is blacklisted (10m).")
    private String blacklistAfter = "";

    @Option(
            names = "--disconnect-after",
            paramLabel = "DURATION",
            defaultValue = "24h",
            description = "With --platform: how long a WebSocket may stay connected (24h).")
    private String disconnectAfter = "";

    @Option(
            names = "--without-permission",
            paramLabel = "NAME",
            split = ",",
            description = "With --platform: application permissions that are missing, such as CallControl.")
    private Set<String> withoutPermissions = Set.of();

    @Option(names = "--no-rate-limits", description = "With --platform: never answer 429.")
    private boolean noRateLimits;

    @Option(
            names = "--platform-speed",
            paramLabel = "N",
            defaultValue = "1",
            description = "With --platform: limits of requests and the delay of the call log are N times shorter (1).")
    private double speed = 1;

    boolean areGiven() {
        return address != null;
    }

    int subscriptions() {
        return subscriptions;
    }

    /** What the server is to do, or wrong usage. */
    PlatformOptions options(CommandSpec spec, List<String> accounts, DeliveryFaults faults, long seed) {
        Matcher matcher = ADDRESS.matcher(address == null ? "" : address);
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > HIGHEST_PORT) {
            throw WrongUsage.of(spec, "--platform is \"" + address + "\"; it must be a port, or like 127.0.0.1:8090.");
        }
        for (String permission : withoutPermissions) {
            if (!PlatformCredentials.ALL.contains(permission)) {
                throw WrongUsage.ofWord(
                        spec,
                        "--without-permission",
                        permission,
                        PlatformCredentials.ALL.stream().sorted().toList());
            }
        }
        if (!(speed > 0) || Double.isInfinite(speed)) {
            throw WrongUsage.of(spec, "--platform-speed is " + speed + "; it must be more than 0.");
        }
        PlatformOptions options = PlatformOptions.of(accounts).withSpeed(speed);
        options = options.at(
                        matcher.group(1) == null ? options.host() : matcher.group(1),
                        Integer.parseInt(matcher.group(2)))
                .with(options.accounts().stream()
                        .map(account -> account.without(withoutPermissions))
                        .toList())
                .withTokens(duration(spec, "--access-token-life", accessLife), options.refreshLife())
                .withBlacklistAfter(duration(spec, "--blacklist-after", blacklistAfter))
                .with(options.gateway().withAbsolute(duration(spec, "--disconnect-after", disconnectAfter)))
                .with(faults, seed);
        return noRateLimits ? options.withoutRateLimits() : options;
    }

    private static Duration duration(CommandSpec spec, String option, String text) {
        return Durations.parse(text)
                .filter(duration -> !duration.isZero())
                .orElseThrow(
                        () -> WrongUsage.of(spec, option + " is \"" + text + "\"; it must be like 30s, 10m or 24h."));
    }
}
