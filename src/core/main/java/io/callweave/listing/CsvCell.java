package io.callweave.listing;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.value.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A value as a cell of CSV. What is null or missing is an empty cell. Texts are {@link Printable}. */
public final class CsvCell {

    /** A spreadsheet would run such a cell as a formula, and callers choose their names themselves. */
    private static final Pattern FORMULA = Pattern.compile("[=+\\-@].*", Pattern.DOTALL);

    private static final Pattern PHONE_NUMBER = Pattern.compile("\\+[0-9]+");

    private CsvCell() {}

    static String of(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return "";
        }
        return value.isTextual() ? text(value.asText()) : value.asText();
    }

    /** A text that no spreadsheet runs as a formula. */
    public static String text(String text) {
        String shown = Printable.of(text);
        return FORMULA.matcher(shown).matches() && !PHONE_NUMBER.matcher(shown).matches() ? "'" + shown : shown;
    }

    /** The words of a list, or those that its elements have in a field, with spaces between them. */
    static String words(JsonNode list, String field) {
        List<String> words = new ArrayList<>();
        list.forEach(element -> words.add(of(field.isEmpty() ? element : element.path(field))));
        return String.join(" ", words);
    }
}
