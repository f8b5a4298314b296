package io.callweave.value;

import io.callweave.value.Field.Part;
import io.callweave.value.Field.Writer;
import io.callweave.value.ValueType.Keyed;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Describes a value, field by field in the order in which they are written. Each field says its name, where it is read from
 * and what it means; the method says what it is, and whether it can be null.
 */
public final class Fields<T> {

    private final String name;
    private String title;
    private final Meaning meaning;
    private @Nullable Keyed keyed;
    private final List<Field<T>> fields = new ArrayList<>();

    Fields(String name, Meaning meaning) {
        this.name = name;
        this.title = name;
        this.meaning = meaning;
    }

    /** What people call the value, if that is not its name. */
    public Fields<T> titled(String words) {
        this.title = words;
        return this;
    }

    /**
     * It is the value of a topic.
     *
     * @param key how the record's key is put together
     * @param tombstones whether records without a value occur
     * @param headers of each record; those with a question mark behind their name only of some
     */
    public Fields<T> keyed(String key, boolean tombstones, String... headers) {
        this.keyed = new Keyed(key, tombstones, List.of(headers));
        return this;
    }

    public ValueType<T> end() {
        return new ValueType<>(name, title, meaning, keyed, fields);
    }

    public Fields<T> text(String field, Function<T, String> getter, Meaning says) {
        return add(field, FieldType.TEXT, false, says, (out, value) -> out.text(getter.apply(value)));
    }

    public Fields<T> textOrNull(String field, Function<T, @Nullable String> getter, Meaning says) {
        return add(field, FieldType.TEXT, true, says, (out, value) -> out.text(getter.apply(value)));
    }

    /** Milliseconds since the epoch. */
    public Fields<T> time(String field, ToLongFunction<T> getter, Meaning says) {
        return add(field, FieldType.TIME, false, says, (out, value) -> out.time(getter.applyAsLong(value)));
    }

    /** Milliseconds since the epoch. */
    public Fields<T> timeOrNull(String field, Function<T, @Nullable Long> getter, Meaning says) {
        return add(field, FieldType.TIME, true, says, (out, value) -> {
            Long time = getter.apply(value);
            if (time == null) {
                out.none();
            } else {
                out.time(time);
            }
        });
    }

    public Fields<T> integer(String field, ToLongFunction<T> getter, Meaning says) {
        return add(field, FieldType.INTEGER, false, says, number(getter));
    }

    public Fields<T> integerOrNull(String field, Function<T, @Nullable Long> getter, Meaning says) {
        return add(field, FieldType.INTEGER, true, says, orNull(getter));
    }

    public Fields<T> millis(String field, ToLongFunction<T> getter, Meaning says) {
        return add(field, FieldType.MILLISECONDS, false, says, number(getter));
    }

    public Fields<T> millisOrNull(String field, Function<T, @Nullable Long> getter, Meaning says) {
        return add(field, FieldType.MILLISECONDS, true, says, orNull(getter));
    }

    /** Null where there is no such duration. */
    public Fields<T> millisOrNull(String field, Predicate<T> isThere, ToLongFunction<T> getter, Meaning says) {
        return add(field, FieldType.MILLISECONDS, true, says, (out, value) -> {
            if (isThere.test(value)) {
                out.number(getter.applyAsLong(value));
            } else {
                out.none();
            }
        });
    }

    public Fields<T> seconds(String field, ToLongFunction<T> getter, Meaning says) {
        return add(field, FieldType.SECONDS, false, says, number(getter));
    }

    public Fields<T> ratioOrNull(String field, Function<T, @Nullable BigDecimal> getter, Meaning says) {
        return add(field, FieldType.RATIO, true, says, (out, value) -> {
            BigDecimal ratio = getter.apply(value);
            if (ratio == null) {
                out.none();
            } else {
                out.json(ratio.toString());
            }
        });
    }

    /** Written without an exponent. */
    public Fields<T> amountOrNull(String field, Function<T, @Nullable BigDecimal> getter, Meaning says) {
        return add(field, FieldType.AMOUNT, true, says, (out, value) -> {
            BigDecimal amount = getter.apply(value);
            if (amount == null) {
                out.none();
            } else {
                out.json(amount.toPlainString());
            }
        });
    }

