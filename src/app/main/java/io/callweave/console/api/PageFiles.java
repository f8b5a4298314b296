package io.callweave.console.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The page of the console, out of the class path. */
final class PageFiles {

    private static final String FOLDER = "/io/callweave/console/page/";

    /** No folders, no dots at the beginning. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            "png", "image/png",
            "woff2", "font/woff2");

    /** From other libraries, by the name in {@code /assets}. */
    private static final Map<String, String> LIBRARIES =
            Map.of("lit-html.js", "/META-INF/resources/webjars/lit-html/3.3.2/lit-html.js");

    private PageFiles() {}

    /** A file with its type. */
    record PageFile(String type, byte[] bytes) {}

    static Optional<PageFile> find(String name) throws IOException {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null || !NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        try (InputStream in = PageFiles.class.getResourceAsStream(LIBRARIES.getOrDefault(name, FOLDER + name))) {
            return in == null ? Optional.empty() : Optional.of(new PageFile(type, in.readAllBytes()));
        }
    }
}
