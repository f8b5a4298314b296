package io.callweave.cli;

import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.SettingsOptions;
import io.callweave.cli.common.WrongUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code completion}: what a shell needs to complete commands and options. */
@Command(
        name = "completion",
        description = "Print a script with which a shell completes commands, options and settings.",
        footer = {
            "",
            "Examples:",
            "  source <(callweave completion bash)",
            "  callweave completion bash > /etc/bash_completion.d/callweave",
            "  source <(callweave completion zsh)",
            "  callweave completion fish > ~/.config/fish/completions/callweave.fish"
        })
final class CompletionCommand implements Callable<Integer> {

    private static final String NAME = "callweave";

    /** What bash's completion needs in zsh. */
    private static final String IN_ZSH =
            "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n";

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.", completionCandidates = Shells.class)
    private String shell = "";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Messages.out(spec).print(script());
        Messages.out(spec).flush();
        return ExitStatus.DONE;
    }

    private String script() {
        CommandLine all = Callweave.commandLine();
        SettingsOptions.complete(all.getCommandSpec());
        return switch (shell) {
            case "bash" -> AutoComplete.bash(NAME, all);
            case "zsh" -> IN_ZSH + AutoComplete.bash(NAME, all);
            case "fish" -> FishCompletion.of(NAME, all.getCommandSpec());
            default -> throw WrongUsage.ofWord(spec, "SHELL", shell, new Shells());
        };
    }

    private static final class Shells extends ArrayList<String> {

        private static final long serialVersionUID = 1;

        Shells() {
            super(List.of("bash", "zsh", "fish"));
        }
    }
}
