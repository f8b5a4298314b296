package io.callweave;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the sources tell without being compiled: imports for comments are in no class file. */
final class Sources {

    private static final String ROOT = "src/main/java/io/callweave/";
    private static final Pattern IMPORT =
            Pattern.compile("(?m)^import (?:static )?io\\.callweave\\.([a-z.]+)\\.[A-Z][\\w.]*;$");
    private static final Pattern COMMENT = Pattern.compile("(?s)^/\\*\\*(.*?)\\*/");

    /**
     * One package uses another.
     *
     * @param from below the product's name, as {@code to}
     * @param because the class that does
     */
    record Arrow(String from, String to, String because) {}

    private Sources() {}

    /** All imports of the product from one of its packages into another. */
    static List<Arrow> imports() {
        return files(Path.of(ROOT)).flatMap(Sources::imports).toList();
    }

    private static Stream<Arrow> imports(Path file) {
        String from = packageOf(file);
        return IMPORT.matcher(text(file))
                .results()
                .map(one -> new Arrow(from, one.group(1), file.getFileName().toString()))
                .filter(arrow -> !arrow.from().equals(arrow.to()));
    }

    /** The packages of the product, and what each says of itself. */
    static Map<String, String> descriptions() {
        return files(Path.of(ROOT))
                .filter(file -> file.endsWith("package-info.java"))
                .collect(Collectors.toMap(Sources::packageOf, Sources::description));
    }

    private static String description(Path packageInfo) {
        return COMMENT.matcher(text(packageInfo))
                .results()
                .map(comment -> comment.group(1)
                        .replaceAll("(?m)^ \\*", "")
                        .replaceAll("\\s+", " ")
                        .replaceAll("\\{@code ([^}]*)}", "`$1`")
                        .strip())
                .findFirst()
                .orElse("");
    }

    /** Classes of the product whose names differ by their packages, or by the case of their letters, alone. */
    static List<String> sameNames(Path root) {
        return files(root)
                .filter(Predicate.not(file -> file.endsWith("package-info.java")))
                .collect(Collectors.groupingBy(
                        file -> file.getFileName().toString().toLowerCase(Locale.ROOT),
                        TreeMap::new,
                        Collectors.mapping(Path::toString, Collectors.toList())))
                .values()
                .stream()
                .filter(same -> same.size() > 1)
                .map(same -> String.join(" and ", same))
                .toList();
    }

    private static String packageOf(Path file) {
        return Path.of(ROOT).relativize(file.getParent()).toString().replace('/', '.');
    }

    private static Stream<Path> files(Path root) {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
