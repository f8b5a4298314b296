package io.callweave.permissions;

import java.util.Locale;

/** The roles of Kafka clients in Callweave. The role decides the permissions. */
public enum ClientRole {

    /** The command {@code bridge}, including the drain of its spool. */
    BRIDGE,

    /** The command {@code streams}. */
    STREAMS,

    /** The command {@code deliver}, with its subcommands. */
    DELIVER,

    /** The command {@code console}. */
    CONSOLE,

    /** The commands {@code topics create}, {@code check} and {@code describe}. */
    TOPICS,

    /** The commands {@code directory load}, {@code show} and {@code delete}. */
    DIRECTORY;

    /** The word on the command line. */
    public String inWords() {
        return name().toLowerCase(Locale.ROOT);
    }
}
