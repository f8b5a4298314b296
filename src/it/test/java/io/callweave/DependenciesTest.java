package io.callweave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.engine.execution.JqwikExecutor;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Each dependency that users get has a reason, in the table of the decision record. */
class DependenciesTest {

    private static final Path RECORD = Path.of("docs", "decisions", "0031-runtime-dependencies.md");
    private static final List<String> RELEASED = List.of("src/core", "src/app", "src/simulator", "src/tools");
    private static final Pattern NAME = Pattern.compile("`([\\w.-]+)`");

    @Test
    void shouldHaveAReasonForEachRuntimeDependency() throws Exception {
        assertThat(inTheRecord()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(inThePom());
    }

    /** From 1.10 on jqwik prints instructions to programs that read test output. */
    @Test
    void shouldStayWithTheJqwikThatPrintsNothingOfItsOwn() throws Exception {
        assertThat(Files.readString(Path.of("pom.xml")))
                .containsPattern("<artifactId>jqwik</artifactId>\\s*<version>1\\.9\\.\\d+</version>");
        assertThat(JqwikExecutor.class.getDeclaredMethods())
                .extracting(method -> method.getName())
                .isNotEmpty()
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("agents"));
    }

    /** Test scope keeps them out of the jar, {@code lib/}, the archive and the images. */
    @Test
    void shouldKeepCompetitorsOutOfTheProduct() throws Exception {
        Element profiles = children(project("src/tools"), "profiles").get(0);
        Element competitors = children(profiles, "profile").stream()
                .filter(profile -> text(profile, "id").equals("competitors"))
                .findFirst()
                .orElseThrow();

        assertThat(children(children(competitors, "dependencies").get(0), "dependency"))
                .isNotEmpty()
                .allSatisfy(dependency -> assertThat(text(dependency, "scope"))
                        .as(text(dependency, "artifactId"))
                        .isEqualTo("test"));
        assertThat(inThePom()).noneMatch(name -> name.startsWith("flink-") || name.equals("postgresql"));
    }

    private static List<String> inTheRecord() throws IOException {
        return Files.readAllLines(RECORD).stream()
                .filter(line -> line.matches("`.* \\| .*"))
                .map(line -> line.split("\\|", 2)[0])
                .flatMap(cell -> NAME.matcher(cell).results().map(match -> match.group(1)))
                .toList();
    }

    private static List<String> inThePom() throws Exception {
        Set<String> names = new TreeSet<>();
        for (String module : RELEASED) {
            for (Element dependency :
                    children(children(project(module), "dependencies").get(0), "dependency")) {
                boolean forTests = children(dependency, "scope").stream()
                        .anyMatch(scope -> scope.getTextContent().strip().equals("test"));
                if (!forTests && !text(dependency, "groupId").equals("io.callweave")) {
                    names.add(text(dependency, "artifactId"));
                }
            }
        }
        return List.copyOf(names);
    }

    private static Element project(String module) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of(module, "pom.xml").toFile())
                .getDocumentElement();
    }

    private static String text(Element parent, String name) {
        return children(parent, name).get(0).getTextContent().strip();
    }

    private static List<Element> children(Element parent, String name) {
        NodeList nodes = parent.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(node ->
                        node instanceof Element element && element.getTagName().equals(name))
                .map(Element.class::cast)
                .toList();
    }
}
