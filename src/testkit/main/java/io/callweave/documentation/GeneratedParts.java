package io.callweave.documentation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The parts of a page that come from elsewhere, each between {@code <!-- NAME: begin -->} and {@code <!-- NAME: end -->}. */
public final class GeneratedParts {

    private GeneratedParts() {}

    /**
     * Compares the page with the parts, or writes them with {@code -Dcallweave.write-docs=true}.
     *
     * @param parts by their names; each ends with a line end
     * @param test the name of the calling test, for the advice
     */
    public static void assertOn(Path page, Map<String, String> parts, String test) throws IOException {
        String document = Files.readString(page, UTF_8);
        String current = document;
        for (Map.Entry<String, String> part : parts.entrySet()) {
            current = with(current, part.getKey(), part.getValue(), page);
        }
        if (Boolean.getBoolean("callweave.write-docs")) {
            Files.writeString(page, current, UTF_8);
        } else {
            assertThat(document)
                    .as("%s is stale; to write it again: mvn test -Dtest=%s -Dcallweave.write-docs=true", page, test)
                    .isEqualTo(current);
        }
    }

    private static String with(String document, String name, String text, Path page) {
        String begin = "<!-- " + name + ": begin -->\n";
        String end = "<!-- " + name + ": end -->\n";
        assertThat(document)
                .as("%s marks the part %s", page, name)
                .containsOnlyOnce(begin)
                .containsOnlyOnce(end);
        int from = document.indexOf(begin) + begin.length();
        int to = document.indexOf(end);
        assertThat(from)
                .as("%s begins the part %s before it ends it", page, name)
                .isLessThanOrEqualTo(to);
        return document.substring(0, from) + text + document.substring(to);
    }
}
