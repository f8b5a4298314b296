package io.callweave.cli.whole;

import io.callweave.cli.console.ConsoleSettings;
import io.callweave.console.api.ExampleCall;
import io.callweave.console.app.ConsoleConfig;
import io.callweave.console.app.ConsoleRole;
import io.callweave.runtime.startup.OperationsException;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import java.nio.file.Path;
import java.util.List;

/** The console of commands that bring the whole product. */
public final class ConsoleBeside {

    private ConsoleBeside() {}

    /**
     * Starts it beside the rest, at its usual port if that is free, and else at any other; closed with the rest.
     *
     * @param directory of the command's data
     * @param examples calls that the page offers first
     * @return its address
     */
    public static String start(EmbeddedStack product, Path directory, List<ExampleCall> examples) {
        Settings settings = product.settingsBeside();
        ConsoleConfig config =
                ConsoleSettings.of(settings).beside(directory.resolve("console"), examples, product.started());
        try {
            return product.add(ConsoleRole.start(config)).address();
        } catch (OperationsException e) {
            if (config.port() != usualPort()) {
                throw e;
            }
            return product.add(ConsoleRole.start(config.withPort(0))).address();
        }
    }

    private static int usualPort() {
        return Integer.parseInt(KnownSettings.CONSOLE_PORT.byDefault().orElseThrow());
    }
}
