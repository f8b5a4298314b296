package io.callweave.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Markdown file of the repository, taken apart as far as {@link DocumentationTest} looks at it. */
record MarkdownFile(Path path, List<Fence> fences, List<String> codes, List<String> links, Set<String> anchors) {

    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");

    /**
     * A fenced block.
     *
     * @param language behind the opening fence, empty if there is none
     */
    record Fence(String language, String text) {}

    static List<MarkdownFile> all() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .map(ROOT::relativize)
                    .filter(file ->
                            !file.startsWith("target") && !file.toString().startsWith("."))
                    .sorted()
                    .map(MarkdownFile::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MarkdownFile read(Path path) {
        List<Fence> fences = new ArrayList<>();
        List<String> codes = new ArrayList<>();
        List<String> links = new ArrayList<>();
        Set<String> anchors = new HashSet<>();
        Map<String, Integer> slugs = new HashMap<>();
        String language = null;
        StringBuilder fenced = new StringBuilder();
        for (String line : text(path).split("\n", -1)) {
            if (line.strip().startsWith("```")) {
                if (language == null) {
                    language = line.strip().substring(3);
                } else {
                    fences.add(new Fence(language, fenced.toString()));
                    fenced.setLength(0);
                    language = null;
                }
            } else if (language != null) {
                fenced.append(line).append('\n');
            } else {
                if (line.startsWith("#")) {
                    String slug = slug(line);
                    int earlier = slugs.merge(slug, 1, Integer::sum) - 1;
                    anchors.add(earlier == 0 ? slug : slug + "-" + earlier);
                }
                CODE.matcher(line).results().forEach(code -> codes.add(code.group(1)));
                Matcher link = LINK.matcher(CODE.matcher(line).replaceAll("code"));
                link.results().forEach(found -> links.add(found.group(1)));
            }
        }
        if (language != null) {
            throw new IllegalStateException(path + " has a fence that is not closed.");
        }
        return new MarkdownFile(path, fences, codes, links, anchors);
    }

    static String text(Path path) {
        try {
            return Files.readString(path, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What code hosts make an anchor of. */
    private static String slug(String heading) {
        return heading.replaceFirst("^#+ *", "")
                .strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    /** Lines of the shell in blocks, and codes in the text, that call the launcher. */
    List<String> launcherCalls() {
        return Stream.concat(
                        fences.stream()
                                .filter(fence -> fence.language().equals("sh"))
                                .flatMap(fence -> fence.text().lines()),
                        codes.stream())
                .filter(line -> line.contains("./callweave "))
                .map(line -> line.substring(line.indexOf("./callweave ") + "./callweave ".length()))
                .map(line -> line.split("[|>)]", 2)[0].strip())
                .toList();
    }
}
