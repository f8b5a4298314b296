package io.callweave.cli.role;

import io.callweave.bridge.account.AccountsException;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.SettingsOptions;
import io.callweave.runtime.RoleRun;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.settings.SettingsException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

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
public final class BridgeCommand implements Callable<Integer> {

    @Mixin
    private SettingsOptions settingsOptions = new SettingsOptions(
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

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = settingsOptions.load(System.getenv());
        settings.get(KnownSettings.BOOTSTRAP_SERVERS); // says how to set it
        try {
            return ExitStatus.of(RoleRun.untilItEnds(Messages.to(spec), () -> BridgeRole.start(settings)));
        } catch (AccountsException e) {
            if (e.isOfFile()) {
                throw e;
            }
            throw new SettingsException(e.getMessage() + " See bridge.accounts-file and bridge.accounts.", e);
        }
    }
}
