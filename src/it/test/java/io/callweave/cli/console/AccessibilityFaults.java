package io.callweave.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What axe finds on the page that a browser shows. */
final class AccessibilityFaults {

    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

    private AccessibilityFaults() {}

    /** Serious and critical ones, each with the elements; of dark pages those of colours only. */
    static List<String> of(Browser browser, String scheme) throws IOException {
        try (InputStream axe = Objects.requireNonNull(AccessibilityFaults.class.getResourceAsStream(AXE))) {
            browser.value(new String(axe.readAllBytes(), UTF_8) + "; 0");
        }
        String rules = scheme.equals("dark") ? "{runOnly: ['color-contrast']}" : "{}";
        List<String> faults = new ArrayList<>();
        for (JsonNode fault : browser.value("axe.run(" + rules + ").then(found => found.violations"
                + ".filter(fault => ['serious', 'critical'].includes(fault.impact))"
                + ".map(fault => fault.id + ': ' + fault.nodes.map(node => node.html.slice(0, 200)).join(' | ')))")) {
            faults.add(fault.asText());
        }
        return faults;
    }
}
