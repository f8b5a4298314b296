package io.callweave.cli.common;

import io.callweave.files.PrivateFiles;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Setting;
import io.callweave.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Files with secrets that everybody on this machine may read. */
final class OpenSecrets {

    private static final List<Setting<Path>> FILES = List.of(
            KnownSettings.BRIDGE_ACCOUNTS_FILE,
            KnownSettings.BRIDGE_TLS_KEY_FILE,
            KnownSettings.DELIVER_KEY_FILE,
            KnownSettings.DELIVER_SECRETS_DIR,
            KnownSettings.DELIVER_API_ACCESS_FILE,
            KnownSettings.CONSOLE_ACCESS_FILE);

    private OpenSecrets() {}

    /** A sentence for each, with the command that mends it. */
    static Set<String> sentences(Settings settings) {
        Set<String> sentences = new TreeSet<>();
        for (Setting<Path> setting : FILES) {
            settings.find(setting)
                    .filter(PrivateFiles::isOpen)
                    .ifPresent(file -> sentences.add(setting + " is " + file
                            + ", which everybody on this machine may read: chmod o= '"
                            + file.toString().replace("'", "'\\''") + "'"));
        }
        return sentences;
    }
}
