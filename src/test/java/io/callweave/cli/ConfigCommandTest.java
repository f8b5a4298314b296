package io.callweave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.settings.KnownSettings;
import io.callweave.settings.SettingsException;
import io.callweave.settings.SettingsTable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConfigCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine config = new CommandLine(
                    new ConfigCommand(Map.of("CALLWEAVE_COMPLETION_PEER_WAIT", "10s")))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .setParameterExceptionHandler(WrongUsage::report)
            .setExecutionExceptionHandler((failure, command, parsed) -> {
                assertThat(failure).isInstanceOf(SettingsException.class);
                command.getErr().println(failure.getMessage());
                return 2;
            });

    @Test
    void shouldPrintEverySettingWithValueSourceAndMeaning(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("callweave.properties"), "topics.prefix=\nkafka.ssl.keystore.key=hunter2");

        int status = config.execute(
                "--config", file.toString(), "--set", "completion.linger=1s", "--bootstrap-servers=kafka:9092");

        assertThat(err.toString()).isEmpty();
        assertThat(status).isZero();
        assertThat(out.toString().lines())
                .hasSize(KnownSettings.all().size() + 1)
                .anyMatch(line -> line.matches("bootstrap\\.servers +kafka:9092 +flag +The Kafka brokers .*"))
                .anyMatch(line -> line.matches("state\\.dir +callweave-state +default +The folder .*"))
                .anyMatch(line -> line.matches("topics\\.prefix +\"\" +file +What .*"))
                .anyMatch(line -> line.matches("completion\\.linger +1s +flag +How long .*"))
                .anyMatch(line -> line.matches("completion\\.peer-wait +10s +env +How long .*"))
                .anyMatch(line -> line.matches("completion\\.max-idle +4h +default +How long .*"))
                .anyMatch(line -> line.matches("kafka\\.ssl\\.keystore\\.key +\\*\\*\\* +file +Handed on .*"));
    }

    @Test
    void shouldPrintAValueOfManyLinesInOne() {
        config.execute("--set", "kafka.ssl.truststore.certificates=a\nb");

        assertThat(out.toString()).containsPattern("truststore\\.certificates +a\\\\nb +flag ");
    }

    @Test
    void shouldPrintTheTableOfTheDocumentation() {
        config.execute("--markdown");

        assertThat(out.toString()).isEqualTo(SettingsTable.markdown());
    }

    @Test
    void shouldForgetTheFlagsOfTheRunBefore() {
        config.execute("--completion-linger=1s", "--set", "ordering.gap-grace=1s");
        out.getBuffer().setLength(0);

        config.execute();

        assertThat(out.toString()).doesNotContain(" flag ");
    }

    @Test
    void shouldTakeEverySettingAsAFlagButShowTwoOptionsInTheHelp() {
        String help = config.getUsageMessage();

        assertThat(KnownSettings.all())
                .allMatch(setting -> config.getCommandSpec().optionsMap().containsKey(setting.flag()));
        assertThat(help.lines()).hasSizeLessThan(20);
        assertThat(help).contains("--config=FILE", "--set=NAME=VALUE");
    }

    @Test
    void shouldRejectASettingThatIsGivenTwice() {
        int status = config.execute("--completion-linger=1s", "--set", "completion.linger=2s");

        assertThat(status).isEqualTo(2);
        assertThat(err.toString()).isEqualToIgnoringNewLines("completion.linger is given twice on the command line.");
    }

    @Test
    void shouldRejectAnAssignmentWithoutAValueAndNotRepeatIt() {
        int status = config.execute("--set", "hunter2");

        assertThat(status).isEqualTo(2);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("--set takes NAME=VALUE, such as --set completion.linger=10s.");
    }

    @Test
    void shouldSuggestTheFlagThatWasMeant() {
        int status = config.execute("--completion-lingr=5s");

        assertThat(status).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines())
                .containsExactly(
                        "callweave: Unknown option: '--completion-lingr=5s'",
                        "Did you mean --completion-linger?",
                        "\"config --help\" shows what there is.");
    }
}
