package io.callweave.cli.console;

import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.SettingsOptions;
import io.callweave.console.app.ConsoleConfig;
import io.callweave.console.app.ConsoleRole;
import io.callweave.runtime.RoleRun;
import io.callweave.settings.KnownSettings;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

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
public final class ConsoleCommand implements Callable<Integer> {

    @Mixin
    private SettingsOptions settingsOptions = new SettingsOptions(
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

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        ConsoleConfig config = ConsoleSettings.of(settingsOptions.load(System.getenv()));
        return ExitStatus.of(RoleRun.untilItEnds(Messages.to(spec), () -> ConsoleRole.start(config)));
    }
}