    public Fields<T> flag(String field, Predicate<T> getter, Meaning says) {
        return add(field, FieldType.FLAG, false, says, (out, value) -> out.flag(getter.test(value)));
    }

    public Fields<T> flagOrNull(String field, Function<T, @Nullable Boolean> getter, Meaning says) {
        return add(field, FieldType.FLAG, true, says, (out, value) -> {
            Boolean flag = getter.apply(value);
            if (flag == null) {
                out.none();
            } else {
                out.flag(flag);
            }
        });
    }

    public <P> Fields<T> object(String field, ValueType<P> of, Function<T, P> getter, Meaning says) {
        return add(field, FieldType.OBJECT, false, of, says, (out, value) -> of.write(out, getter.apply(value)));
    }

    public <P> Fields<T> objectOrNull(String field, ValueType<P> of, Function<T, @Nullable P> getter, Meaning says) {
        return add(field, FieldType.OBJECT, true, of, says, (out, value) -> {
            P object = getter.apply(value);
            if (object == null) {
                out.none();
            } else {
                of.write(out, object);
            }
        });
    }

    public <P> Fields<T> objects(
            String field, ValueType<P> of, Function<T, ? extends Collection<P>> getter, Meaning says) {
        return add(field, FieldType.OBJECTS, false, of, says, (out, value) -> {
            out.beginArray();
            for (P each : getter.apply(value)) {
                out.element();
                of.write(out, each);
            }
            out.endArray();
        });
    }

    /** What is said of words is said of each. */
    public <E> Fields<T> texts(
            String field, Function<T, ? extends Collection<E>> getter, Function<E, String> text, Meaning says) {
        return add(field, FieldType.TEXTS, false, says, (out, value) -> {
            out.beginArray();
            for (E each : getter.apply(value)) {
                out.element();
                out.text(text.apply(each));
            }
            out.endArray();
        });
    }

    /** Closed ranges of sequence numbers. */
    public <R> Fields<T> ranges(
            String field,
            Function<T, ? extends Collection<R>> getter,
            ToLongFunction<R> first,
            ToLongFunction<R> last,
            Meaning says) {
        return add(field, FieldType.RANGES, false, says, (out, value) -> {
            out.beginArray();
            for (R range : getter.apply(value)) {
                out.element();
                out.beginArray();
                out.number(first.applyAsLong(range));
                out.element();
                out.number(last.applyAsLong(range));
                out.endArray();
            }
            out.endArray();
        });
    }

    /** An object that is JSON already, as UTF-8. It is written in one line. */
    public Fields<T> json(String field, Function<T, ByteBuffer> getter, Meaning says) {
        return add(field, FieldType.JSON, false, says, (out, value) -> out.line(getter.apply(value)));
    }

    /** Fields as a part of the value has them. */
    public <P> Fields<T> taken(Function<T, P> part, ValueType<P> type, String... names) {
        for (String each : names) {
            takenAs(each, part, type, each);
        }
        return this;
    }

    /** A field of a part, under another name. */
    public <P> Fields<T> takenAs(String field, Function<T, P> part, ValueType<P> type, String name) {
        return takenAs(field, part, type, name, Meaning.sameAs(type, name));
    }

    /** A field of a part, under another name and with a narrower meaning. */
    public <P> Fields<T> takenAs(String field, Function<T, P> part, ValueType<P> type, String from, Meaning says) {
        fields.add(Field.of(field, new Part<>(part, type, type.field(from)), says));
        return this;
    }

    private Fields<T> add(String field, FieldType type, boolean nullable, Meaning says, Writer<T> writer) {
        return add(field, type, nullable, null, says, writer);
    }

    private Fields<T> add(
            String field, FieldType type, boolean nullable, @Nullable ValueType<?> of, Meaning says, Writer<T> writer) {
        fields.add(Field.of(field, type, nullable, of, says, writer));
        return this;
    }

    private static <T> Writer<T> orNull(Function<T, @Nullable Long> getter) {
        return (out, value) -> {
            Long number = getter.apply(value);
            if (number == null) {
                out.none();
            } else {
                out.number(number);
            }
        };
    }

    private static <T> Writer<T> number(ToLongFunction<T> getter) {
        return (out, value) -> out.number(getter.applyAsLong(value));
    }
}
