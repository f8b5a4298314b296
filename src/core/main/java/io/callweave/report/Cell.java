package io.callweave.report;

import io.callweave.metrics.Distribution;
import io.callweave.metrics.ServiceGoals;
import io.callweave.value.Printable;
import org.jspecify.annotations.Nullable;

/** A value of a table, with its kind, so that page and CSV can each write it in their way. */
public sealed interface Cell {

    Cell NONE = new Text("");

    /** A word or name; {@link #text} makes it printable. */
    record Text(String text) implements Cell {}

    /** A phone number, as it came from the data. */
    record Phone(String number) implements Cell {}

    record Whole(long value) implements Cell {}

    /** A duration. */
    record Millis(long value) implements Cell {}

    /** A share. The whole is not 0. */
    record Ratio(long part, long whole) implements Cell {}

    /**
     * What a share is compared with.
     *
     * @param percent the goal
     * @param reached null if there is nothing to compare
     */
    record Goal(int percent, @Nullable Boolean reached) implements Cell {}

    /** A point in time, in milliseconds since the epoch. */
    record Time(long value) implements Cell {}

    /** The start of an hour, in milliseconds since the epoch. */
    record Hour(long value) implements Cell {}

    /** The start of a day, in milliseconds since the epoch. */
    record Day(long value) implements Cell {}

    static Cell text(@Nullable String text) {
        return text == null ? NONE : new Text(Printable.of(text));
    }

    static Cell number(long value) {
        return new Whole(value);
    }

    static Cell millis(long value) {
        return new Millis(value);
    }

    static Cell millisOrNone(@Nullable Long value) {
        return value == null ? NONE : new Millis(value);
    }

    /** The average; nothing if there are no values. */
    static Cell average(Distribution values) {
        return values.count() == 0 ? NONE : new Millis(values.average());
    }

    /** The goal of a share; nothing without a goal. */
    static Cell goal(@Nullable Integer percent, long part, long whole) {
        return percent == null
                ? NONE
                : new Goal(percent, whole == 0 ? null : Boolean.valueOf(ServiceGoals.isReached(percent, part, whole)));
    }

    /** Nothing if the whole is 0. */
    static Cell ratio(long part, long whole) {
        return whole == 0 ? NONE : new Ratio(part, whole);
    }
}
