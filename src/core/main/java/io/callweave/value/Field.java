package io.callweave.value;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One field of a value: its name, what it is, what it means, and how it is written. */
public final class Field<T> {

    private final String name;
    private final FieldType type;
    private final boolean nullable;
    private final @Nullable ValueType<?> of;
    private final Meaning meaning;
    private final @Nullable Part<T, ?> part;
    private final Writer<T> writer;
    private final byte[] encodedName;

    /** Writes what stands in a field, without its name. */
    @FunctionalInterface
    interface Writer<T> {
        void write(JsonOut out, T value);
    }

    /**
     * Where a field is taken from, if a part of the value has it.
     *
     * @param field of that part
     */
    public record Part<T, P>(Function<T, P> in, ValueType<P> type, Field<P> field) {

        private void write(JsonOut out, T value) {
            field.writer.write(out, in.apply(value));
        }
    }

    private Field(
            String name,
            FieldType type,
            boolean nullable,
            @Nullable ValueType<?> of,
            Meaning meaning,
            @Nullable Part<T, ?> part,
            Writer<T> writer) {
        this.name = name;
        this.type = type;
        this.nullable = nullable;
        this.of = of;
        this.meaning = meaning;
        this.part = part;
        this.writer = writer;
        this.encodedName = JsonOut.encoded(name);
    }

    static <T> Field<T> of(
            String name,
            FieldType type,
            boolean nullable,
            @Nullable ValueType<?> of,
            Meaning meaning,
            Writer<T> writer) {
        Meaning.Original original = meaning.original();
        if (original != null && (original.field().type != type || original.field().nullable != nullable)) {
            throw new IllegalArgumentException("The field " + name + " is not what it is said to be the same as.");
        }
        return new Field<>(name, type, nullable, of, meaning, null, writer);
    }

    /** The field of a part under a name, and perhaps with a meaning, of its own. */
    static <T, P> Field<T> of(String name, Part<T, P> part, Meaning meaning) {
        Field<P> taken = part.field();
        return new Field<>(name, taken.type, taken.nullable, taken.of, meaning, part, part::write);
    }

    public String name() {
        return name;
    }

    public FieldType type() {
        return type;
    }

    public boolean isNullable() {
        return nullable;
    }

    /** The value that stands in it, of an object or a list of objects. */
    public @Nullable ValueType<?> of() {
        return of;
    }

    public Meaning meaning() {
        return meaning;
    }

    /** The part of the value that it is taken from; null if it is not. */
    public @Nullable Part<T, ?> part() {
        return part;
    }

    /** Writes it with its name. */
    public void write(JsonOut out, T value) {
        out.name(encodedName);
        writer.write(out, value);
    }

    /** Writes what stands in it, without its name. */
    public void writeValue(JsonOut out, T value) {
        writer.write(out, value);
    }
}
