package io.callweave.chart;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.chart.Chart.Rendered;
import io.callweave.settings.Settings;
import io.callweave.settings.SettingsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what the chart sets as the product does. */
final class RenderedSettings {

    private static final Pattern VARIABLE = Pattern.compile("- name: (CALLWEAVE_(?!CONFIG)[A-Z_]+)");

    private RenderedSettings() {}

    /** What the product says of the settings files, and of the names of variables. */
    static List<String> complaints(Rendered rendered) {
        List<String> complaints = new ArrayList<>();
        for (JsonNode map : rendered.all("ConfigMap")) {
            JsonNode properties = map.path("data").path("callweave.properties");
            if (!properties.isMissingNode()) {
                read(properties.asText(), Map.of()).ifPresent(complaints::add);
            }
        }
        Matcher variable = VARIABLE.matcher(rendered.text());
        while (variable.find()) {
            read("", Map.of(variable.group(1), "a-text-that-is-long-enough")).ifPresent(complaints::add);
        }
        return complaints;
    }

    private static Optional<String> read(String properties, Map<String, String> environment) {
        Path file = null;
        try {
            file = Files.createTempFile("callweave", ".properties");
            Files.writeString(file, properties);
            Settings.load(Map.of(), environment, Optional.of(file));
            return Optional.empty();
        } catch (SettingsException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(file);
        }
    }

    private static void delete(@Nullable Path file) {
        if (file != null) {
            try {
                Files.delete(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
