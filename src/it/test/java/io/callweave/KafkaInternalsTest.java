package io.callweave;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The classes of Kafka that the product uses and that Kafka promises nothing about. A new one has to be entered in the
 * decision record with a reason. One that a Kafka upgrade changed has to be read again; afterwards
 * {@code mvn test -Dtest=KafkaInternalsTest -Dcallweave.write-docs=true} writes its new fingerprint.
 */
class KafkaInternalsTest {

    private static final Path RECORD = Path.of("docs", "decisions", "0030-kafka-internals.md");
    private static final Path FINGERPRINTS = Path.of("src", "it", "test", "resources", "kafka-internals.txt");

    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    /** Packages with public documentation; Kafka's build lists them for its Javadoc. */
    private static final Pattern PUBLIC = Pattern.compile("org\\.apache\\.kafka\\.(?:"
            + "clients\\.(?:admin|consumer|producer)"
            + "|common(?:\\.(?:acl|annotation|config|config\\.provider|errors|header|metrics|metrics\\.stats|quota|resource"
            + "|security\\.auth|serialization))?"
            + "|server\\.(?:authorizer|policy|quota|telemetry)"
            + "|streams(?:\\.(?!.*internals)[a-z.]+)?"
            + ")\\.[A-Z][\\w$]*");

    private static final Set<String> USED = ProductClasses.ALL.stream()
            .flatMap(product -> product.getDirectDependenciesFromSelf().stream())
            .map(Dependency::getTargetClass)
            .map(JavaClass::getBaseComponentType)
            .map(JavaClass::getName)
            .filter(name -> name.startsWith("org.apache.kafka.") || name.startsWith("kafka."))
            .filter(name -> !PUBLIC.matcher(name).matches())
            .collect(Collectors.toCollection(TreeSet::new));

    @Test
    void shouldNameEachInTheDecisionRecord() throws IOException {
        Set<String> named = Files.readAllLines(RECORD).stream()
                .filter(line -> line.matches("`.* \\| .*"))
                .map(line -> line.split("\\|", 2)[0])
                .flatMap(cell -> NAME.matcher(cell).results().map(match -> match.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named)
                .isEqualTo(USED.stream()
                        .map(KafkaInternalsTest::outerName)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void shouldNoticeWhenOneChanges() throws IOException {
        List<String> now =
                USED.stream().map(name -> name + " " + fingerprint(name)).toList();
        if (Boolean.getBoolean("callweave.write-docs")) {
            Files.write(FINGERPRINTS, now, UTF_8);
        }

        assertThat(now).containsExactlyElementsOf(Files.readAllLines(FINGERPRINTS));
    }

    private static String outerName(String className) {
        String simple = className.substring(className.lastIndexOf('.') + 1);
        return simple.contains("$") ? simple.substring(0, simple.indexOf('$')) : simple;
    }

    /** Of the compiled class: Kafka's jars hold the same bytes everywhere. */
    private static String fingerprint(String className) {
        String resource = "/" + className.replace('.', '/') + ".class";
        try (InputStream in = KafkaInternalsTest.class.getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
            return HexFormat.of().formatHex(digest).substring(0, 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
