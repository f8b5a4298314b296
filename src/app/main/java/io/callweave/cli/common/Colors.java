package io.callweave.cli.common;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** When to use colours. */
public enum Colors {
    AUTO,
    ALWAYS,
    NEVER;

    /** Who knows what the user wants: the command at the top. */
    public interface Choice {

        Colors colors();
    }

    public static Optional<Colors> parse(String text) {
        return Arrays.stream(values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
    }

    /** Whether data on stdout is to be coloured. Only the launcher can tell whether that is a terminal. */
    public static boolean onStdout(CommandSpec spec) {
        if (!(spec.root().userObject() instanceof Choice choice)) {
            return false;
        }
        return choice.colors().areOn(Boolean.getBoolean("callweave.stdout-terminal"), System.getenv());
    }

    /** See no-color.org. */
    public boolean areOn(boolean terminal, Map<String, String> environment) {
        return switch (this) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO ->
                terminal
                        && environment.getOrDefault("NO_COLOR", "").isEmpty()
                        && !environment.getOrDefault("TERM", "").equals("dumb");
        };
    }

    /** The help is picocli's, which heeds NO_COLOR itself, and this property. */
    public void applyToHelp() {
        if (this != AUTO) {
            System.setProperty("picocli.ansi", Boolean.toString(this == ALWAYS));
        }
    }
}
