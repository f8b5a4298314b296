package io.callweave.cli.subscribe;

import io.callweave.bridge.account.Connection;
import io.callweave.ringcentral.Client;
import io.callweave.ringcentral.doctor.Wanted;
import io.callweave.settings.SettingsException;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An account with what it signs in with.
 *
 * @param account its id; null for the user's own, of which only RingCentral knows the id
 * @param address where its notifications are to go; null if nobody said it
 * @param pubNubServer asked only for an account that is connected by PubNub
 */
record Subscriber(
        @Nullable String account,
        Connection connection,
        Client client,
        @Nullable URI address,
        URI pubNubServer) {

    String name() {
        return account == null ? "own account" : account;
    }

    /** @throws SettingsException if no address for the notifications is known */
    Wanted wanted() {
        if (address == null) {
            throw new SettingsException(
                    "The address of the webhook is not known: set bridge.public-url and list the account"
                            + " in bridge.accounts-file, or give --address; for an account without webhooks, set"
                            + " ringcentral.transport.");
        }
        return new Wanted(address, connection.verificationToken(), connection.filters());
    }

    /** By webhook, with a subscription that is made for it; else the bridge subscribes when it connects. */
    boolean isByWebhook() {
        return connection.way() == Connection.Way.WEBHOOK;
    }

    /** As in the settings. */
    String transport() {
        return connection.way().name().toLowerCase(Locale.ROOT);
    }
}
