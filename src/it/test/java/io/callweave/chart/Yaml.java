package io.callweave.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** YAML as JSON trees. A key that is there twice is an error. */
final class Yaml {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final LoadSettings STRICT =
            LoadSettings.builder().setAllowDuplicateKeys(false).build();

    private Yaml() {}

    static JsonNode read(String text) {
        return JSON.valueToTree(new Load(STRICT).loadFromString(text));
    }

    static JsonNode read(Path file) {
        return read(text(file));
    }

    /** The documents that are not empty. */
    static List<JsonNode> readAll(String text) {
        List<JsonNode> documents = new ArrayList<>();
        for (Object document : new Load(STRICT).loadAllFromString(text)) {
            if (document != null) {
                documents.add(JSON.valueToTree(document));
            }
        }
        return documents;
    }

    /** Values as Helm merges them: maps are merged, everything else is replaced. */
    static ObjectNode merge(JsonNode base, JsonNode over) {
        ObjectNode merged = base.deepCopy();
        over.properties().forEach(field -> {
            JsonNode before = merged.get(field.getKey());
            boolean both =
                    before != null && before.isObject() && field.getValue().isObject();
            merged.set(field.getKey(), both ? merge(before, field.getValue()) : field.getValue());
        });
        return merged;
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
