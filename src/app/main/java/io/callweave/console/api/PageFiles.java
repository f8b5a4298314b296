package io.callweave.console.api;

import io.callweave.runtime.http.FixedAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

    private static final Map<String, FixedAnswer> READ = new ConcurrentHashMap<>();

    private PageFiles() {}

    /** Null if there is no such file. */
    static @Nullable FixedAnswer find(String name) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        return type == null || !NAME.matcher(name).matches()
                ? null
                : READ.computeIfAbsent(name, each -> read(each, type));
    }

    private static @Nullable FixedAnswer read(String name, String type) {
        try (InputStream in = PageFiles.class.getResourceAsStream(LIBRARIES.getOrDefault(name, FOLDER + name))) {
            return in == null ? null : new FixedAnswer(type, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
