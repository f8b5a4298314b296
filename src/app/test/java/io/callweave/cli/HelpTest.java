package io.callweave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What each command says with {@code --help}. */
class HelpTest {

    @Test
    void shouldDescribeEachCommandInWholeSentences() {
        SoftAssertions all = new SoftAssertions();
        for (CommandLine command : commands(Callweave.commandLine())) {
            CommandSpec spec = command.getCommandSpec();
            Arrays.stream(spec.usageMessage().description())
                    .flatMap(text -> Arrays.stream(text.split("%n")))
                    .forEach(text ->
                            all.assertThat(text).as(spec.qualifiedName()).endsWith("."));
            spec.options().stream()
                    .filter(option -> !option.hidden())
                    .forEach(option -> all.assertThat(option.description())
                            .as("%s %s", spec.qualifiedName(), option.longestName())
                            .isNotEmpty()
                            .allMatch(text -> text.endsWith(".")));
        }
        all.assertAll();
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 100})
    void shouldBreakLinesBetweenWordsOnly(int width) {
        SoftAssertions all = new SoftAssertions();
        for (CommandLine command : commands(Callweave.commandLine().setUsageHelpWidth(width))) {
            CommandSpec spec = command.getCommandSpec();
            String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
            Set<String> shown = words(help).collect(Collectors.toSet());
            Stream<String> texts = Stream.concat(
                    Arrays.stream(spec.usageMessage().description()),
                    spec.options().stream()
                            .filter(option -> !option.hidden())
                            .flatMap(option -> Arrays.stream(option.description())));
            all.assertThat(texts.map(text -> text.replace("%%", "%").replace("%n", " "))
                            .flatMap(HelpTest::words))
                    .as("%s, %d columns", spec.qualifiedName(), width)
                    .isSubsetOf(shown);
            List<String> examples = Arrays.stream(spec.usageMessage().footer())
                    .map(line -> line.replace("%%", "%"))
                    .toList();
            all.assertThat(help.lines().filter(line -> !examples.contains(line)))
                    .as("%s, %d columns", spec.qualifiedName(), width)
                    .allMatch(line -> line.length() <= width);
        }
        all.assertAll();
    }

    @Test
    void shouldNotBreakExamples() {
        assertThat(commands(Callweave.commandLine().setUsageHelpWidth(80)))
                .allSatisfy(command -> assertThat(command.getUsageMessage().lines())
                        .containsAll(Arrays.stream(
                                        command.getCommandSpec().usageMessage().footer())
                                .map(line -> line.replace("%%", "%"))
                                .toList()));
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.split("\\s+")).filter(word -> !word.isEmpty());
    }

    private static List<CommandLine> commands(CommandLine command) {
        List<CommandLine> all = new ArrayList<>(List.of(command));
        command.getSubcommands().values().forEach(each -> all.addAll(commands(each)));
        return all;
    }
}
