package io.callweave;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which package may use which. What a module may use, the compiler decides: it sees no others. */
class ArchitectureTest {

    private static final String ROOT = "io.callweave";

    private static final Set<String> CLOCK_READINGS = Set.of("now", "currentTimeMillis", "nanoTime");

    /** The first one is for all others. Reports are for others to read; the rest makes folders inside of a closed one, or measures. */
    private static final Set<String> MAKERS_OF_FOLDERS =
            Set.of("PrivateFiles", "ReportFiles", "StateAge", "BrokerCluster", "BenchQuickCommand");

    private static final Pattern MODULE_ROW = Pattern.compile("(?m)^\\| `src/(\\w+)` \\|.*\\| `(\\w+)` in .*$");

    private static final JavaClasses CLASSES = ProductClasses.ALL;

    @Test
    void shouldHaveNoCirclesBetweenParts() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void shouldHaveNoCirclesBetweenPackages() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    /** What a call is depends on nothing but Java; its JSON is elsewhere. */
    @Test
    void shouldMakeCallsAndFiguresOfPlainJava() {
        classes()
                .that()
                .resideInAnyPackage(ROOT + ".call..", ROOT + ".metrics..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + ".call..", ROOT + ".metrics..", ROOT + ".checks..", "java..", "org.jspecify..")
                .check(CLASSES);
    }

    /** The bridge may be all that runs on a machine. */
    @Test
    void shouldUseNoKafkaStreamsInTheBridge() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".bridge..", ROOT + ".topics..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka.streams..")
                .check(CLASSES);
    }

    /** Time is a value that the core is given; the same events give the same call whenever they are read. */
    @Test
    void shouldNotReadTheClockInTheCore() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".call..", ROOT + ".metrics..")
                .should()
                .accessTargetWhere(DescribedPredicate.describe(
                        "reads the clock", access -> CLOCK_READINGS.contains(access.getName())))
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Clock.class, InstantSource.class)
                .check(CLASSES);
    }

    /** Else others on the machine could read data of callers. */
    @Test
    void shouldMakeFoldersThatOnlyTheirOwnerMayRead() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".bench..")
                .and(DescribedPredicate.describe(
                        "are no exception", one -> !MAKERS_OF_FOLDERS.contains(one.getSimpleName())))
                .should()
                .accessTargetWhere(DescribedPredicate.describe(
                        "makes a folder",
                        access -> (access.getTargetOwner().isEquivalentTo(Files.class)
                                        && access.getName().startsWith("createDirector"))
                                || (access.getTargetOwner().isEquivalentTo(File.class)
                                        && access.getName().startsWith("mkdir"))))
                .check(CLASSES);
    }

    @Test
    void shouldUseNoSimpleNameTwice() {
        Map<String, List<JavaClass>> sameNames = CLASSES.stream()
                .filter(one -> !one.isNestedClass() && !one.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(one -> one.getSimpleName().toLowerCase(Locale.ROOT)));

        assertThat(sameNames.values()).allMatch(same -> same.size() == 1);
    }

    @Test
    void shouldListEveryModuleWithAMainClassThatIsThere() throws IOException {
        List<Matcher> rows = MODULE_ROW
                .matcher(Files.readString(Path.of("docs", "architecture.md")))
                .results()
                .map(row -> MODULE_ROW.matcher(row.group()))
                .filter(Matcher::find)
                .toList();

        assertThat(rows.stream().map(row -> row.group(1))).containsExactlyInAnyOrderElementsOf(modules());
        assertThat(rows)
                .allSatisfy(row -> assertThat(sourceOf(row.group(1), row.group(2)))
                        .as(row.group())
                        .isTrue());
    }

    private static List<String> modules() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("src"))) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(folder -> folder.getFileName().toString())
                    .toList();
        }
    }

    private static boolean sourceOf(String module, String className) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", module))) {
            return files.anyMatch(file -> file.endsWith(className + ".java"));
        }
    }
}
