package io.callweave.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.cli.Callweave;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Everything that a person reads is in plain English, and Markdown fits the width of an editor. */
class LanguageTest {

    private static final int WIDTH = 120;

    private static final Pattern TYPE_JAVADOC =
            Pattern.compile("(?ms)^/\\*\\*(?:(?!\\*/).)*\\*/\\n(?:@[^\\n]*\\n)*(?=public |package )");

    @TestFactory
    Stream<DynamicTest> shouldBePlainInMarkdown() {
        return MarkdownFile.all().stream()
                .map(file -> file.path().toString())
                .map(file -> DynamicTest.dynamicTest(
                        file,
                        () -> assertThat(Wording.faults(file, prose(file))).isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> shouldFitTheWidth() {
        return MarkdownFile.all().stream()
                .map(file -> file.path().toString())
                .map(file -> DynamicTest.dynamicTest(
                        file, () -> assertThat(tooWide(file, prose(file))).isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> shouldBePlainInHelp() {
        return commands(Callweave.commandLine())
                .map(command -> DynamicTest.dynamicTest(
                        command.getCommandName(),
                        () -> assertThat(Wording.faults(
                                        "help of " + command.getCommandName(), command.getUsageMessage(Ansi.OFF)))
                                .isEmpty()));
    }

    @Test
    void shouldBePlainInSettings() {
        assertThat(KnownSettings.all()).flatExtracting(LanguageTest::faults).isEmpty();
    }

    /** Sentences of help, logs and errors, the Javadoc of public types, and the descriptions in schemas. */
    @TestFactory
    Stream<DynamicTest> shouldBePlainInTheSources() throws IOException {
        return sources().stream()
                .map(file -> DynamicTest.dynamicTest(
                        file.toString(),
                        () -> assertThat(Wording.faults(file.toString(), readByPeople(file)))
                                .isEmpty()));
    }

    @Test
    void shouldReadLiteralsAndTheJavadocOfPublicTypes() {
        String java = """
                /** Whoever. */
                @Deprecated
                public class A {
                    // anew
                    /** Anew. */
                    String a = "begins anew"; // whose
                    int whose;
                }
                """;

        assertThat(Wording.faults("A.java", readByPeople(java)))
                .extracting(Wording.Fault::line)
                .containsExactly(1, 6);
    }

    @Test
    void shouldFindWordsOverTwoLines() {
        assertThat(Wording.faults(
                        "A.java", "/**\n * It is not there any\n * more.\n */\nString s = \"beyond \"\n + \"doubt\";"))
                .extracting(Wording.Fault::toString)
                .containsExactly(
                        "A.java:2: \"any more\"; instead: \"no longer\"",
                        "A.java:5: \"beyond doubt\"; instead: certainly");
    }

    @Test
    void shouldPassPlainWords() {
        assertThat(Wording.faults("A.md", "No more than two, and anyone whom it names. Forward it to another place.\n"))
                .isEmpty();
    }

    @Test
    void shouldMeasureTextButNoTablesLinksAndCode() {
        String wide = "word ".repeat(25);

        assertThat(tooWide(
                        "A.md",
                        wide + "\n| " + wide + "|\n[" + "x".repeat(110) + "](" + wide.replace(' ', '/') + ")\n"))
                .containsExactly("A.md:1: 125 columns");
        assertThat(tooWide("A.md", withoutCode("a `" + wide + "` b\n```sh\n" + wide + "\n```\n")))
                .isEmpty();
    }

    private static List<Wording.Fault> faults(Setting<?> setting) {
        return Wording.faults(setting.name(), setting.doc() + "\n" + setting.allowed());
    }

    /** The file with as many lines, but without what is in fences and backticks. */
    private static String prose(String file) {
        return withoutCode(MarkdownFile.text(Path.of(file)));
    }

    private static String withoutCode(String markdown) {
        boolean fenced = false;
        List<String> prose = new ArrayList<>();
        for (String line : markdown.split("\n", -1)) {
            boolean fence = line.strip().startsWith("```");
            prose.add(fenced || fence ? "" : line.replaceAll("`[^`]+`", "``"));
            fenced ^= fence;
        }
        return String.join("\n", prose);
    }

    private static List<String> tooWide(String file, String prose) {
        List<String> wide = new ArrayList<>();
        String[] lines = prose.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String text = lines[i].replaceAll("\\]\\([^)]*\\)", "]").stripTrailing();
            // The width is that of the line as it stands, but for what cannot be wrapped.
            if (text.length() > WIDTH && !isRow(text) && !text.startsWith("<!--")) {
                wide.add(file + ":" + (i + 1) + ": " + lines[i].length() + " columns");
            }
        }
        return wide;
    }

    /** Of a table, with or without the bars at both ends. */
    private static boolean isRow(String text) {
        return text.startsWith("|") || text.contains(" | ");
    }

    private static String readByPeople(Path file) {
        String text = MarkdownFile.text(file);
        return file.toString().endsWith(".java") ? readByPeople(text) : text;
    }

    /** The source with as many lines: those with literals, and the Javadoc of public types. */
    private static String readByPeople(String java) {
        Set<Integer> javadoc = new HashSet<>();
        TYPE_JAVADOC.matcher(java).results().forEach(found -> {
            int first = lines(java.substring(0, found.start()));
            IntStream.rangeClosed(first, first + lines(found.group())).forEach(javadoc::add);
        });
        List<String> read = new ArrayList<>();
        for (String line : java.split("\n", -1)) {
            boolean literal = line.contains("\"") && !line.strip().matches("(\\*|/[/*]).*");
            read.add(javadoc.contains(read.size()) ? line : literal ? line.replaceAll("//[^\"]*$", "") : "");
        }
        return String.join("\n", read);
    }

    private static int lines(String text) {
        return (int) text.chars().filter(c -> c == '\n').count();
    }

    private static Stream<CommandLine> commands(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(LanguageTest::commands));
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.(java|json|txt|sh|service)"))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }
}
