package io.callweave.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code completion}: what a shell needs to complete commands and options. */
@Command(
        name = "completion",
        description = "Print a script with which a shell completes commands and options.",
        footer = {
            "",
            "Examples:",
            "  source <(callweave completion bash)",
            "  callweave completion bash > /etc/bash_completion.d/callweave",
            "  source <(callweave completion zsh)"
        })
final class CompletionCommand implements Callable<Integer> {

    /** What bash's completion needs in zsh. */
    private static final String IN_ZSH =
            "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n";

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private String shell = "";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("Commands run on the command line only.");
        }
        if (!List.of("bash", "zsh").contains(shell)) {
            throw new ParameterException(
                    spec.commandLine(), "There is completion for bash and zsh, not for \"" + shell + "\".");
        }
        String script = AutoComplete.bash("callweave", spec.root().commandLine());
        Messages.out(spec).print(shell.equals("zsh") ? IN_ZSH + script : script);
        Messages.out(spec).flush();
        return Callweave.DONE;
    }
}
