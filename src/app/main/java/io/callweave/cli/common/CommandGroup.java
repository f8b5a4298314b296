package io.callweave.cli.common;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that only names its subcommands. */
public abstract class CommandGroup implements Runnable {

    private final String advice;

    @Spec
    private CommandSpec spec;

    /** @param advice what to say to a user who names no subcommand */
    protected CommandGroup(String advice) {
        this.advice = advice;
    }

    @Override
    public final void run() {
        throw WrongUsage.of(spec, advice);
    }
}
