package io.callweave.value;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a value consists of: its fields, each described once. Its JSON, its JSON Schema, its table in the documentation and
 * its columns for Kafka Connect all come from this.
 */
public final class ValueType<T> {

    private final String name;
    private final String title;
    private final Meaning meaning;
    private final @Nullable Keyed keyed;
    private final List<Field<T>> fields;
    private final Field<T>[] array;

    /**
     * Of a value that has a topic.
     *
     * @param key how the record's key is put together
     * @param tombstones whether records without a value occur
     * @param headers of each record; those with a question mark behind their name only of some
     */
    public record Keyed(String key, boolean tombstones, List<String> headers) {

        public Keyed {
            headers = List.copyOf(headers);
        }
    }

    @SuppressWarnings("unchecked") // there are no arrays of generic types
    ValueType(String name, String title, Meaning meaning, @Nullable Keyed keyed, List<Field<T>> fields) {
        this.name = name;
        this.title = title;
        this.meaning = meaning;
        this.keyed = keyed;
        this.fields = List.copyOf(fields);
        this.array = this.fields.toArray(Field[]::new);
    }

    /** Begins to describe one. */
    public static <T> Fields<T> named(String name, Meaning meaning) {
        return new Fields<>(name, meaning);
    }

    /** The topic's name without the prefix, or that of a definition in the schema. */
    public String name() {
        return name;
    }

    public String title() {
        return title;
    }

    public Meaning meaning() {
        return meaning;
    }

    /** Null if it has no topic but stands in other values. */
    public @Nullable Keyed keyed() {
        return keyed;
    }

    public List<Field<T>> fields() {
        return fields;
    }

    /** The field with a name. */
    public Field<T> field(String fieldName) {
        return fields.stream()
                .filter(field -> field.name().equals(fieldName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " has no field " + fieldName + "."));
    }

    /** Writes all fields in their order, always. */
    public void write(JsonOut out, T value) {
        out.beginObject();
        for (Field<T> field : array) {
            field.write(out, value);
        }
        out.endObject();
    }

    /**
     * Writes a value alone: UTF-8, no line break.
     *
     * @param usualSize how many bytes it mostly has
     */
    public byte[] json(T value, int usualSize) {
        JsonOut out = JsonOut.reused(usualSize);
        write(out, value);
        return out.toBytes();
    }
}
