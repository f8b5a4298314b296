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

/** Which package may use which: arrows point downwards only. A new package has to be entered here. */
class ArchitectureTest {

    private static final String ROOT = "io.callweave";

    /** The packages of the product, from the top down, each with those that it may use. */
    private static final Map<String, List<String>> MAY_USE = new TreeMap<>(Map.ofEntries(
            Map.entry(
                    "cli",
                    List.of(
                            "bench",
                            "console",
                            "demo",
                            "replay",
                            "sending",
                            "simulation",
                            "delivery",
                            "explain",
                            "operations",
                            "local",
                            "bridge",
                            "topology",
                            "ringcentral",
                            "notification",
                            "record",
                            "schema",
                            "settings",
                            "metrics",
                            "directory",
                            "call")),
            Map.entry("demo", List.of("sending", "simulation", "topology")),
            Map.entry("replay", List.of("sending", "local", "notification", "call")),
            Map.entry(
                    "bench",
                    List.of(
                            "local",
                            "bridge",
                            "simulation",
                            "topology",
                            "notification",
                            "record",
                            "metrics",
                            "directory",
                            "call")),
            Map.entry("explain", List.of("local", "bridge", "topology", "notification", "record", "call")),
            Map.entry("console", List.of("topology", "ringcentral", "notification", "record", "call")),
            Map.entry("delivery", List.of("topology", "notification", "record", "call")),
            Map.entry(
                    "local",
                    List.of(
                            "bridge",
                            "topology",
                            "ringcentral",
                            "notification",
                            "record",
                            "settings",
                            "directory",
                            "call")),
            Map.entry("operations", List.of("topology", "settings", "call")),
            Map.entry("sending", List.of("bridge", "notification")),
            Map.entry("bridge", List.of("topology", "ringcentral", "notification", "meter", "call")),
            Map.entry(
                    "topology",
                    List.of("notification", "record", "schema", "settings", "metrics", "meter", "directory", "call")),
            Map.entry("ringcentral", List.of("notification", "call")),
            Map.entry("notification", List.of("call")),
            Map.entry("record", List.of("metrics", "directory", "call")),
            Map.entry("metrics", List.of("call")),
            Map.entry("meter", List.of()),
            Map.entry("directory", List.of()),
            Map.entry("schema", List.of()),
            Map.entry("settings", List.of()),
            // What the product is tested against must not come from the product.
            Map.entry("simulation", List.of()),
            Map.entry("call", List.of())));

    /** What the core may use of the outside world, and what its two JSON sides may use. */
    private static final Map<String, List<String>> MAY_USE_OF_OTHERS = Map.of(
            "call", List.of("java..", "org.jspecify.."),
            "simulation", List.of("java..", "org.jspecify..", "com.fasterxml.jackson.."),
            "record", List.of("java..", "org.jspecify..", "com.fasterxml.jackson..", "com.google.i18n.phonenumbers.."),
            "metrics", List.of("java..", "org.jspecify.."),
            "directory", List.of("java..", "org.jspecify..", "com.fasterxml.jackson..", "de.siegmar.fastcsv.."),
            "notification", List.of("java..", "org.jspecify..", "com.fasterxml.jackson.."));

    private static final Set<String> CLOCK_READINGS = Set.of("now", "currentTimeMillis", "nanoTime");

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
    void shouldHaveNoCyclesBetweenPackages() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
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
