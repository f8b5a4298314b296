package io.callweave;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Which package may use which: arrows point downwards only. A new package has to be entered in {@code docs/architecture.md}, and
 * a new part of the product here as well.
 */
class ArchitectureTest {

    private static final String ROOT = "io.callweave";

    /**
     * The parts of the product, from the top down, each with those that it may use. Which of the packages of a part may use which
     * is in the table of {@code docs/architecture.md}.
     */
    private static final Map<String, List<String>> MAY_USE = new TreeMap<>(Map.ofEntries(
            Map.entry(
                    "cli",
                    List.of(
                            "bench",
                            "console",
                            "demo",
                            "replay",
                            "sending",
                            "platform",
                            "simulation",
                            "deliver",
                            "explain",
                            "report",
                            "export",
                            "listing",
                            "operations",
                            "permissions",
                            "local",
                            "bridge",
                            "topology",
                            "topics",
                            "ringcentral",
                            "notification",
                            "record",
                            "schema",
                            "settings",
                            "access",
                            "metrics",
                            "feedgap",
                            "directory",
                            "call")),
            Map.entry("report", List.of("listing", "metrics", "directory", "call")),
            Map.entry(
                    "export",
                    List.of(
                            "listing",
                            "local",
                            "topology",
                            "topics",
                            "notification",
                            "record",
                            "metrics",
                            "directory",
                            "value",
                            "call")),
            Map.entry("listing", List.of("journey", "record", "topics", "value", "directory")),
            Map.entry("demo", List.of("journey", "sending", "simulation", "topics", "directory")),
            Map.entry("replay", List.of("sending", "local", "notification", "call")),
            Map.entry(
                    "bench",
                    List.of(
                            "local",
                            "bridge",
                            "simulation",
                            "operations",
                            "topology",
                            "topics",
                            "notification",
                            "record",
                            "metrics",
                            "directory",
                            "settings",
                            "checks",
                            "call")),
            Map.entry(
                    "explain",
                    List.of(
                            "journey",
                            "local",
                            "bridge",
                            "topology",
                            "notification",
                            "record",
                            "settings",
                            "directory",
                            "value",
                            "call")),
            Map.entry(
                    "console",
                    List.of(
                            "explain",
                            "listing",
                            "journey",
                            "local",
                            "meter",
                            "operations",
                            "permissions",
                            "topology",
                            "topics",
                            "notification",
                            "metrics",
                            "directory",
                            "access",
                            "call")),
            Map.entry(
                    "deliver",
                    List.of(
                            "operations",
                            "permissions",
                            "topics",
                            "record",
                            "settings",
                            "access",
                            "meter",
                            "files",
                            "value")),
            Map.entry(
                    "local",
                    List.of(
                            "logging",
                            "bridge",
                            "topology",
                            "topics",
                            "ringcentral",
                            "notification",
                            "record",
                            "settings",
                            "directory",
                            "files",
                            "checks",
                            "call")),
            Map.entry(
                    "operations",
                    List.of("permissions", "topology", "topics", "settings", "logging", "files", "checks", "call")),
            Map.entry("permissions", List.of("topology", "topics")),
            Map.entry("sending", List.of("bridge", "notification")),
            Map.entry(
                    "bridge",
                    List.of(
                            "topics",
                            "ringcentral",
                            "feedgap",
                            "notification",
                            "meter",
                            "value",
                            "files",
                            "checks",
                            "call")),
            Map.entry(
                    "topology",
                    List.of(
                            "topics",
                            "notification",
                            "record",
                            "schema",
                            "settings",
                            "metrics",
                            "meter",
                            "directory",
                            "feedgap",
                            "checks",
                            "call")),
            Map.entry("topics", List.of("value", "checks", "call")),
            Map.entry("ringcentral", List.of("notification", "call")),
            Map.entry("notification", List.of("checks", "call")),
            Map.entry("record", List.of("metrics", "directory", "feedgap", "value", "call")),
            Map.entry("access", List.of("settings", "files")),
            Map.entry("metrics", List.of("checks", "call")),
            Map.entry("journey", List.of("directory")),
            Map.entry("meter", List.of()),
            Map.entry("logging", List.of()),
            Map.entry("directory", List.of("value")),
            Map.entry("feedgap", List.of("value")),
            Map.entry("value", List.of()),
            Map.entry("schema", List.of("topics", "record", "value")),
            Map.entry("settings", List.of()),
            // What the product is tested against must not come from the product.
            Map.entry("simulation", List.of()),
            Map.entry("platform", List.of("simulation")),
            Map.entry("files", List.of()),
            Map.entry("checks", List.of()),
            Map.entry("call", List.of("checks"))));

