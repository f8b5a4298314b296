package io.callweave.runtime;

import java.util.Map;
import java.util.TreeMap;

/** The page at {@code /}: what an instance serves, with links. */
final class IndexPage {

    private IndexPage() {}

    static String of(String role, Map<String, RoleServer.Page> pages) {
        Map<String, String> paths = new TreeMap<>(Map.of(
                RoleServer.LIVE,
                "Is it alive? 503 if only a restart can help.",
                RoleServer.READY,
                "Does it work now? 503 if not.",
                "/metrics",
                "Metrics in the text format of Prometheus."));
        pages.forEach((path, page) -> paths.put(path, page.about()));
        StringBuilder html = new StringBuilder();
        html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><title>Callweave ")
                .append(role)
                .append("</title></head>\n<body><h1>Callweave ")
                .append(role)
                .append("</h1>\n<ul>\n");
        paths.forEach((path, about) -> html.append("<li><a href=\"")
                .append(path.substring(1))
                .append("\">")
                .append(path)
                .append("</a> ")
                .append(about)
                .append("</li>\n"));
        return html.append("</ul></body></html>\n").toString();
    }
}
