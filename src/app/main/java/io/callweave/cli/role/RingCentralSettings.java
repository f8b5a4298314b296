package io.callweave.cli.role;

import io.callweave.bridge.account.Account;
import io.callweave.bridge.account.AccountsException;
import io.callweave.bridge.account.Connection;
import io.callweave.bridge.account.ConnectionDefaults;
import io.callweave.bridge.holder.GroupHolder;
import io.callweave.bridge.holder.Holder;
import io.callweave.call.fact.FactKind;
import io.callweave.permissions.Permissions;
import io.callweave.ringcentral.Credentials;
import io.callweave.ringcentral.Patience;
import io.callweave.ringcentral.Server;
import io.callweave.ringcentral.TelephonyFilter;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.settings.SettingsException;
import io.callweave.settings.value.OutputSwitch;
import io.callweave.topics.Topic;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What connects accounts to RingCentral, out of the settings. */
public final class RingCentralSettings {

    private RingCentralSettings() {}

    public static Server server(Settings settings, Patience patience) {
        return new Server(settings.get(KnownSettings.RINGCENTRAL_SERVER), patience);
    }

    /**
     * What holds for accounts that do not say.
     *
     * @throws SettingsException if filters or JWTs are wrong; it shows no secrets
     */
    public static ConnectionDefaults connection(Settings settings) {
        return new ConnectionDefaults(
                settings.get(KnownSettings.RINGCENTRAL_CLIENT_ID),
                settings.get(KnownSettings.RINGCENTRAL_CLIENT_SECRET),
                jwts(settings),
                filters(settings),
                Connection.Way.valueOf(
                        settings.get(KnownSettings.RINGCENTRAL_TRANSPORT).name()),
                settings.get(KnownSettings.RINGCENTRAL_NAMES) == OutputSwitch.ON,
                FactKind.artifacts(settings.get(KnownSettings.RINGCENTRAL_ARTIFACTS)));
    }

    /**
     * The accounts that are listed.
     *
     * @throws AccountsException if they are wrong
     */
    public static List<Account> accounts(Settings settings) {
        boolean listed = settings.find(KnownSettings.BRIDGE_ACCOUNTS_FILE).isPresent()
                || !settings.get(KnownSettings.BRIDGE_ACCOUNTS).isEmpty();
        return listed ? BridgeSettings.accounts(settings).read().all() : List.of();
    }

    /**
     * The same for a command.
     *
     * @throws SettingsException if they are wrong
     */
    public static List<Account> checkedAccounts(Settings settings) {
        try {
            return accounts(settings);
        } catch (AccountsException e) {
            throw new SettingsException(e.getMessage() + " See bridge.accounts-file and bridge.accounts.", e);
        }
    }

    /**
     * The connection of the user's own account, for a command that found no listed account which can sign in.
     *
     * @param named the account that the user named; null if none
     * @throws SettingsException if there is none, or another one is named
     */
    public static Connection needOwnConnection(Settings settings, @Nullable String named) {
        Connection own = ownConnection(settings);
        if (own == null || named != null) {
            throw new SettingsException(
                    named == null
                            ? "No account can sign in: set ringcentral.client-id, ringcentral.client-secret and"
                                    + " ringcentral.jwt, or give accounts a jwt in bridge.accounts-file."
                            : "The account " + named + " is not in the accounts, or has no jwt.");
        }
        return own;
    }

    /** Whether some account has credentials. */
    static boolean isUsed(Settings settings) {
        return accounts(settings).stream().anyMatch(account -> account.connection() != null);
    }

    /** Kafka need not be there. */
    static Holder holder(Settings settings) {
        return GroupHolder.join(
                settings.kafkaClientOptions(),
                Permissions.bridgeGroup(settings.get(KnownSettings.APPLICATION_ID)),
                Topic.FEED_GAPS.name(settings.get(KnownSettings.TOPICS_PREFIX)));
    }

    /** The connection of the user's own account; null without all three credentials. */
    public static @Nullable Connection ownConnection(Settings settings) {
        ConnectionDefaults defaults = connection(settings);
        String jwt = defaults.jwts().size() == 1
                ? defaults.jwts().values().iterator().next()
                : "";
        return jwt.isEmpty()
                        || defaults.clientId().isEmpty()
                        || defaults.clientSecret().isEmpty()
                ? null
                : new Connection(
                        new Credentials(defaults.clientId(), defaults.clientSecret(), jwt),
                        defaults.filters(),
                        defaults.way(),
                        defaults.names(),
                        defaults.artifacts(),
                        null);
    }

    private static Map<String, String> jwts(Settings settings) {
        try {
            return ConnectionDefaults.jwts(settings.get(KnownSettings.RINGCENTRAL_JWT));
        } catch (AccountsException e) {
            throw new SettingsException(String.valueOf(e.getMessage()), e);
        }
    }

    private static List<TelephonyFilter> filters(Settings settings) {
        try {
            List<TelephonyFilter> filters = TelephonyFilter.parseAll(settings.get(KnownSettings.RINGCENTRAL_FILTERS));
            return filters.isEmpty() ? List.of(TelephonyFilter.OF_ACCOUNT) : filters;
        } catch (IllegalArgumentException e) {
            throw new SettingsException("ringcentral.filters: " + e.getMessage(), e);
        }
    }
}
