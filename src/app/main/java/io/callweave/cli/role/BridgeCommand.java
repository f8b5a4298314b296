package io.callweave.cli.role;

import io.callweave.bridge.account.AccountsException;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.SettingsCommand;
import io.callweave.runtime.RoleRun;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.settings.SettingsException;
import picocli.CommandLine.Command;

/** The command {@code bridge}: RingCentral's webhooks into Kafka, until a signal stops it. */
@Command(
        name = "bridge",
        description = {
            "Take RingCentral's webhooks and put the notifications into Kafka.",
            "An answer 200 means that the notification is safe. It starts and takes notifications without a broker too.",
            "Stops cleanly on SIGTERM and SIGINT.",
            "Webhooks: bridge.host, bridge.port; health and metrics: http.host, http.port."
        },
        footer = {
            "",
            "Examples:",
            "  callweave bridge --bootstrap-servers=kafka-1:9092 --bridge-accounts-file=accounts.properties"
        })
public final class BridgeCommand extends SettingsCommand {

    public BridgeCommand() {
        super(
                KnownSettings.BOOTSTRAP_SERVERS,
                KnownSettings.BRIDGE_ACCOUNTS_FILE,
                KnownSettings.BRIDGE_HOST,
                KnownSettings.BRIDGE_PORT,
                KnownSettings.BRIDGE_TLS_CERTIFICATE,
                KnownSettings.BRIDGE_SPOOL_DIR,
                KnownSettings.BRIDGE_SPOOL_MAX_BYTES,
                KnownSettings.BRIDGE_ACCOUNT_RATE,
                KnownSettings.BRIDGE_PRIVACY,
                KnownSettings.TOPICS_PREFIX,
                KnownSettings.HTTP_HOST,
                KnownSettings.HTTP_PORT);
    }

    @Override
    protected int run(Settings settings) {
        try {
            return ExitStatus.of(RoleRun.untilItEnds(messages(), () -> BridgeRole.start(settings)));
        } catch (AccountsException e) {
            if (e.isOfFile()) {
                throw e;
            }
            throw new SettingsException(e.getMessage() + " See bridge.accounts-file and bridge.accounts.", e);
        }
    }
}
