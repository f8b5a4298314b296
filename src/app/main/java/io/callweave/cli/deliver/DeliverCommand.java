package io.callweave.cli.deliver;

import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.SettingsCommand;
import io.callweave.deliver.app.DeliverOptions;
import io.callweave.deliver.app.DeliverRole;
import io.callweave.runtime.RoleRun;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import picocli.CommandLine.Command;

/** The command {@code deliver}: runs a deliverer on a Kafka cluster until a signal stops it. */
@Command(
        name = "deliver",
        description = {
            "Post complete calls to the endpoints of subscribers, as signed webhooks.",
            "Start as many as there is work for; those with the same application.id share it.",
            "Stops cleanly on SIGTERM and SIGINT. Health, metrics and status: http.host, http.port."
        },
        subcommands = {SubscriptionsCommand.class, RetryCommand.class, StatusCommand.class},
        footer = {
            "",
            "Examples:",
            "  callweave deliver --bootstrap-servers=kafka-1:9092 --deliver-key-file=keys",
            "  callweave deliver subscriptions list --bootstrap-servers=kafka-1:9092"
        })
public final class DeliverCommand extends SettingsCommand {

    public DeliverCommand() {
        super(
                KnownSettings.BOOTSTRAP_SERVERS,
                KnownSettings.APPLICATION_ID,
                KnownSettings.TOPICS_PREFIX,
                KnownSettings.STATE_DIR,
                KnownSettings.DELIVER_KEY_FILE,
                KnownSettings.DELIVER_SECRETS_DIR,
                KnownSettings.DELIVER_ALLOWED_NETWORKS,
                KnownSettings.DELIVER_CONCURRENCY,
                KnownSettings.DELIVER_TIMEOUT,
                KnownSettings.DELIVER_API_PORT,
                KnownSettings.DELIVER_API_ACCESS_FILE,
                KnownSettings.HTTP_HOST,
                KnownSettings.HTTP_PORT);
    }

    @Override
    protected int run(Settings settings) {
        DeliverOptions options = DeliverOptions.of(settings, System.getenv(), DeliverApiSettings.of(settings));
        return ExitStatus.of(RoleRun.untilItEnds(messages(), () -> DeliverRole.start(options)));
    }
}
