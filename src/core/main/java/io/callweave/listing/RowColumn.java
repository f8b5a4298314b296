package io.callweave.listing;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.value.Field;
import io.callweave.value.FieldType;
import io.callweave.value.Printable;
import io.callweave.value.ValueType;
import java.util.ArrayList;
import java.util.List;

/**
 * A column of a value: one of its fields, or a field of an object in it, such as {@code talkAvgMs} for {@code avgMs} of
 * {@code talk}. As text, lists are words with spaces between them, and what others sent is JSON.
 *
 * @param title the heading
 * @param place where the value stands
 * @param field what stands there
 */
public record RowColumn(String title, JsonPointer place, Field<?> field) {

    /** All of them, in the order of the fields. */
    public static List<RowColumn> of(ValueType<?> type) {
        List<RowColumn> columns = new ArrayList<>();
        for (Field<?> field : type.fields()) {
            ValueType<?> inner = field.of();
            if (field.type() == FieldType.OBJECT && inner != null) {
                inner.fields()
                        .forEach(part -> columns.add(new RowColumn(
                                field.name() + capital(part.name()),
                                JsonPointer.compile("/" + field.name() + "/" + part.name()),
                                part)));
            } else {
                columns.add(new RowColumn(field.name(), JsonPointer.compile("/" + field.name()), field));
            }
        }
        return columns;
    }

    String in(JsonNode row) {
        JsonNode value = row.at(place);
        if (value.isObject()) {
            // A semicolon, which separates cells in many countries, could begin a formula. To JSON its escape is the
            // same.
            return Printable.of(value.toString()).replace(";", "\\u003b");
        }
        return value.isArray() ? CsvCell.words(value, "") : CsvCell.of(value);
    }

    private static String capital(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
