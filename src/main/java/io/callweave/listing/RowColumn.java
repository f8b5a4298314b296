package io.callweave.listing;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.value.Field;
import io.callweave.value.FieldType;
import io.callweave.value.ValueType;
import java.util.ArrayList;
import java.util.List;

/**
 * A column of a flat value: one of its fields, or a field of an object in it, such as {@code talkAvgMs} for {@code avgMs} of
 * {@code talk}. Lists are words with spaces between them.
 *
 * @param title the heading
 * @param place where the value stands
 */
record RowColumn(String title, JsonPointer place) {

    static List<RowColumn> of(ValueType<?> type) {
        List<RowColumn> columns = new ArrayList<>();
        for (Field<?> field : type.fields()) {
            ValueType<?> inner = field.of();
            if (field.type() == FieldType.OBJECT && inner != null) {
                inner.fields()
                        .forEach(part -> columns.add(new RowColumn(
                                field.name() + capital(part.name()),
                                JsonPointer.compile("/" + field.name() + "/" + part.name()))));
            } else {
                columns.add(new RowColumn(field.name(), JsonPointer.compile("/" + field.name())));
            }
        }
        return columns;
    }

    String in(JsonNode row) {
        JsonNode value = row.at(place);
        return value.isArray() ? CsvCell.words(value, "") : CsvCell.of(value);
    }

    private static String capital(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
