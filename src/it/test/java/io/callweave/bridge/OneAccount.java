package io.callweave.bridge;

import io.callweave.bridge.account.AccountDefaults;
import io.callweave.bridge.account.AccountsSource;
import io.callweave.bridge.account.Connection;
import io.callweave.bridge.account.ConnectionDefaults;
import io.callweave.bridge.account.Privacy;
import io.callweave.bridge.activity.SilenceLimits;
import io.callweave.bridge.transport.BridgeConfig;
import io.callweave.call.fact.FactKind;
import io.callweave.platform.PlatformOptions;
import io.callweave.platform.PlatformServer;
import io.callweave.ringcentral.TelephonyFilter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a bridge is given that signs in as one account of the stand-in. */
public final class OneAccount {

    private OneAccount() {}

    /**
     * How it signs in.
     *
     * @param file of further accounts, if any; then this one is in it
     */
    public static AccountsSource accounts(
            @Nullable Path file,
            String account,
            TelephonyFilter filter,
            Connection.Way way,
            boolean names,
            Set<FactKind> artifacts) {
        return new AccountsSource(
                file,
                file == null ? account : "",
                "",
                new AccountDefaults(
                        Privacy.NONE,
                        100,
                        false,
                        new ConnectionDefaults(
                                "client-" + account,
                                "secret-" + account,
                                Map.of(account, "jwt-" + account),
                                List.of(filter),
                                way,
                                names,
                                artifacts)));
    }

    /** A stand-in that knows this account only, and does not limit rates. */
    public static PlatformServer platform(String account, Set<String> withoutPermissions) {
        PlatformOptions options = PlatformOptions.of(List.of(account)).withoutRateLimits();
        return PlatformServer.start(
                options.with(options.accounts().stream()
                        .map(each -> each.without(withoutPermissions))
                        .toList()),
                Clock.systemUTC());
    }

    /** A bridge of these accounts that keeps what it expects in this folder. */
    public static BridgeConfig bridge(AccountsSource accounts, Path folder, Duration upkeep) {
        return new BridgeConfig(
                new IntakeRules("", 1 << 20, null, TimestampSource.OF_KAFKA),
                accounts,
                new SilenceLimits(Duration.ofMinutes(1), 10),
                200,
                folder.resolve("expectations.properties"),
                upkeep);
    }
}