    /** What the core may use of the outside world, and what its two JSON sides may use. */
    private static final Map<String, List<String>> MAY_USE_OF_OTHERS = Map.of(
            "call", List.of("java..", "org.jspecify.."),
            "simulation", List.of("java..", "org.jspecify..", "com.fasterxml.jackson.."),
            "record", List.of("java..", "org.jspecify..", "com.fasterxml.jackson..", "com.google.i18n.phonenumbers.."),
            "metrics", List.of("java..", "org.jspecify.."),
            "value", List.of("java..", "org.jspecify..", "com.fasterxml.jackson.."),
            "journey", List.of("java..", "org.jspecify..", "com.fasterxml.jackson.."),
            "directory", List.of("java..", "org.jspecify..", "com.fasterxml.jackson..", "de.siegmar.fastcsv.."),
            "notification", List.of("java..", "org.jspecify..", "com.fasterxml.jackson.."));

    private static final Set<String> CLOCK_READINGS = Set.of("now", "currentTimeMillis", "nanoTime");

    private static final int MOST_FILES = 20;

    private static final PackageTable TABLE = PackageTable.read();

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @TestFactory
    List<DynamicTest> shouldUseOnlyThePackagesBelow() {
        List<DynamicTest> tests = new ArrayList<>();
        MAY_USE.forEach((name, below) ->
                tests.add(DynamicTest.dynamicTest(name, () -> rule(name, below).check(CLASSES))));
        return tests;
    }

    @Test
    void shouldHaveARuleForEveryPackage() {
        Set<String> packages = CLASSES.getPackage(ROOT).getSubpackages().stream()
                .map(JavaPackage::getRelativeName)
                .collect(Collectors.toSet());

        assertThat(MAY_USE.keySet()).containsAll(packages);
    }

    @Test
    void shouldHaveNoCyclesBetweenParts() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void shouldHaveNoCyclesBetweenPackages() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void shouldListEveryPackage() {
        Map<String, String> descriptions = Sources.descriptions();

        assertThat(TABLE.names()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(descriptions.keySet());
        assertThat(descriptions.values()).noneMatch(String::isEmpty);
        assertThat(CLASSES.stream().map(ArchitectureTest::packageOf)).isSubsetOf(TABLE.names());
    }

    @Test
    void shouldNameAMainClassThatIsThere() {
        assertThat(TABLE.rows())
                .allSatisfy(row -> assertThat(CLASSES.contain(ROOT + "." + row.name() + "." + row.mainClass()))
                        .as(row.name() + " has " + row.mainClass())
                        .isTrue());
    }

    @Test
    void shouldUseOnlyPackagesThatStandBelowInTheTable() {
        List<Sources.Arrow> inClasses = CLASSES.stream()
                .flatMap(one -> one.getDirectDependenciesFromSelf().stream())
                .filter(use -> use.getTargetClass().getPackageName().startsWith(ROOT + "."))
                .map(use -> new Sources.Arrow(
                        packageOf(use.getOriginClass()), packageOf(use.getTargetClass()), use.getDescription()))
                .filter(arrow -> !arrow.from().equals(arrow.to()))
                .toList();

        assertThat(inClasses).isNotEmpty();
        assertThat(TABLE.upward(inClasses)).isEmpty();
        assertThat(TABLE.upward(Sources.imports())).isEmpty();
    }

    @Test
    void shouldHaveNoFolderOfMoreThanTwentyFiles() {
        assertThat(Sources.foldersOver(MOST_FILES, Path.of("src/main/java"), Path.of("src/test/java")))
                .isEmpty();
    }

    @Test
    void shouldUseNoSimpleNameTwice() {
        assertThat(Sources.sameNames(Path.of("src/main/java"))).isEmpty();
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

    private static String packageOf(JavaClass one) {
        return one.getPackageName().substring(ROOT.length() + 1);
    }

    private static ArchRule rule(String name, List<String> below) {
        List<String> own = new ArrayList<>(List.of(ROOT + "." + name + ".."));
        below.forEach(other -> own.add(ROOT + "." + other + ".."));
        DescribedPredicate<JavaClass> allowed = resideInAnyPackage(own.toArray(String[]::new))
                .or(
                        MAY_USE_OF_OTHERS.containsKey(name)
                                ? resideInAnyPackage(MAY_USE_OF_OTHERS.get(name).toArray(String[]::new))
                                : not(resideInAnyPackage(ROOT + "..")));
        // A package that is not there yet breaks no rule.
        return classes()
                .that()
                .resideInAPackage(ROOT + "." + name + "..")
                .should()
                .onlyDependOnClassesThat(allowed)
                .allowEmptyShould(true);
    }
}
