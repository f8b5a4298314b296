package io.callweave.listing;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.call.fact.FactKind;
import io.callweave.value.CsvText;
import java.util.ArrayList;
import java.util.List;

/** A value as a cell of CSV. What is null or missing is an empty cell. Texts are no formulas, see {@link CsvText}. */
final class CsvCell {

    private CsvCell() {}

    static String of(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return "";
        }
        return value.isTextual() ? CsvText.of(value.asText()) : value.asText();
    }

    /** A field of all artifacts of a kind. */
    static String artifacts(JsonNode call, String field, FactKind kind) {
        List<String> found = new ArrayList<>();
        for (JsonNode artifact : call.path("artifacts")) {
            if (artifact.path("kind").asText().equals(kind.wireName()) && artifact.hasNonNull(field)) {
                found.add(artifact.path(field).asText());
            }
        }
        return CsvText.of(String.join(" / ", found));
    }

    /** The words of a list, or those that its elements have in a field, with spaces between them. */
    static String words(JsonNode list, String field) {
        List<String> words = new ArrayList<>();
        list.forEach(element -> words.add(of(field.isEmpty() ? element : element.path(field))));
        return String.join(" ", words);
    }
}
