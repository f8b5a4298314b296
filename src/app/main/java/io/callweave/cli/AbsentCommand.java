package io.callweave.cli;

import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that this installation does not have. It says where the command is. */
@Command(
        hidden = true,
        description =
                "Part of callweave-tools.jar, which is not here: use the image callweave-tools or the release archive.")
final class AbsentCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Messages.to(spec)
                .println(
                        "callweave: The command " + spec.name() + " is part of callweave-tools.jar, which is not beside"
                                + " callweave.jar; use the image callweave-tools or the release archive.");
        return ExitStatus.WRONG_USAGE;
    }
}
