package io.callweave.cli.subscribe;

import io.callweave.bridge.account.Account;
import io.callweave.bridge.account.Connection;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.SettingsCommand;
import io.callweave.cli.common.WebhookUrl;
import io.callweave.cli.role.RingCentralSettings;
import io.callweave.ringcentral.Client;
import io.callweave.ringcentral.Patience;
import io.callweave.ringcentral.RingCentralException;
import io.callweave.ringcentral.Server;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.settings.SettingsException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What all subcommands share: which accounts, and how they sign in. */
abstract class SubscribeBase extends SettingsCommand {

    @Option(names = "--account", paramLabel = "ID", description = "Only this account (default: all that can sign in).")
    private @Nullable String account;

    @Option(
            names = "--address",
            paramLabel = "URL",
            converter = WebhookUrl.class,
            description = "Address of the webhook (default: bridge.public-url and the path of the account).")
    private @Nullable URI address;

    SubscribeBase() {
        super(
                KnownSettings.BRIDGE_ACCOUNTS_FILE,
                KnownSettings.BRIDGE_PUBLIC_URL,
                KnownSettings.RINGCENTRAL_SERVER,
                KnownSettings.RINGCENTRAL_CLIENT_ID,
                KnownSettings.RINGCENTRAL_FILTERS,
                KnownSettings.RINGCENTRAL_ARTIFACTS);
    }

    /** What is done with each account. */
    interface Action {
        void of(Subscriber subscriber) throws InterruptedException;
    }

    /**
     * Does it with each account. A failure is printed, and the next account follows.
     *
     * @return the exit status
     */
    final int forEach(Settings settings, Action action) throws InterruptedException {
        Server server = RingCentralSettings.server(settings, Patience.OF_PEOPLE);
        int status = ExitStatus.DONE;
        List<Subscriber> subscribers = subscribers(settings, server);
        for (Subscriber subscriber : subscribers) {
            try {
                action.of(subscriber);
            } catch (RingCentralException e) {
                status = ExitStatus.FAILED;
                say((subscribers.size() == 1 ? "" : subscriber.name() + ": ") + e.getMessage());
            }
        }
        return status;
    }

    private List<Subscriber> subscribers(Settings settings, Server server) {
        List<Subscriber> subscribers = new ArrayList<>();
        for (Account each : RingCentralSettings.checkedAccounts(settings)) {
            if (each.connection() != null && (account == null || account.equals(each.id()))) {
                subscribers.add(new Subscriber(
                        each.id(),
                        each.connection(),
                        new Client(server, each.connection().credentials(), InstantSource.system()),
                        address != null ? address : addressOf(each, settings),
                        settings.get(KnownSettings.RINGCENTRAL_PUBNUB_SERVER)));
            }
        }
        if (subscribers.isEmpty()) {
            subscribers.add(ownAccount(settings, server));
        }
        if (address != null && subscribers.size() > 1) {
            throw new SettingsException("--address is for one account; name it with --account.");
        }
        return subscribers;
    }

    /** Without a list of accounts, there is only the one of the credentials. */
    private Subscriber ownAccount(Settings settings, Server server) {
        Connection connection = RingCentralSettings.needOwnConnection(settings, account);
        return new Subscriber(
                null,
                connection,
                new Client(server, connection.credentials(), InstantSource.system()),
                address,
                settings.get(KnownSettings.RINGCENTRAL_PUBNUB_SERVER));
    }

    private static @Nullable URI addressOf(Account account, Settings settings) {
        return settings.find(KnownSettings.BRIDGE_PUBLIC_URL)
                .map(url -> URI.create(url + account.path()))
                .orElse(null);
    }
}
