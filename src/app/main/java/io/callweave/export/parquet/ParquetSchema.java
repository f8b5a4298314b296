package io.callweave.export.parquet;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import io.callweave.listing.RowColumn;
import io.callweave.value.Field;
import io.callweave.value.ValueType;
import java.util.List;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * The types of a value's columns, out of its description. Times are instants in microseconds, which all readers know. No column is
 * required: a topic can hold records of a version that had fewer fields.
 */
final class ParquetSchema {

    static final String LIST = "list";
    static final String ELEMENT = "element";

    private ParquetSchema() {}

    static MessageType of(ValueType<?> type) {
        List<Type> columns = RowColumn.of(type).stream()
                .map(column -> type(column.field(), column.title()))
                .toList();
        return new MessageType(type.name().replace('-', '_'), columns);
    }

    private static Type type(Field<?> field, String name) {
        return switch (field.type()) {
            case TEXT -> text(name);
            case JSON ->
                Types.optional(BINARY).as(LogicalTypeAnnotation.jsonType()).named(name);
            case TIME ->
                Types.optional(INT64)
                        .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
                        .named(name);
            case INTEGER, MILLISECONDS, SECONDS -> Types.optional(INT64).named(name);
            case RATIO, AMOUNT -> Types.optional(DOUBLE).named(name);
            case FLAG -> Types.optional(BOOLEAN).named(name);
            case OBJECT -> group(field, name);
            case OBJECTS -> list(group(field, ELEMENT), name);
            case TEXTS -> list(text(ELEMENT), name);
            case RANGES -> list(list(Types.optional(INT64).named(ELEMENT), ELEMENT), name);
        };
    }

    private static Type text(String name) {
        return Types.optional(BINARY).as(LogicalTypeAnnotation.stringType()).named(name);
    }

    private static Type list(Type element, String name) {
        return Types.optionalList().element(element).named(name);
    }

    private static Type group(Field<?> field, String name) {
        ValueType<?> of = field.of();
        if (of == null) {
            throw new IllegalStateException("The field " + field.name() + " does not say what stands in it.");
        }
        Types.GroupBuilder<GroupType> group = Types.optionalGroup();
        of.fields().forEach(each -> group.addField(type(each, each.name())));
        return group.named(name);
    }
}
