package io.callweave.cli.whole;

import io.callweave.console.api.ExampleCall;
import io.callweave.console.app.ConsoleRole;
import io.callweave.runtime.startup.OperationsException;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
        Map<String, String> own = new HashMap<>();
        own.put(
                KnownSettings.CONSOLE_DATA_DIR.name(),
                directory.resolve("console").toString());
        Settings settings = product.settingsBeside(own);
        try {
            return product.add(ConsoleRole.start(settings, examples, product.started()))
                    .address();
        } catch (OperationsException e) {
            if (settings.get(KnownSettings.CONSOLE_PORT) != usualPort()) {
                throw e;
            }
            own.put(KnownSettings.CONSOLE_PORT.name(), "0");
            return product.add(ConsoleRole.start(product.settingsBeside(own), examples, product.started()))
                    .address();
        }
    }

    private static int usualPort() {
        return Integer.parseInt(KnownSettings.CONSOLE_PORT.byDefault().orElseThrow());
    }
}
