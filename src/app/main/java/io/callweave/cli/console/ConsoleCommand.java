package io.callweave.cli.console;

import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.SettingsCommand;
import io.callweave.console.app.ConsoleRole;
import io.callweave.runtime.RoleRun;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import picocli.CommandLine.Command;

/** The command {@code console}: shows calls in a browser until a signal stops it. */
@Command(
        name = "console",
        description = {
            "Show calls in a browser: those that go on, and those that are over.",
            "It only reads topics, so start and stop it as you like. Off loopback it needs access tokens.",
            "Calls: console.host, console.port; health and metrics: http.host, http.port."
        },
        footer = {
            "",
            "Examples:",
            "  callweave console --bootstrap-servers=kafka-1:9092",
            "  callweave console --bootstrap-servers=kafka-1:9092 --console-host=0.0.0.0 --console-access-file=access"
        })
public final class ConsoleCommand extends SettingsCommand {

    public ConsoleCommand() {
        super(
                KnownSettings.BOOTSTRAP_SERVERS,
                KnownSettings.APPLICATION_ID,
                KnownSettings.TOPICS_PREFIX,
                KnownSettings.CONSOLE_HOST,
                KnownSettings.CONSOLE_PORT,
                KnownSettings.CONSOLE_ACCESS_FILE,
                KnownSettings.CONSOLE_RETENTION,
                KnownSettings.CONSOLE_MASKING,
                KnownSettings.HTTP_HOST,
                KnownSettings.HTTP_PORT);
    }

    @Override
    protected int run(Settings settings) {
        return ExitStatus.of(RoleRun.untilItEnds(messages(), () -> ConsoleRole.start(settings)));
    }
}
