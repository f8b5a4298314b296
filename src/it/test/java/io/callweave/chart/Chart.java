package io.callweave.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A copy of the chart, which a test may break. Helm renders it in this process, without a cluster. */
final class Chart implements AutoCloseable {

    static final Path SOURCE = Path.of("helm", "callweave");
    static final Path RESOURCES = Path.of("src", "it", "test", "resources", "chart");
    static final String RELEASE = "demo";
    static final String NAMESPACE = "calls";

    private final Path folder;

    private Chart(Path folder) {
        this.folder = folder;
    }

    /** What came out of a render. */
    record Rendered(String text, List<JsonNode> objects) {

        /** The object of this kind and name. */
        JsonNode object(String kind, String name) {
            return objects.stream()
                    .filter(object -> object.path("kind").asText().equals(kind))
                    .filter(object -> object.at("/metadata/name").asText().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("There is no " + kind + " " + name + "."));
        }

        List<JsonNode> all(String kind) {
            return objects.stream()
                    .filter(object -> object.path("kind").asText().equals(kind))
                    .toList();
        }
    }

    static Chart copy() {
        try {
            Path folder = Files.createTempDirectory("callweave-chart");
            try (Stream<Path> files = Files.walk(SOURCE)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path to = folder.resolve(SOURCE.relativize(file).toString());
                    Files.createDirectories(to.getParent());
                    Files.copy(file, to);
                }
            }
            // Helm does not print hooks here. Under another name they are objects like all others.
            return new Chart(folder).with("templates/topics.yaml", "helm.sh/hook", "shown.helm.sh/hook");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> examples() {
        try (Stream<Path> files = Files.list(SOURCE.resolve("examples"))) {
            return Stream.concat(files.sorted(), Stream.of(RESOURCES.resolve("everything.yaml")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces a text in a file of the chart, wherever it is. */
    Chart with(String file, String from, String to) {
        Path path = folder.resolve(file);
        String text = Yaml.text(path);
        if (!text.contains(from)) {
            throw new AssertionError(file + " has no " + from + " to replace.");
        }
        write(path, text.replace(from, to));
        return this;
    }

    /** The messages of a strict lint with these values; empty if it found nothing wrong. */
    List<String> lint(JsonNode values) {
        Path file = folder.resolve("values.yaml");
        String before = Yaml.text(file);
        write(file, Yaml.merge(Yaml.read(before), values).toString());
        try {
            LintResult result = new Helm(folder).lint().strict().quiet().call();
            return result.isFailed() ? result.getMessages() : List.of();
        } finally {
            write(file, before);
        }
    }

    Rendered render(Path values) {
        return render(Yaml.read(values));
    }

    /**
     * Renders the chart.
     *
     * @throws IllegalStateException with Helm's words, if it does not render
     */
    Rendered render(JsonNode values) {
        Path file = folder.resolve("test-values.json");
        write(file, values.toString());
        String text = new Helm(folder)
                .template()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeVersion("1.31.0")
                .withValuesFile(file)
                .call();
        return new Rendered(text, Yaml.readAll(text));
    }

    /** Values of a file, changed by some more in YAML. */
    static JsonNode values(Path file, String more) {
        JsonNode over = more.isBlank() ? JsonNodeFactory.instance.objectNode() : Yaml.read(more);
        return Yaml.merge(Yaml.read(file), over);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
