package io.callweave.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files of the page fit together, and the policy that browsers get lets all of it work. */
class ConsoleAssetsTest {

    private static final Path FOLDER = Path.of("src", "app", "main", "resources", "io", "callweave", "console", "page");
    private static final String NAMESPACE = "http://www.w3.org/2000/svg";
    private static final Set<String> OF_WEBJARS = Set.of("lit-html.js");

    private static final Pattern IN_HTML = Pattern.compile("(?:src|href)=\"([^\"]*)\"");
    private static final Pattern IN_MODULES = Pattern.compile("(?:from |import\\(?)'([^']*)'");
    private static final Pattern IN_STYLES = Pattern.compile("(?:url\\((?!#)|@import)[^;)]*");
    private static final Pattern INLINE =
            Pattern.compile("<style|<script(?![^>]* src=)|[\\s\"]style=|[\\s\"]on[a-z]+=");
    private static final Pattern OUTSIDE = Pattern.compile("(?:https?:)?//[\\w.-]+\\.[a-z]{2,}");

    @Test
    void shouldNameOnlyFilesThatExist() throws IOException {
        Set<String> named = new TreeSet<>(found(IN_HTML, "html"));
        named.addAll(found(IN_MODULES, "js"));

        assertThat(named).allMatch(name -> name.matches("(?:/assets|\\.)/[\\w-]+\\.\\w+"));
        assertThat(named.stream().map(name -> name.substring(name.lastIndexOf('/') + 1)))
                .filteredOn(name -> !OF_WEBJARS.contains(name))
                .allMatch(name -> Files.exists(FOLDER.resolve(name)));
        assertThat(found(IN_STYLES, "css")).isEmpty();
    }

    @Test
    void shouldHaveNoFileThatNobodyNames() throws IOException {
        Set<String> named = Stream.concat(found(IN_HTML, "html").stream(), found(IN_MODULES, "js").stream())
                .map(name -> name.substring(name.lastIndexOf('/') + 1))
                .collect(Collectors.toSet());

        assertThat(files("").stream().map(file -> file.getFileName().toString()))
                .filteredOn(name -> !name.equals("index.html"))
                .allMatch(named::contains);
    }

    @Test
    void shouldHaveNothingThatThePolicyRefuses() throws IOException {
        for (Path file : files("")) {
            String text = Files.readString(file).replace(NAMESPACE, "");

            assertThat(INLINE.matcher(text).results().map(match -> match.group()))
                    .as(file.toString())
                    .isEmpty();
            assertThat(OUTSIDE.matcher(text).results().map(match -> match.group()))
                    .as(file.toString())
                    .isEmpty();
            assertThat(text).as(file.toString()).doesNotContain("innerHTML", "unsafeHTML", "eval(", "document.write");
        }
    }

    private static List<String> found(Pattern pattern, String type) throws IOException {
        return files("." + type).stream()
                .map(ConsoleAssetsTest::read)
                .flatMap(text -> pattern.matcher(text).results())
                .map(match -> match.groupCount() == 0 ? match.group() : match.group(1))
                .filter(name -> !name.startsWith("$") && !name.startsWith("#"))
                .toList();
    }

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
