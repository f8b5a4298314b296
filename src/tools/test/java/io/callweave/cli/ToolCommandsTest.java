package io.callweave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ToolCommandsTest {

    @Test
    void shouldJoinTheCommandLine() {
        CommandLine callweave = Callweave.commandLine();

        assertThat(callweave.getSubcommands().values())
                .noneMatch(command -> command.getCommand() instanceof AbsentCommand);
        assertThat(callweave.getSubcommands()).containsKeys("run", "local", "demo", "simulate", "replay", "bench");
    }
}
