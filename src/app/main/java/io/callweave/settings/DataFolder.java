package io.callweave.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The default folder for data that must survive the process. It is never the working directory, which is arbitrary.
 * Sources: systemd.exec(5), "StateDirectory"; XDG Base Directory Specification, "XDG_STATE_HOME".
 */
final class DataFolder {

    /** As the documentation shows it. */
    static final String SHOWN = "~/.local/state/callweave";

    private DataFolder() {}

    /**
     * The first of {@code $STATE_DIRECTORY}, {@code $XDG_STATE_HOME/callweave} and {@code ~/.local/state/callweave}
     * that the environment gives as an absolute path; empty if there is none.
     */
    static Optional<Path> in(Map<String, String> environment) {
        return Stream.of(
                        // systemd separates several directories by colons.
                        absolute(environment.getOrDefault("STATE_DIRECTORY", "").split(":", 2)[0]),
                        absolute(environment.getOrDefault("XDG_STATE_HOME", "")).map(home -> home.resolve("callweave")),
                        absolute(environment.getOrDefault("HOME", ""))
                                .or(() -> absolute(System.getProperty("user.home", "")))
                                .map(home -> home.resolve(".local/state/callweave")))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The XDG specification says to ignore relative paths. */
    private static Optional<Path> absolute(String text) {
        return text.startsWith("/") ? Optional.of(Path.of(text)) : Optional.empty();
    }
}
