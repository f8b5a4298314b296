package io.callweave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.cli.common.WrongUsage;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.settings.SettingsException;
import io.callweave.settings.SettingsTable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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

        assertThat(err.toString()).as("everybody can read the file").contains("chmod", file.toString());
        assertThat(status).isZero();
        assertThat(out.toString().lines())
                .hasSize(KnownSettings.all().size() + 1)
                .anyMatch(line -> line.matches("bootstrap\\.servers +kafka:9092 +flag +Kafka brokers .*"))
                .anyMatch(line -> line.matches("state\\.dir +/.*/state +default +Folder .*"))
                .anyMatch(line -> line.matches("topics\\.prefix +\"\" +file +Prefix .*"))
                .anyMatch(line -> line.matches("completion\\.linger +1s +flag +Wait .*"))
                .anyMatch(line -> line.matches("completion\\.peer-wait +10s +env +Wait .*"))
                .anyMatch(line -> line.matches("completion\\.max-idle +4h +default +Wait .*"))
                .anyMatch(line -> line.matches("kafka\\.ssl\\.keystore\\.key +\\*\\*\\* +file +Handed on .*"));
    }

    @Test
    void shouldPrintAValueOfManyLinesInOne() {
        config.execute("--set", "kafka.ssl.truststore.certificates=a\nb");

        assertThat(out.toString()).containsPattern("truststore\\.certificates +a\\\\nb +flag ");
    }

    /** Names that are passed through come from a file, which others may have written. */
    @Test
    void shouldShowControlCharactersOfANameAsMarks() {
        config.execute("--set", "kafka.a\u001b]0;x\u0007\u009b\u202eb=1");

        assertThat(out.toString())
                .contains("kafka.a\u241b]0;x\u2407<U+009B><U+202E>b")
                .doesNotContain("\u001b", "\u0007", "\u009b", "\u202e");
    }

    @Test
    void shouldPrintTheTableOfTheDocumentation() {
        config.execute("--markdown");

        assertThat(out.toString()).isEqualTo(SettingsTable.markdown());
    }

    @Test
    void shouldPrintJsonOfWhatIsInForce() throws Exception {
        int status = config.execute("--json", "--completion-linger=1s", "--set", "kafka.ssl.keystore.password=hunter2");

        assertThat(status).isZero();
        JsonNode all = new ObjectMapper().readTree(out.toString());
        assertThat(all).hasSize(KnownSettings.all().size() + 1);
        assertThat(all)
                .anyMatch(one -> one.toString()
                        .equals(
                                "{\"name\":\"completion.linger\",\"value\":\"1s\",\"source\":\"flag\",\"default\":\"5s\","
                                        + "\"allowed\":\"a duration from 1ms to 366d\","
                                        + "\"meaning\":\"Wait if all parties are over but something is missing.\"}"))
                .anyMatch(one -> one.path("name").asText().equals("bootstrap.servers")
                        && one.path("value").isNull());
        assertThat(out.toString()).doesNotContain("hunter2").contains("\"***\"");
    }

    @Test
    void shouldPrintASettingsFileInWhichAllIsCommentedOut(@TempDir Path folder) throws Exception {
        config.execute("--template");
        Path file = Files.writeString(folder.resolve("callweave.properties"), out.toString());

        assertThat(out.toString().lines()).allMatch(line -> line.isEmpty() || line.startsWith("#"));
        assertThat(Settings.load(Map.of(), Map.of(), Optional.of(file)).effective())
                .isEqualTo(Settings.defaults().effective());
    }

    @Test
    void shouldPrintASettingsFileThatHasTheDefaultsIfEveryLineIsUncommented(@TempDir Path folder) throws Exception {
        config.execute("--template");
        String uncommented = out.toString().replaceAll("(?m)^#(?=[a-z.-]+=)", "");
        Path file = Files.writeString(folder.resolve("callweave.properties"), uncommented);

        Settings read = Settings.load(Map.of(), Map.of(), Optional.of(file));

        Map<String, Settings.Effective> byName =
                read.effective().stream().collect(Collectors.toMap(Settings.Effective::name, one -> one));
        assertThat(byName).hasSize(KnownSettings.all().size() + 2);
        assertThat(Settings.defaults().effective()).allSatisfy(one -> {
            Settings.Effective inFile = byName.get(one.name());
            assertThat(inFile).isNotNull();
            assertThat(uncommented).contains("# " + one.doc() + "\n").contains("\n" + one.name() + "=");
            // An empty default is the same as none at all.
            if (one.value().isPresent()) {
                assertThat(inFile.value()).as(one.name()).isEqualTo(one.value());
            }
        });
        assertThat(byName.values()).allMatch(one -> one.source().label().equals("file"));
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
        assertThat(help.lines()).hasSizeLessThan(30);
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
                        "callweave: config has no option --completion-lingr.",
                        "Did you mean --completion-linger?",
                        "\"config --help\" shows what there is.");
    }
}
