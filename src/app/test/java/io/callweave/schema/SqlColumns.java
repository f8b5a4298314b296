package io.callweave.schema;

import static java.util.stream.Collectors.joining;

import io.callweave.value.Field;
import io.callweave.value.ValueType;
import java.util.Locale;
import java.util.Set;

/** The columns of a value in PostgreSQL, named as the connectors name them. */
final class SqlColumns {

    /** Reserved words, which need quotes. */
    private static final Set<String> RESERVED = Set.of("from", "to", "window");

    private SqlColumns() {}

    /** A column a line, each with a comma behind it. */
    static String of(ValueType<?> type) {
        return type.fields().stream()
                .map(field -> "  " + name(field) + " " + type(Column.of(field.type())) + ",\n")
                .collect(joining());
    }

    private static String name(Field<?> field) {
        String name = field.name().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        return RESERVED.contains(name) ? "\"" + name + "\"" : name;
    }

    private static String type(Column column) {
        return switch (column) {
            case TEXT -> "text";
            case INTEGER -> "bigint";
            case NUMBER -> "double precision";
            case FLAG -> "boolean";
            case TIME -> "timestamptz";
            case NESTED -> "jsonb";
        };
    }
}
